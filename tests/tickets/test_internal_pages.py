"""Internal requests in the browser, and as duties."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.tickets.inner_world import DESK, ask

from cabildo.accounts.links import addresses
from cabildo.tickets.choices import InternalState
from cabildo.tickets.models import InternalRequest
from cabildo.workflow import duties
from conftest import make_member

ASKED = {"kind": "informe", "asks": "¿Hay poda?", "days": "5"}


@pytest.fixture
def pedro(puerto_claro, aseo):
    return make_member("Pedro Mena", puerto_claro, "department_head", aseo)


def today(aseo, diego, ticket):
    return ask(aseo, diego, ticket=ticket, today=timezone.localdate())


def test_the_step_on_a_request_asks_and_shows_it_on_the_record(as_user, receive, diego, aseo) -> None:
    ticket, desk = receive(), as_user(diego)
    step = f"{DESK}solicitudes/{ticket.folio}/paso/pedir-a-direccion/"

    answered = desk.post(step, {"version": ticket.version, "to": aseo.pk, **ASKED})

    assert answered.status_code == 302, answered.context["form"].errors
    record = desk.get(f"{DESK}solicitudes/{ticket.folio}/").content.decode()
    assert "SI-" in record
    assert "Dirección de Aseo y Ornato" in record


def test_a_report_of_eleven_days_is_refused_at_its_field(as_user, receive, diego, aseo) -> None:
    ticket = receive()
    step = f"{DESK}solicitudes/{ticket.folio}/paso/pedir-a-direccion/"

    shown = as_user(diego).post(step, {"version": ticket.version, "to": aseo.pk, **ASKED, "days": "11"})

    assert "days" in shown.context["form"].errors


def test_who_is_asked_answers_and_who_asked_reads_it(as_user, receive, diego, pedro, aseo) -> None:
    asked = today(aseo, diego, receive())
    place = f"{DESK}internas/{asked.year}/{asked.number}/"

    as_user(pedro).post(f"{place}responder/", {"text": "No hay poda programada."})

    assert InternalRequest.objects.get().state == InternalState.ANSWERED
    assert "No hay poda programada." in as_user(diego).get(place).content.decode()


def test_who_asked_cannot_answer_for_the_other(as_user, receive, diego, aseo) -> None:
    asked = today(aseo, diego, receive())

    refused = as_user(diego).post(f"{DESK}internas/{asked.year}/{asked.number}/responder/", {"text": "Yo mismo."})

    assert refused.status_code == 404


def test_an_uninvolved_department_finds_nothing(as_user, puerto_claro, receive, diego, aseo) -> None:
    from cabildo.accounts.models import Department

    salud = Department.objects.create(municipality=puerto_claro, code="salud", name="Salud")
    other = as_user(make_member("Ana Ajena", puerto_claro, "department_head", salud))
    asked = today(aseo, diego, receive())

    assert other.get(f"{DESK}internas/{asked.year}/{asked.number}/").status_code == 404
    assert asked.folio not in other.get(f"{DESK}internas/?ver=pedidas").content.decode()


def test_a_free_standing_one_is_asked_from_the_list(as_user, diego, obras, aseo) -> None:
    given = {"from_department": obras.pk, "to": aseo.pk, "procedure": "Ordenanza de aseo", **ASKED}

    answered = as_user(diego).post(f"{DESK}internas/pedir/", given)

    assert answered.status_code == 302, answered.context["form"].errors
    assert InternalRequest.objects.get().procedure == "Ordenanza de aseo"


@pytest.mark.parametrize(("tab", "who"), [("por-responder", "pedro"), ("pedidas", "diego"), ("todas", "oficina")])
def test_the_lists_ask_the_same_number_of_questions_whatever_they_show(request, as_user, receive, tab, who) -> None:
    desk, place = as_user(request.getfixturevalue(who)), f"{DESK}internas/?ver={tab}"
    aseo, diego = request.getfixturevalue("aseo"), request.getfixturevalue("diego")
    today(aseo, diego, receive())
    desk.get(place)
    with CaptureQueriesContext(connection) as one:
        desk.get(place)
    for _number in range(2):
        today(aseo, diego, receive())
    with CaptureQueriesContext(connection) as three:
        shown = desk.get(place).content.decode()

    assert shown.count('class="folio"') == 3
    assert len(one) == len(three) <= 12


def test_it_is_a_duty_of_the_asked_department_alone(receive, diego, pedro, aseo) -> None:
    asked = today(aseo, diego, receive())

    with addresses():
        owed = {who: [duty.folio for duty in duties.of(who, timezone.localdate())] for who in (pedro, diego)}

    assert owed[pedro] == [asked.folio]
    assert asked.folio not in owed[diego]


def test_who_works_in_no_department_sees_all_of_them_and_is_offered_nothing_that_would_fail(
    request, as_user, diego, receive, aseo
) -> None:
    asked = today(aseo, diego, receive())

    pages = [
        as_user(who).get(f"{DESK}internas/").content.decode()
        for who in map(request.getfixturevalue, ("alcaldesa", "oficina"))
    ]

    assert all(asked.folio in page and "Pedir antecedentes" not in page for page in pages)
