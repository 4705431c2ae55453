"""What every official reads of what works in other departments: the list, its search, who may."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.quality.actions import practices
from cabildo.site.roles import ALL
from conftest import make_member
from quality.conftest import TODAY

pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/buenas-practicas/"


@pytest.fixture
def publish(cycle, counterpart):
    def make(title: str, department, what: str = "Se hace así."):
        told = {"title": title, "what": what, "department": department, "contact": counterpart}
        made = practices.register_practice(cycle, since_on=date(2025, 3, 1), today=TODAY, by=counterpart, **told)
        return practices.publish_practice(made, today=TODAY, by=counterpart)

    return make


@pytest.fixture
def reader(puerto_claro, as_user):
    return as_user(make_member("Sol Ruiz", puerto_claro, "counter_officer"))


def text(answer) -> str:
    return answer.content.decode()


def test_every_word_asked_for_must_be_in_the_practice_or_its_department(reader, publish, obras, aseo) -> None:
    publish("Mesón único", obras, "Un solo mesón recibe todo.")
    publish("Aviso de recorrido", aseo)

    for query, found in (
        ("q=mesón todo", {"Mesón único"}),
        ("q=ornato", {"Aviso de recorrido"}),
        ("q=mesón ornato", set()),
        ("direccion=obras", {"Mesón único"}),
        ("", {"Mesón único", "Aviso de recorrido"}),
    ):
        page = text(reader.get(f"{HERE}?{query}"))
        assert {title for title in ("Mesón único", "Aviso de recorrido") if title in page} == found


def test_the_list_counts_orders_and_says_when_nothing_coincides(reader, publish, obras) -> None:
    publish("Zócalo limpio", obras)
    publish("Aviso", obras)
    page = text(reader.get(f"{HERE}?orden=nombre"))

    assert "2 buenas prácticas" in page
    assert page.index("Aviso") < page.index("Zócalo limpio")
    assert "Ninguna práctica coincide" in text(reader.get(f"{HERE}?q=nada"))


def test_the_page_of_one_says_whose_it_is_and_whom_to_ask(reader, publish, obras, counterpart) -> None:
    practice = publish("Mesón único", obras, "Un solo mesón.\n\nRecibe todo.")
    page = text(reader.get(f"{HERE}{practice.pk}/"))

    for words in ("Dirección de Obras", "1 mar 2025", counterpart.email, "<p>Recibe todo.</p>"):
        assert words in page


INSIDE = [role.slug for role in ALL if not role.in_agency and not getattr(role, "is_outside", False)]


@pytest.mark.parametrize("slug", INSIDE)
def test_every_role_of_the_municipality_reads_them(puerto_claro, as_user, obras, slug) -> None:
    in_department = next(role for role in ALL if role.slug == slug).in_department
    someone = make_member("Alguien Más", puerto_claro, slug, obras if in_department else None)

    assert as_user(someone).get(HERE).status_code == 200


def test_those_of_another_municipality_are_not_read(publish, obras, otra_comuna, as_user) -> None:
    practice = publish("Mesón único", obras)
    stranger = as_user(make_member("Otra Persona", otra_comuna, "counter_officer"))

    assert "Mesón único" not in text(stranger.get("/m/otra-comuna/mesa/calidad/buenas-practicas/"))
    assert stranger.get(f"/m/otra-comuna/mesa/calidad/buenas-practicas/{practice.pk}/").status_code == 404


def test_the_list_asks_as_often_with_three_as_with_one(reader, publish, obras, aseo) -> None:
    publish("Una", obras)
    reader.get(HERE)
    with CaptureQueriesContext(connection) as once:
        reader.get(HERE)
    publish("Dos", aseo)
    publish("Tres", obras)

    with CaptureQueriesContext(connection) as thrice:
        assert "Tres" in text(reader.get(HERE))
    assert len(thrice) == len(once)
