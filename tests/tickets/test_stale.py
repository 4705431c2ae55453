"""Two people on the same request: the second is told which field moved, and keeps every word."""

import pytest
from tests.tickets.inner_world import DESK

from cabildo.tickets import conflicts
from cabildo.tickets.actions import handling
from cabildo.tickets.models import Ticket

TEXT = "Cambiamos la luminaria el lunes en la mañana."


def hidden(page) -> dict:
    form = page.context["form"]
    return {"version": form["version"].value(), "seen": form["seen"].value()}


@pytest.fixture
def opened(as_user, receive, diego):
    """Diego has the answer page open."""
    ticket, desk = receive(), as_user(diego)
    place = f"{DESK}solicitudes/{ticket.folio}/paso/responder/"
    return ticket, desk, place, hidden(desk.get(place))


def test_the_moved_field_is_named_with_before_and_after(opened, carmen, as_user) -> None:
    ticket, desk, place, seen = opened
    assign = f"{DESK}solicitudes/{ticket.folio}/paso/asignar/"
    head = as_user(carmen)
    head.post(assign, {**hidden(head.get(assign)), "person": carmen.pk})

    shown = desk.post(place, {**seen, "outcome": "resolved", "text": TEXT})

    body = shown.content.decode()
    assert shown.status_code == 409
    assert "persona a cargo" in str(shown.context["form"].non_field_errors())
    assert "persona a cargo: decía «nadie» y ahora dice «Carmen Díaz»" in body
    assert f"/mesa/solicitudes/{ticket.folio}/" in body


def test_what_was_typed_stays_and_can_be_sent_again(opened, carmen) -> None:
    ticket, desk, place, seen = opened
    handling.assign(ticket, to=carmen, by=carmen)
    shown = desk.post(place, {**seen, "outcome": "resolved", "text": TEXT})
    assert shown.context["form"]["text"].value() == TEXT

    desk.post(place, {**hidden(shown), "outcome": "resolved", "text": TEXT})

    assert Ticket.objects.get().state == "closed"


def test_a_step_that_can_no_longer_be_taken_gives_the_words_back(opened, carmen, aseo) -> None:
    ticket, desk, place, seen = opened
    handling.derive(ticket, to=aseo, reason="Es de aseo.", by=carmen)

    shown = desk.post(place, {**seen, "outcome": "resolved", "text": TEXT})

    assert shown.status_code == 409
    assert TEXT in shown.content.decode()
    assert "Dirección de Aseo y Ornato" in shown.content.decode()
    assert Ticket.objects.get().state == "derived"


def test_a_step_that_never_was_theirs_does_not_exist(opened) -> None:
    ticket, desk, _place, _seen = opened

    assert desk.get(f"{DESK}solicitudes/{ticket.folio}/paso/aprobar/").status_code == 404
    assert desk.get(f"{DESK}solicitudes/{ticket.folio}/paso/inventado/").status_code == 404


def test_an_altered_snapshot_changes_no_verdict(opened, carmen) -> None:
    ticket, desk, place, seen = opened
    handling.assign(ticket, to=carmen, by=carmen)

    for broken in ("", "{", "[1]", '{"state": "<script>"}'):
        shown = desk.post(place, {**seen, "seen": broken, "outcome": "resolved", "text": TEXT})
        assert shown.status_code == 409
        assert "<script>" not in shown.content.decode().split("<main")[1].split("</main")[0]


def test_nothing_moved_means_no_conflict(receive) -> None:
    ticket = receive()

    assert conflicts.between(conflicts.snapshot(ticket), ticket) == []
