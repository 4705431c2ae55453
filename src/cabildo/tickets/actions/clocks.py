"""How are the two clocks of a request started, stopped, extended and counted again?"""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.kit.workdays import Calendar
from cabildo.tickets import messages, term_words
from cabildo.tickets.actions.events import By, Step, tell_together
from cabildo.tickets.actions.locking import locked, save
from cabildo.tickets.choices import OPEN_STATES, EventKind
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket, TicketClock, TicketPause
from cabildo.tickets.queries import terms
from cabildo.tickets.queries.stops import as_pause, deadline_of
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules import deadlines
from cabildo.workflow.rules.deadlines import Deadline
from cabildo.workflow.rules.terms import Clock, halve_for_urgency

EXTENSION, URGENCY = "Ley 19.880, art. 26", "Ley 19.880, art. 63"


def start_again(ticket: Ticket) -> bool:
    """Count both terms for the subject the request has now; False when it keeps the dates its source gave.

    What was decided stays: urgency, pauses, and an extension as far as half of the new term lets it (art. 26).
    """
    if ticket.source and not TicketClock.objects.filter(ticket=ticket, clock=Clock.LEGAL.value).exists():
        return False
    running = _computed(ticket, municipal_calendar(timezone.localdate(ticket.received_at)), _extra_days(ticket))
    TicketClock.objects.filter(ticket=ticket).exclude(clock__in=[clock.value for clock in running]).delete()
    for clock, computed in running.items():
        _store(ticket, clock, computed)
    recount(ticket, municipal_calendar(timezone.localdate()))
    return True


def _extra_days(ticket: Ticket) -> int:
    legal = TicketClock.objects.filter(ticket=ticket, clock=Clock.LEGAL.value)
    return legal.values_list("extra_days", flat=True).first() or 0


def prepared(ticket: Ticket, calendar: Calendar) -> list[TicketClock]:
    """The clocks of a request about to be saved, with their dates already in its columns."""
    computed = _computed(ticket, calendar)
    ticket.legal_due_on = computed[Clock.LEGAL].expires_on
    goal = computed.get(Clock.INTERNAL)
    ticket.goal_due_on = goal.expires_on if goal else None
    return [
        TicketClock(municipality_id=ticket.municipality_id, ticket=ticket, clock=clock.value, **columns_of(deadline))
        for clock, deadline in computed.items()
    ]


def _computed(ticket: Ticket, calendar: Calendar, extra_days: int = 0) -> dict[Clock, Deadline]:
    """Both terms from the day of reception; an urgent one is halved."""
    submitted_on = timezone.localdate(ticket.received_at)
    legal = terms.legal_rule(ticket.category, ticket.kind)
    legal = halve_for_urgency(legal) if ticket.is_urgent else legal
    extra_days = min(extra_days, legal.longest_extension)
    goal = terms.goal_rule(ticket.category)
    counted = {Clock.LEGAL: deadlines.compute(submitted_on, legal, calendar, extra_days=extra_days)}
    if goal is not None:
        counted[Clock.INTERNAL] = deadlines.compute(submitted_on, goal, calendar, clock=Clock.INTERNAL)
    return counted


def _store(ticket: Ticket, clock: Clock, computed: Deadline) -> None:
    TicketClock.objects.update_or_create(
        municipality_id=ticket.municipality_id, ticket=ticket, clock=clock.value, defaults=columns_of(computed)
    )


def columns_of(computed: Deadline) -> dict[str, Any]:
    """A computed term as a clock's row stores it."""
    return {
        "days": computed.rule.days,
        "unit": computed.rule.unit.value,
        "article": computed.rule.article,
        "extension_limit": computed.rule.extension_limit,
        "urgent": computed.rule.urgent,
        "extra_days": computed.extra_days,
        "submitted_on": computed.submitted_on,
        "effective_on": computed.effective_on,
        "nominal_due_on": computed.nominal_due_on,
        "due_on": computed.due_on,
        "extended_due_on": computed.extended_due_on,
        "explanation": deadlines.as_json(computed)["explanation"],
        "computed_at": timezone.now(),
        "is_given": False,
    }


def _copy_dates(ticket: Ticket) -> None:
    """The ticket carries the dates in force, so that lists need no join."""
    due = {record.clock: record.expires_on for record in TicketClock.objects.filter(ticket=ticket)}
    ticket.legal_due_on = due.get(Clock.LEGAL.value)
    ticket.goal_due_on = due.get(Clock.INTERNAL.value)
    ticket.save(update_fields=["legal_due_on", "goal_due_on", "updated_at"])


def recount(ticket: Ticket, calendar: Calendar) -> bool:
    """Count both clocks again; whether a date moved. A date that the source gave stays as it is."""
    before = (ticket.legal_due_on, ticket.goal_due_on)
    for record in TicketClock.objects.filter(ticket=ticket, is_given=False):
        _store(ticket, Clock(record.clock), deadline_of(record, calendar))
    _copy_dates(ticket)
    return before != (ticket.legal_due_on, ticket.goal_due_on)


@transaction.atomic
def recount_after_calendar_change(ticket: Ticket, *, by: By) -> bool:
    """Count an open request again on the changed calendar; a moved date is told and audited."""
    fresh = locked(ticket)
    before = fresh.legal_due_on
    if not recount(fresh, municipal_calendar(timezone.localdate())):
        return False
    tell_change(fresh, Step(EventKind.RECOUNTED, by=by, is_public=before != fresh.legal_due_on), before=before)
    return True


def open_ticket_ids(first: int = 0, last: int | None = None) -> list[int]:
    """The requests whose clocks still run, for the recount after a change of calendar: all, or those of these ids."""
    running = Ticket.objects.filter(state__in=OPEN_STATES, pk__gte=first)
    running = running if last is None else running.filter(pk__lte=last)
    return list(running.order_by("pk").values_list("pk", flat=True))


def tell_change(ticket: Ticket, step: Step, *, before: date | None, norm: str = "") -> None:
    """Tell a step that may have moved the legal date; the requester gets one mail, and only when it moved.

    The words of the step are its reason; `norm` is the article that allows the change.
    """
    after = ticket.legal_due_on
    if after == before:
        tell_together(ticket, step)
        return
    words = term_words.moved(step.words, before, after, norm)
    data = {**step.data, "before": str(before), "after": str(after)}
    messages.date_changed(ticket, tell_together(ticket, replace(step, words=words, data=data))[0])


def pause(ticket: Ticket, *, by: By, today: date, reason: dict[str, Any]) -> TicketPause:
    """Stop the clocks for a coded reason; only a norm stops the legal one. Inside the caller's transaction."""
    if TicketPause.objects.filter(ticket=ticket, ended_on=None).exists():
        raise TicketsError("already_paused")
    stopped = TicketPause.objects.create(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        by=by if isinstance(by, User) else None,
        started_on=today,
        **reason,
    )
    ticket.is_stopped = as_pause(stopped).stops(Clock.LEGAL)
    ticket.save(update_fields=["is_stopped"])
    recount(ticket, municipal_calendar(today))
    return stopped


def resume(ticket: Ticket, *, today: date) -> None:
    """Let the clocks run again from tomorrow. Inside the caller's transaction."""
    TicketPause.objects.filter(ticket=ticket, ended_on=None).update(ended_on=today)
    ticket.is_stopped = False
    ticket.save(update_fields=["is_stopped"])
    recount(ticket, municipal_calendar(today))


def end_stop(ticket: Ticket, *, today: date) -> None:
    """What is closed waits for nothing: a stop left open would go on if it were opened again."""
    if TicketPause.objects.filter(ticket=ticket, ended_on=None).exists():
        resume(ticket, today=today)


@transaction.atomic
def extend(ticket: Ticket, *, by: User, extra_days: int, reason: str, today: date, seen_version: int) -> Ticket:
    """Extend the legal term once, by at most half, before it expires (Ley 19.880, art. 26)."""
    _need_reason(reason)
    ticket = locked(ticket, seen_version=seen_version)
    calendar, before = municipal_calendar(today), ticket.legal_due_on
    record = TicketClock.objects.get(ticket=ticket, clock=Clock.LEGAL.value)
    extended = deadlines.extend(deadline_of(record, calendar), extra_days, today, calendar)
    _store(ticket, Clock.LEGAL, extended)
    _copy_dates(ticket)
    save(ticket)
    step = Step(EventKind.EXTENDED, by=by, words=reason, is_public=True, data={"days": extra_days})
    tell_change(ticket, step, before=before, norm=EXTENSION if record.extension_limit is None else record.article)
    return ticket


@transaction.atomic
def declare_urgent(ticket: Ticket, *, by: User, reason: str, today: date, seen_version: int) -> Ticket:
    """Halve the legal term by a recorded decision (Ley 19.880, art. 63)."""
    _need_reason(reason)
    ticket = locked(ticket, seen_version=seen_version)
    calendar, before = municipal_calendar(today), ticket.legal_due_on
    record = TicketClock.objects.get(ticket=ticket, clock=Clock.LEGAL.value)
    _store(ticket, Clock.LEGAL, deadlines.make_urgent(deadline_of(record, calendar), today, calendar))
    _copy_dates(ticket)
    save(ticket, is_urgent=True)
    step = Step(EventKind.URGENT, by=by, words=reason, is_public=True)
    tell_change(ticket, step, before=before, norm=URGENCY)
    return ticket


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise TicketsError("reason_missing")
