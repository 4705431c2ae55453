"""What each department does and how to reach it; neighbours read only the names of heads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.tickets.inner_world import DESK, HERE

from cabildo.accounts.models import Department

PUBLIC = f"{HERE}direcciones/"
GIVEN = {"name": "Dirección de Obras", "does": "Calles y veredas.", "phone": "32 226 1000", "hours": "9 a 14"}


@pytest.fixture
def staffed(carmen, diego, categories):
    carmen.memberships.update(position="Directora de Obras")
    diego.memberships.update(position="Inspector")


def test_neighbours_read_who_heads_it_and_what_it_answers_but_no_other_name(client, staffed) -> None:
    shown = client.get(PUBLIC).content.decode()

    assert "Carmen Díaz, Directora de Obras" in shown
    assert "Luminaria apagada" in shown
    assert "Diego Soto" not in shown
    assert "@ejemplo.cl" not in shown


def test_the_desk_reads_everybody(as_user, staffed, diego) -> None:
    shown = as_user(diego).get(f"{DESK}direcciones/").content.decode()

    assert "Diego Soto, Inspector" in shown
    assert "Editar" not in shown


def test_the_desk_reads_how_to_reach_the_head_and_who_stands_in_today(as_user, client, staffed, carmen, diego) -> None:
    from django.utils import timezone

    from cabildo.accounts.actions import substitute

    today = timezone.localdate()
    substitute(absent=carmen, substitute=diego, reason="feriado", starts_on=today, ends_on=today, by=carmen)

    shown = as_user(diego).get(f"{DESK}direcciones/").content.decode()

    assert "mailto:carmen.díaz@ejemplo.cl" in shown
    assert "Hoy está ausente: reemplaza Diego Soto" in shown
    assert "Hoy está ausente: reemplaza Diego Soto" in client.get(PUBLIC).content.decode()


def test_a_department_out_of_use_is_not_listed(client, staffed, aseo) -> None:
    Department.objects.filter(pk=aseo.pk).update(is_active=False)

    assert "Aseo y Ornato" not in client.get(PUBLIC).content.decode()


def test_the_administrator_changes_what_is_read(as_user, client, admin, obras) -> None:
    saved = as_user(admin).post(f"{DESK}direcciones/obras/", GIVEN)

    assert saved.status_code == 302, saved.context["form"].errors
    assert "Calles y veredas." in client.get(PUBLIC).content.decode()


def test_nobody_else_changes_it(as_user, carmen, obras) -> None:
    assert as_user(carmen).post(f"{DESK}direcciones/obras/", GIVEN).status_code == 403


def test_the_directory_asks_the_same_number_of_questions_whatever_it_shows(client, obras, puerto_claro) -> None:
    client.get(PUBLIC)
    with CaptureQueriesContext(connection) as one:
        client.get(PUBLIC)
    for number in range(2):
        Department.objects.create(municipality=puerto_claro, code=f"d{number}", name=f"Dirección {number}")
    with CaptureQueriesContext(connection) as three:
        client.get(PUBLIC)

    assert len(one) == len(three)
