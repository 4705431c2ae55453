"""How does an official stop a clock for a coded reason, let it run again, and what happens at the maximum?"""

from datetime import date

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.kit.workdays import Calendar
from cabildo.tickets import messages, term_words
from cabildo.tickets.actions import clocks
from cabildo.tickets.actions.events import tell
from cabildo.tickets.actions.locking import locked, save
from cabildo.tickets.choices import EventKind, State
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket, TicketPause
from cabildo.tickets.queries.reasons import open_pause, pause_reasons
from cabildo.tickets.queries.stops import as_pause, stop_by
from cabildo.workflow.queries import calendar as municipal_calendar


@transaction.atomic
def stop(
    ticket: Ticket, *, reason_code: str, note: str, by: User, today: date, seen_version: int | None = None
) -> TicketPause:
    """Stop the clocks by a reason of the adopted pack; one without a norm stops the internal goal alone.

    The neighbour reads the pack's explanation and what it does to the legal term; the note stays inside.
    """
    ticket = locked(ticket, seen_version=seen_version)
    reason = next((known for known in pause_reasons() if known.code == reason_code), None)
    if reason is None:
        raise TicketsError("pause_reason_unknown")
    given = {
        "reason_code": reason.code,
        "label": reason.label,
        "norm": reason.norm,
        "stops_legal": bool(reason.norm),
        "max_days": reason.business_days(today, municipal_calendar(today)),
    }
    paused = clocks.pause(ticket, by=by, today=today, reason=given)
    save(ticket)
    words = term_words.of_new_stop(reason.explanation, stop_by(paused, today, municipal_calendar(today)))
    event = tell(ticket, EventKind.STOPPED, by=by, words=words, is_public=True, reason=reason.code)
    if note.strip():
        tell(ticket, EventKind.NOTE, by=by, words=note.strip())
    messages.update(ticket, event)
    return paused


@transaction.atomic
def run_again(ticket: Ticket, *, by: User, today: date, seen_version: int | None = None) -> Ticket:
    """Let the clocks run again from tomorrow."""
    ticket = locked(ticket, seen_version=seen_version)
    if open_pause(ticket) is None:
        raise TicketsError("not_paused")
    clocks.resume(ticket, today=today)
    save(ticket)
    tell(ticket, EventKind.RESUMED, by=by, is_public=True)
    return ticket


def release_exhausted(today: date) -> int:
    """Let the clocks of requests run again whose stop reached its maximum; how many stops that were.

    A stop that waits for the neighbour stays open, for a person to decide whether it is withdrawn (art. 31).
    """
    calendar = municipal_calendar(today)
    open_stops = TicketPause.objects.filter(ended_on=None).exclude(ticket__state=State.CLOSED).select_related("ticket")
    over = [pause for pause in open_stops if not as_pause(pause).holds(today, calendar)]
    return sum(_release(pause, calendar) for pause in over)


@transaction.atomic
def _release(pause: TicketPause, calendar: Calendar) -> bool:
    """Whether it was still open when its request was locked: an official may have ended it meanwhile."""
    ticket = locked(pause.ticket)
    if open_pause(ticket) != pause:
        return False
    if not pause.allows_withdrawal:
        pause.ended_on = as_pause(pause).last_day(calendar)
        pause.save(update_fields=["ended_on"])
        tell(ticket, EventKind.RESUMED, by=audit.SYSTEM, is_public=True)
    ticket.is_stopped = False
    ticket.save(update_fields=["is_stopped"])
    return True
