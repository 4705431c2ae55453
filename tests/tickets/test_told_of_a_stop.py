"""Whoever is asked to complete a request knows until when, what waits and what may follow (Ley 19.880, art. 31)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cabildo.tickets import links
from cabildo.tickets.actions import handling, pausing
from cabildo.tickets.models import Ticket, TicketClock, TicketEvent, TicketPause
from cabildo.tickets.queries.reasons import PauseReason
from cabildo.tickets.queries.stops import stop_of
from cabildo.ui.spanish import long_date
from cabildo.workflow.queries import calendar

TODAY = timezone.localdate
SUPPLIER = PauseReason("waiting_supplier", "Espera de materiales", "", 15, "habiles", "Esperamos materiales.")
BY_NORM = replace(SUPPLIER, code="by_norm", norm="Ordenanza 7, artículo 4", max_days=3)
WITHDRAWN = "puede tenerla por desistida"


def page(client, ticket: Ticket) -> str:
    return client.get(f"/m/puerto-claro/seguimiento/{links.tracking_token(ticket)}/").content.decode()


def asked(ticket: Ticket, by) -> Ticket:
    handling.ask_requester(ticket, text="¿Qué número tiene el poste?", by=by, today=TODAY())
    return Ticket.objects.get(pk=ticket.pk)


@pytest.fixture
def last_day(puerto_claro) -> str:
    return long_date(calendar(TODAY()).add(TODAY(), 5))


def test_the_mail_and_the_history_say_the_last_day_and_what_may_follow(receive, diego, run_jobs, last_day) -> None:
    ticket = asked(receive(), diego)
    run_jobs()

    words = TicketEvent.objects.get(ticket=ticket, kind="asked").words
    for part in ("¿Qué número tiene el poste?", f"Tiene hasta el {last_day}", "Ley 19.880, art. 31", WITHDRAWN):
        assert part in words
        assert part in mail.outbox[-1].body
    assert "el plazo para responderle está detenido" in words


def test_the_tracking_page_begins_with_the_last_day_and_projects_the_date(client, receive, diego, last_day) -> None:
    ticket = asked(receive(), diego)

    head = page(client, ticket).partition("Qué ha pasado")[0]

    assert f"Tiene hasta el {last_day}" in head
    assert WITHDRAWN in head
    assert (
        f"Si usted responde el último día, deben responderle a más tardar el {long_date(ticket.legal_due_on)}" in head
    )
    assert "Deben responderle a más tardar el <strong>" not in head


def test_after_the_last_day_the_page_says_that_it_can_still_be_completed(client, receive, diego) -> None:
    ticket = asked(receive(), diego)
    TicketPause.objects.update(started_on=TODAY() - timedelta(days=30))

    head = page(client, ticket).partition("Qué ha pasado")[0]

    assert "El plazo para completar su solicitud terminó el" in head
    assert "Todavía puede hacerlo" in head
    assert "Deben responderle a más tardar el <strong>" in head


def test_an_expired_term_is_not_said_to_wait(receive, diego) -> None:
    ticket = receive()
    TicketClock.objects.update(submitted_on=TODAY() - timedelta(days=200))
    words = TicketEvent.objects.get(ticket=asked(ticket, diego), kind="asked").words

    assert "Tiene hasta el" in words
    assert "detenido" not in words


def words_of_a_stop(receive, by, code: str) -> str:
    ticket = receive()
    pausing.stop(ticket, reason_code=code, note="", by=by, today=TODAY())
    return TicketEvent.objects.get(ticket=ticket, kind="stopped").words


def test_a_stop_by_another_norm_has_its_own_words_and_maximum(receive, diego, monkeypatch) -> None:
    monkeypatch.setattr(pausing, "pause_reasons", lambda: [BY_NORM])
    words = words_of_a_stop(receive, diego, "by_norm")

    last_day = long_date(calendar(TODAY()).add(TODAY(), 3))
    assert f"detenido, a lo más hasta el {last_day} (Ordenanza 7, artículo 4)" in words
    assert "desistida" not in words


def test_a_stop_of_the_goal_alone_says_that_the_legal_term_goes_on(receive, diego, monkeypatch) -> None:
    monkeypatch.setattr(pausing, "pause_reasons", lambda: [SUPPLIER])
    words = words_of_a_stop(receive, diego, "waiting_supplier")

    assert "El plazo legal no se detiene: deben responderle a más tardar el" in words
    assert "está detenido" not in words


def test_the_desk_says_the_projected_date_and_when_it_would_have_fallen_due(as_user, receive, diego) -> None:
    ticket = receive()
    before = ticket.legal_due_on
    waiting = asked(ticket, diego)

    shown = as_user(diego).get(f"/m/puerto-claro/mesa/solicitudes/{ticket.folio}/").content.decode()

    assert "si el vecino responde el último día" in shown
    assert f"vence el {long_date(waiting.legal_due_on)}" in shown
    assert f"sin la detención vencía el {long_date(before)}" in shown


def test_an_earlier_stop_stays_in_the_date_without_the_present_one(receive, diego, monkeypatch) -> None:
    monkeypatch.setattr(pausing, "pause_reasons", lambda: [BY_NORM])
    ticket = receive()
    TicketClock.objects.update(submitted_on=TODAY() - timedelta(days=20))
    pausing.stop(ticket, reason_code="by_norm", note="", by=diego, today=TODAY() - timedelta(days=15))
    pausing.release_exhausted(TODAY())
    after_the_first = Ticket.objects.get(pk=ticket.pk).legal_due_on

    pausing.stop(ticket, reason_code="by_norm", note="", by=diego, today=TODAY())

    stop = stop_of(ticket, TODAY(), calendar(TODAY()))
    assert stop.unstopped_due_on == after_the_first
    assert stop.due_on == Ticket.objects.get(pk=ticket.pk).legal_due_on > after_the_first
