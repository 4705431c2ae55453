"""The one search box and the search of who calls: within what one may see, and every person shown is logged."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import make_member

from cabildo.audit.models import Entry
from cabildo.people.actions import Contact
from cabildo.people.models import Requester
from cabildo.tickets.queries import found
from cabildo.ui import search as register

BOX = "/m/puerto-claro/mesa/buscar/"
CALLER = "/m/puerto-claro/mesa/personas/buscar/"
ROSA = Contact(name="Rosa Pérez", run="12345678-5", email="rosa@ejemplo.cl", phone="987654321")


@pytest.fixture
def rosas(receive, oficina):
    return receive(contact=ROSA, by=oficina, channel="phone", text="El poste de la plaza parpadea.")


@pytest.fixture
def counter(puerto_claro):
    return make_member("Iris Paz", puerto_claro, "counter_officer")


def page(client, address: str = BOX, **query) -> str:
    return client.get(address, query).content.decode()


def reads() -> list[tuple[str, str]]:
    return list(Entry.objects.filter(action="personal_data.read").values_list("subject_id", "reason"))


def test_a_folio_leads_straight_to_its_request(as_user, oficina, rosas) -> None:
    answer = as_user(oficina).get(BOX, {"q": rosas.folio.lower().replace("-", " ")})

    assert answer["Location"].endswith(f"/mesa/solicitudes/{rosas.folio}/")


def test_the_folio_of_what_one_may_not_see_leads_nowhere(as_user, diego, receive) -> None:
    answer = as_user(diego).get(BOX, {"q": receive("rubbish").folio})

    assert answer.status_code == 200
    assert "No encontramos nada" in answer.content.decode()


@pytest.mark.parametrize("query", ["poste plaza", "parpad", "rosa perez", "12.345.678-5", "9 8765 4321"])
def test_words_and_persons_find_it(as_user, oficina, rosas, query) -> None:
    assert rosas.folio in page(as_user(oficina), q=query)


def test_every_person_shown_is_logged_and_nobody_else(as_user, oficina, rosas, receive) -> None:
    receive(contact=Contact(name="Eva Luna", email="eva@ejemplo.cl"))

    page(as_user(oficina), q="rosa perez")

    assert reads() == [(str(rosas.requester_id), "everything")]


def test_a_person_is_found_only_by_who_may_see_a_request_of_theirs(as_user, diego, receive) -> None:
    receive("rubbish", contact=ROSA)

    assert "Rosa" not in page(as_user(diego), q="rosa perez")
    assert reads() == []


def test_nobody_learns_by_a_search_who_made_a_reserved_request(as_user, oficina, diego, receive) -> None:
    ticket = receive(contact=ROSA, wants_reserve=True, text="El inspector pide dinero.")

    elsewhere = page(as_user(oficina), q="rosa perez")
    assert (ticket.folio in elsewhere, "Rosa" in elsewhere) == (False, False)
    assert ticket.folio in page(as_user(oficina), q="inspector")
    assert ticket.folio in page(as_user(diego), q="rosa perez")


def test_what_is_said_of_an_official_is_not_found_by_them(as_user, oficina, receive) -> None:
    ticket = receive(text="Trato descortés en ventanilla.", official=oficina)

    assert ticket.folio not in page(as_user(oficina), q="descortés")


def test_pages_follow_one_another_without_repeating(as_user, oficina, receive) -> None:
    folios = {receive(text=f"Poste número {n}").folio for n in range(25)}
    desk = as_user(oficina)
    first = desk.get(BOX, {"q": "poste"})

    second = desk.get(BOX + first.context["next_url"])

    shown = [ticket.folio for answer in (first, second) for ticket in answer.context["page"].tickets]
    assert (len(shown), set(shown), second.context["next_url"]) == (25, folios, "")


def test_the_number_of_questions_does_not_grow_with_the_results(as_user, oficina, receive) -> None:
    desk = as_user(oficina)
    receive(text="Poste uno")
    page(desk, q="poste")
    with CaptureQueriesContext(connection) as one:
        page(desk, q="poste")
    for _number in range(3):
        receive(text="Poste otro")
    with CaptureQueriesContext(connection) as four:
        page(desk, q="poste")

    assert len(one) == len(four)


def test_other_apps_add_their_own_results(as_user, oficina, monkeypatch) -> None:
    hit = register.SearchHit("Plan regulador", "documento", "/plan/", "Plan")
    provider = register.SearchProvider("Planes", None, lambda _user, _query, _limit: [hit])
    monkeypatch.setitem(register._providers, "Planes", provider)

    assert "Plan regulador" in page(as_user(oficina), q="plan")


def test_odd_input_finds_nothing_and_breaks_nothing(as_user, oficina) -> None:
    desk = as_user(oficina)

    answers = [desk.get(BOX, query).status_code for query in ({}, {"q": "'\"*("}, {"q": "a", "antes": "x" * 30})]

    assert answers == [200, 200, 200]


def test_another_municipality_finds_none_of_ours(as_user, rosas, otra_comuna) -> None:
    from cabildo.accounts.scoping import in_municipality

    with in_municipality(otra_comuna):
        other = make_member("Luz Mar", otra_comuna, "requests_office")
    answer = as_user(other).get("/m/otra-comuna/mesa/buscar/", {"q": "poste plaza"})

    assert rosas.folio not in answer.content.decode()


def test_a_caller_is_shown_only_once_a_purpose_is_stated(as_user, oficina, rosas) -> None:
    desk = as_user(oficina)

    without = page(desk, CALLER, q="987654321")
    assert (rosas.folio in without, "Elija primero para qué busca" in without, reads()) == (False, True, [])

    stated = page(desk, CALLER, q="987654321", purpose="status")
    assert rosas.folio in stated
    assert "12.***.***-5" in stated
    assert reads() == [(str(rosas.requester_id), "caller_status")]


def test_the_counter_sees_of_a_caller_only_its_own_requests(as_user, counter, rosas) -> None:
    shown = page(as_user(counter), CALLER, q="12.345.678-5", purpose="intake")

    assert "Rosa Pérez" in shown
    assert rosas.folio not in shown


@pytest.mark.parametrize("query", ["rosa", "12.345.678-5", "987654321", "rosa@ejemplo.cl"])
def test_a_caller_known_by_a_reserved_request_alone_is_not_shown(as_user, counter, receive, oficina, query) -> None:
    receive(contact=ROSA, wants_reserve=True, by=oficina, channel="phone")

    assert "Rosa Pérez" not in page(as_user(counter), CALLER, q=query, purpose="intake")


def test_a_name_alone_does_not_tell_who_is_on_record(as_user, counter, rosas) -> None:
    assert "Rosa Pérez" not in page(as_user(counter), CALLER, q="rosa", purpose="intake")
    assert reads() == []


def test_htmx_gets_the_fragment_alone(as_user, oficina, rosas) -> None:
    answer = as_user(oficina).get(CALLER, {"q": "rosa", "purpose": "intake"}, headers={"HX-Request": "true"})

    assert "<html" not in answer.content.decode()
    assert rosas.folio in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("alcaldesa", 403), ("admin", 403), ("oficina", 200), ("diego", 200)])
def test_only_who_registers_searches_callers(as_user, request, who, status) -> None:
    assert as_user(request.getfixturevalue(who)).get(CALLER).status_code == status


def test_a_person_forgotten_is_not_found(oficina, rosas) -> None:
    from cabildo.people.actions import anonymise

    anonymise(Requester.objects.get(pk=rosas.requester_id), by=oficina, reason="test")

    assert found.persons(oficina, "12.345.678-5", for_caller=True) == []
