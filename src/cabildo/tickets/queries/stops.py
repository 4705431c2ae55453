"""Is the term of a request stopped now, until when at the most, and when would it fall due without the stop?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cabildo.kit.workdays import Calendar
from cabildo.tickets.models import Ticket, TicketClock, TicketPause
from cabildo.tickets.queries.reasons import open_pause
from cabildo.workflow.rules import deadlines
from cabildo.workflow.rules.deadlines import Deadline
from cabildo.workflow.rules.terms import Clock, Pause, Rule, Unit


@dataclass(frozen=True)
class Stop:
    """The stop of a request that nobody ended. `last_on`: its last day if it is used whole; None without a maximum.

    `is_over`: that day has passed, so the clock runs again. `due_on`: when the legal term falls due if the stop is used
    whole; `unstopped_due_on`: when it would have without it. Both None when the request has no legal term.
    """

    pause: TicketPause
    last_on: date | None
    is_over: bool
    due_on: date | None
    unstopped_due_on: date | None

    @property
    def holds_term(self) -> bool:
        """Whether the legal term waits now: an expired one, or one that the source of a request fixed, does not."""
        return self.due_on != self.unstopped_due_on and not self.is_over


def stop_of(ticket: Ticket, today: date, calendar: Calendar) -> Stop | None:
    """The open stop of a request, counted on this calendar; None when its clocks run."""
    current = open_pause(ticket)
    return stop_by(current, today, calendar) if current else None


def stop_by(current: TicketPause, today: date, calendar: Calendar) -> Stop:
    """What this open pause does to its request. Two queries."""
    record = TicketClock.objects.filter(ticket_id=current.ticket_id, clock=Clock.LEGAL.value).first()
    others = TicketPause.objects.filter(ticket_id=current.ticket_id).exclude(pk=current.pk)
    pause = as_pause(current)
    return Stop(
        current,
        pause.last_day(calendar),
        is_over=not pause.holds(today, calendar),
        due_on=record.expires_on if record else None,
        unstopped_due_on=_due_without(record, others, calendar) if record else None,
    )


def _due_without(record: TicketClock, others: Iterable[TicketPause], calendar: Calendar) -> date:
    """A date that the source of an imported request gave was never moved by a stop."""
    return record.expires_on if record.is_given else counted(record, others, calendar).expires_on


def as_rule(record: TicketClock) -> Rule:
    return Rule(
        record.days,
        Unit(record.unit),
        record.article,
        extension_limit=record.extension_limit,
        urgent=record.urgent,
    )


def as_pause(pause: TicketPause) -> Pause:
    return Pause(
        pause.started_on,
        pause.ended_on,
        pause.reason_code,
        stops_legal=pause.stops_legal,
        norm=pause.norm,
        max_days=pause.max_days,
        allows_withdrawal=pause.allows_withdrawal,
    )


def counted(record: TicketClock, pauses: Iterable[TicketPause], calendar: Calendar) -> Deadline:
    """The stored clock as the engine's value, counted on this calendar with these pauses."""
    return deadlines.compute(
        record.submitted_on,
        as_rule(record),
        calendar,
        extra_days=record.extra_days,
        pauses=[as_pause(pause) for pause in pauses],
        clock=Clock(record.clock),
    )


def deadline_of(record: TicketClock, calendar: Calendar) -> Deadline:
    """The same with all the pauses its request has had."""
    return counted(record, TicketPause.objects.filter(ticket_id=record.ticket_id), calendar)
