"""A step on many requests: told before, each by its own action, each with its own result."""

import pytest
from tests.tickets.inner_world import DESK

from cabildo.tickets.actions import bulk, handling
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket, TicketEvent

BULK = f"{DESK}solicitudes/en-lote/"


def test_each_is_taken_by_its_own_action_and_a_refused_one_stops_no_other(receive, diego) -> None:
    fresh, taken = receive(), handling.acknowledge(receive(), by=diego)

    results = bulk.run("acknowledge", [fresh, taken], by=diego, data={})

    assert [result.is_done for result in results] == [True, False]
    assert "En trabajo" in results[1].sentence
    assert TicketEvent.objects.filter(kind="acknowledged").count() == 2


def test_what_is_of_another_department_is_refused_by_name(receive, diego) -> None:
    other = receive("rubbish")

    result = bulk.run("acknowledge", [other], by=diego, data={})[0]

    assert result.sentence == TicketsError("not_allowed").sentence
    assert Ticket.objects.get(pk=other.pk).state == "derived"


def test_deriving_leaves_where_it_is_what_is_already_there(receive, oficina, aseo) -> None:
    lamp, rubbish = receive(), receive("rubbish")

    results = bulk.run("derive", [lamp, rubbish], by=oficina, data={"department": aseo, "reason": "Es de aseo."})

    assert [result.is_done for result in results] == [True, False]
    assert results[1].sentence == TicketsError("same_department", department=aseo.name).sentence


def test_a_person_takes_only_requests_of_their_department(receive, oficina, diego) -> None:
    results = bulk.run("assign", [receive(), receive("rubbish")], by=oficina, data={"person": diego})

    assert [result.is_done for result in results] == [True, False]
    assert "Diego Soto" in results[1].sentence


def test_a_note_goes_to_all(receive, diego) -> None:
    bulk.run("note", [receive(), receive()], by=diego, data={"text": "Corte general."})

    assert TicketEvent.objects.filter(kind="note", words="Corte general.", is_public=False).count() == 2


def test_more_than_a_hundred_are_refused(receive, diego) -> None:
    ticket = receive()

    with pytest.raises(TicketsError) as refusal:
        bulk.run("note", [ticket] * 101, by=diego, data={"text": "Muchas."})

    assert refusal.value.code == "too_many"


def test_the_page_says_what_will_happen_before_anything_does(as_user, receive, diego) -> None:
    fresh, taken = receive(), handling.acknowledge(receive(), by=diego)

    shown = as_user(diego).post(BULK, {"action": "acknowledge", "chosen": [fresh.folio, taken.folio]})

    body = shown.content.decode()
    assert "Acusar recibo: 1 solicitud" in body
    assert "este paso no se puede dar ahora" in body
    assert Ticket.objects.get(pk=fresh.pk).state == "derived"


def test_once_confirmed_the_page_tells_each_result(as_user, receive, diego) -> None:
    fresh = receive()

    shown = as_user(diego).post(BULK, {"action": "acknowledge", "chosen": [fresh.folio], "confirmed": "1"})

    assert "1 de 1" in shown.content.decode()
    assert Ticket.objects.get().state == "in_progress"


def test_a_missing_reason_is_asked_for_and_nothing_is_derived(as_user, receive, oficina, aseo) -> None:
    ticket = receive()
    given = {"action": "derive", "chosen": [ticket.folio], "confirmed": "1", "department": aseo.pk}

    shown = as_user(oficina).post(BULK, given)

    assert "reason" in shown.context["form"].errors
    assert Ticket.objects.get().state == "derived"
    assert Ticket.objects.get().department != aseo


def test_what_one_may_not_see_is_not_even_named(as_user, receive, diego) -> None:
    hidden = receive("rubbish")

    shown = as_user(diego).post(BULK, {"action": "note", "chosen": [hidden.folio]})

    assert shown.status_code == 302


def test_the_mayor_reads_the_list_without_ticks(as_user, receive, alcaldesa) -> None:
    receive()

    shown = as_user(alcaldesa).get(f"{DESK}solicitudes/").content.decode()

    assert 'name="chosen"' not in shown
    assert as_user(alcaldesa).post(BULK, {"action": "note"}).status_code == 403
