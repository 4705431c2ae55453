"""Stopping a clock by a coded reason: without a norm only the goal stops; a maximum ends it; nothing closes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.tickets.inner_world import DESK, adopt_national_tree

from cabildo.tickets.actions import handling, pausing
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket, TicketEvent, TicketPause
from cabildo.tickets.queries import reasons
from cabildo.tickets.queries.reasons import PauseReason, pause_reasons

TODAY = timezone.localdate
SUPPLIER = PauseReason("waiting_supplier", "Espera de materiales", "", 15, "habiles", "Esperamos materiales.")
BY_NORM = replace(SUPPLIER, code="by_norm", norm="Ordenanza 7, artículo 4", max_days=3)


@pytest.fixture(autouse=True)
def _known_reasons(monkeypatch) -> None:
    monkeypatch.setattr(pausing, "pause_reasons", lambda: [SUPPLIER, BY_NORM])


def stop(ticket, by, code="waiting_supplier", **more):
    pausing.stop(ticket, reason_code=code, note="", by=by, today=TODAY(), **more)
    return Ticket.objects.get(pk=ticket.pk)


def test_without_a_norm_the_legal_term_goes_on(receive, diego) -> None:
    ticket = receive()

    stopped = stop(ticket, diego)

    assert stopped.legal_due_on == ticket.legal_due_on
    assert stopped.goal_due_on > ticket.goal_due_on
    assert not stopped.is_stopped


def test_with_a_norm_both_stop_and_the_norm_is_kept(receive, diego) -> None:
    ticket = receive()

    stopped = stop(ticket, diego, "by_norm")

    assert stopped.legal_due_on > ticket.legal_due_on
    assert stopped.is_stopped
    assert TicketPause.objects.get().norm == "Ordenanza 7, artículo 4"


def test_the_neighbour_reads_why_and_the_note_stays_inside(receive, diego) -> None:
    ticket = receive()
    pausing.stop(ticket, reason_code="waiting_supplier", note="Llegan el jueves.", by=diego, today=TODAY())

    public = " ".join(TicketEvent.objects.filter(ticket=ticket, is_public=True).values_list("words", flat=True))
    assert "Esperamos materiales." in public
    assert "Llegan el jueves." not in public


def test_an_unknown_reason_and_a_second_stop_are_refused(receive, diego) -> None:
    ticket = receive()
    with pytest.raises(TicketsError) as unknown:
        stop(ticket, diego, "cansancio")
    stopped = stop(ticket, diego)
    with pytest.raises(TicketsError) as twice:
        stop(stopped, diego)

    assert [unknown.value.code, twice.value.code] == ["pause_reason_unknown", "already_paused"]


def test_running_again_ends_the_stop_that_day(receive, diego) -> None:
    ticket = receive()
    stopped = stop(ticket, diego, "by_norm")

    running = pausing.run_again(stopped, by=diego, today=TODAY())

    assert not running.is_stopped
    assert running.legal_due_on == ticket.legal_due_on
    assert TicketPause.objects.get().ended_on == TODAY()


def test_what_is_not_stopped_cannot_run_again(receive, diego) -> None:
    with pytest.raises(TicketsError) as refusal:
        pausing.run_again(receive(), by=diego, today=TODAY())

    assert refusal.value.code == "not_paused"


def test_a_stop_ends_at_its_maximum(receive, diego) -> None:
    stop(receive(), diego, "by_norm")

    assert pausing.release_exhausted(TODAY()) == 0
    assert pausing.release_exhausted(TODAY() + timedelta(days=20)) == 1

    assert not Ticket.objects.get().is_stopped
    assert TicketPause.objects.get().ended_on < TODAY() + timedelta(days=20)


def test_one_that_waits_for_the_neighbour_stays_open_for_a_person_to_decide(receive, diego) -> None:
    handling.ask_requester(receive(), text="Falta la dirección.", by=diego, today=TODAY())

    pausing.release_exhausted(TODAY() + timedelta(days=20))

    ticket = Ticket.objects.get()
    assert (ticket.state, ticket.is_stopped) == ("waiting", False)
    assert TicketPause.objects.get().ended_on is None


def test_the_pack_s_reasons_are_offered_but_asking_the_neighbour_has_its_own_step(puerto_claro) -> None:
    adopt_national_tree(puerto_claro)

    offered = pause_reasons()

    assert [reason.code for reason in offered] == ["waiting_visit", "waiting_supplier", "waiting_other_body", "weather"]
    assert {reason.norm for reason in offered} == {""}


def test_before_a_pack_is_adopted_there_is_no_reason_to_choose(puerto_claro) -> None:
    assert reasons.pause_reasons() == []


def test_calendar_days_become_business_days() -> None:
    from datetime import date

    from cabildo.kit.workdays import chile

    week = replace(SUPPLIER, max_days=7, unit="corridos")

    assert week.business_days(date(2026, 12, 4), chile([2026])) == 4


def test_the_steps_stop_and_run_again_in_the_browser(as_user, puerto_claro, receive, diego) -> None:
    ticket = receive()
    adopt_national_tree(puerto_claro)
    desk, base = as_user(diego), f"{DESK}solicitudes/{ticket.folio}/"

    answered = desk.post(f"{base}paso/detener/", {"version": ticket.version, "reason": "waiting_supplier"})
    assert answered.status_code == 302, answered.context["form"].errors
    assert "paso/reanudar/" in desk.get(base).content.decode()
    desk.post(f"{base}paso/reanudar/")

    assert TicketPause.objects.get().ended_on == TODAY()
