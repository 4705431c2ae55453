"""Whoever must be answered is told when the date moves, once, and never when it stays (Ley 19.880, art. 26)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cabildo.jobs.models import Job
from cabildo.notifications.models import Message
from cabildo.people.actions import Contact
from cabildo.tickets import tasks
from cabildo.tickets.actions import answering, clocks, handling
from cabildo.tickets.models import TermRule, Ticket, TicketEvent
from cabildo.ui.spanish import long_date
from cabildo.workflow.actions import change_holiday

TODAY = timezone.localdate


def again(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def told(ticket: Ticket) -> list[str]:
    """The mails on the date, oldest first."""
    written = Message.objects.filter(template="tickets.date", on_id=str(ticket.pk), channel="mail")
    return list(written.order_by("pk").values_list("body", flat=True))


@pytest.fixture
def may_extend(puerto_claro) -> None:
    TermRule.objects.create(municipality=puerto_claro, kind="reclamo", days=20, unit="habiles", article="Ordenanza 3")


def extend(ticket: Ticket, by) -> Ticket:
    more = {"extra_days": 10, "reason": "Falta un informe.", "today": TODAY(), "seen_version": ticket.version}
    return clocks.extend(ticket, by=by, **more)


@pytest.mark.usefixtures("may_extend")
def test_an_extension_is_notified_with_both_dates_its_reason_and_its_article(receive, carmen, run_jobs) -> None:
    ticket = receive()
    after = extend(ticket, carmen)
    run_jobs()

    [body] = told(ticket)
    dates = [long_date(ticket.legal_due_on), long_date(after.legal_due_on)]
    for part in ("Se amplió el plazo para responder.", "Falta un informe.", "Ley 19.880, art. 26", *dates):
        assert part in body
    assert [sent.to for sent in mail.outbox if "La fecha para responder" in sent.subject] == [["rosa@ejemplo.cl"]]


@pytest.mark.usefixtures("may_extend")
def test_the_timeline_says_the_new_date_and_the_old_one(receive, carmen) -> None:
    ticket = receive()
    after = extend(ticket, carmen)

    words = TicketEvent.objects.get(ticket=ticket, kind="extended", is_public=True).words
    assert f"La nueva fecha para responderle es a más tardar el {long_date(after.legal_due_on)}" in words
    assert f"Antes era el {long_date(ticket.legal_due_on)}" in words


def test_an_extension_by_the_law_of_the_term_names_that_law(receive, carmen, puerto_claro) -> None:
    law = {"days": 20, "unit": "habiles", "article": "Ley 20.285, art. 14", "extension_limit": 10}
    TermRule.objects.create(municipality=puerto_claro, kind="reclamo", **law)
    ticket = receive()
    extend(ticket, carmen)

    assert "(Ley 20.285, art. 14)" in told(ticket)[0]


def test_an_urgency_is_told_with_its_reason(receive, carmen) -> None:
    ticket = receive()
    clocks.declare_urgent(ticket, by=carmen, reason="Hay peligro.", today=TODAY(), seen_version=1)

    [body] = told(ticket)
    for part in ("Se declaró urgente", "Hay peligro.", "art. 63", long_date(again(ticket).legal_due_on)):
        assert part in body


def test_a_changed_calendar_is_told_to_those_whose_date_moved_and_only_to_them(receive, admin, run_jobs) -> None:
    moved, kept = receive(), receive()
    Ticket.objects.filter(pk=kept.pk).update(state="closed", outcome="resolved", closed_at=timezone.now())
    for _time in range(2):
        change_holiday(on=moved.legal_due_on, effect="added", name="Aniversario", act="Decreto 12", by=admin)
        run_jobs()

    assert [long_date(moved.legal_due_on) in body for body in told(moved)] == [True]
    assert told(kept) == []


def test_a_holiday_that_moves_only_the_goal_is_not_told_to_the_neighbour(receive, admin, run_jobs) -> None:
    ticket = receive()
    Ticket.objects.update(legal_due_on=None)
    ticket.clocks.filter(clock="legal").delete()
    change_holiday(on=ticket.goal_due_on, effect="added", name="Aniversario", act="Decreto 12", by=admin)
    run_jobs()

    assert TicketEvent.objects.filter(ticket=ticket, kind="recounted", is_public=False).count() == 1
    assert told(ticket) == []


def test_many_requests_are_recounted_in_batches_that_wait_once(receive, puerto_claro, monkeypatch) -> None:
    monkeypatch.setattr(tasks, "RECOUNTED_AT_ONCE", 2)
    tickets = [receive() for _number in range(5)]
    for _time in range(2):
        tasks.recount_deadlines.func()

    waiting = Job.objects.filter(name="tickets.recount_batch").order_by("pk")
    ends = [(job.arguments["first"], job.arguments["last"]) for job in waiting]
    ids = [ticket.pk for ticket in tickets]
    assert ends == [(ids[0], ids[1]), (ids[2], ids[3]), (ids[4], ids[4])]


def test_a_corrected_subject_tells_the_date_when_it_moves(receive, oficina, categories, puerto_claro) -> None:
    rule = {"days": 10, "unit": "habiles", "article": "Ordenanza 3"}
    TermRule.objects.create(municipality=puerto_claro, category=categories["rubbish"], **rule)
    ticket = receive()
    handling.reclassify(ticket, category=categories["rubbish"], kind="reclamo", by=oficina)

    [body] = told(ticket)
    assert "Se corrigió la materia de la solicitud." in body
    assert long_date(again(ticket).legal_due_on) in body


def test_what_leaves_the_date_as_it_was_sends_nothing(receive, oficina, carmen, categories, aseo) -> None:
    ticket = receive()
    handling.reclassify(ticket, category=categories["rubbish"], kind="reclamo", by=oficina)
    handling.derive(again(ticket), to=aseo, reason="Es retiro de ramas.", by=carmen)

    assert told(ticket) == []


@pytest.mark.usefixtures("may_extend")
def test_who_left_no_address_gets_nothing_and_the_timeline_tells_it(receive, carmen) -> None:
    ticket = receive(contact=Contact(name="Rosa Pérez", phone="+56 9 8123 4567"))
    extend(ticket, carmen)

    assert told(ticket) == []
    assert TicketEvent.objects.filter(ticket=ticket, kind="extended", words__contains="Antes era el").exists()


@pytest.mark.parametrize(("days", "words"), [(0, "Deben responderle a más tardar el"), (-400, "El plazo venció el")])
def test_a_reopened_request_tells_the_date_in_force_passed_or_not(receive, diego, days, words) -> None:
    ticket = handling.acknowledge(receive(), by=diego)
    answering.answer(ticket, outcome="resolved", text="Cambiamos el foco.", by=diego)
    due_on = ticket.legal_due_on + timedelta(days=days)
    Ticket.objects.update(legal_due_on=due_on)

    answering.reopen(again(ticket), by=diego, reason="Volvió a apagarse.")

    [body] = told(ticket)
    assert "La solicitud se reabrió" in body
    assert "Volvió a apagarse." in body
    assert f"{words} {long_date(due_on)}." in body
