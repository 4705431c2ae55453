"""How is a request answered, closed and opened again?"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.jobs import enqueue
from cabildo.kit.workdays import Calendar
from cabildo.tickets import messages
from cabildo.tickets.actions import clocks, satisfaction
from cabildo.tickets.actions.clocks import as_pause
from cabildo.tickets.actions.events import By, tell
from cabildo.tickets.actions.locking import locked, move
from cabildo.tickets.choices import ANSWERING_OUTCOMES, AnswerState, EventKind, Outcome
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Answer, Ticket, TicketPause
from cabildo.workflow.actions import take_number
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.terms import may_deem_withdrawn


def _check_answer(text: str, outcome: str, addressee: str) -> None:
    if not text.strip():
        raise TicketsError("answer_missing")
    if outcome == Outcome.NOT_COMPETENT and not addressee.strip():
        raise TicketsError("addressee_missing")


@transaction.atomic
def submit_answer(
    ticket: Ticket, *, text: str, outcome: str, by: User, addressee: str = "", seen_version: int | None = None
) -> Answer:
    """Hand the drafted answer to the head of the department."""
    _check_answer(text, outcome, addressee)
    ticket = locked(ticket, seen_version=seen_version)
    move(ticket, "submit")
    answer = _drafted(ticket, text=text, outcome=outcome, by=by, addressee=addressee, state=AnswerState.SUBMITTED)
    tell(ticket, EventKind.SUBMITTED, by=by, data={"answer": answer.pk})
    messages.tell_officials(ticket, "answer_submitted")
    return answer


@transaction.atomic
def return_answer(ticket: Ticket, *, reason: str, by: User) -> Ticket:
    """Send the answer back to who drafted it, with what must change."""
    ticket = locked(ticket)
    answer = _pending(ticket)
    move(ticket, "return", reason=reason)
    answer.state, answer.decided_by, answer.returned_reason = AnswerState.RETURNED, by, reason
    answer.save(update_fields=["state", "decided_by", "returned_reason"])
    tell(ticket, EventKind.RETURNED, by=by, words=reason, data={"answer": answer.pk})
    return ticket


@transaction.atomic
def approve_answer(ticket: Ticket, *, by: User) -> Ticket:
    """Approve and send: whoever drafted an answer cannot approve it."""
    ticket = locked(ticket)
    answer = _pending(ticket)
    if answer.drafted_by_id == by.pk:
        raise TicketsError("not_the_drafter")
    return _send(ticket, answer, by=by)


@transaction.atomic
def answer(
    ticket: Ticket, *, text: str, outcome: str, by: User, addressee: str = "", seen_version: int | None = None
) -> Ticket:
    """Answer and close at once, where the category needs no approval."""
    _check_answer(text, outcome, addressee)
    ticket = locked(ticket, seen_version=seen_version)
    if ticket.category.needs_approval:
        raise TicketsError("approval_needed")
    return _send(ticket, _drafted(ticket, text=text, outcome=outcome, by=by, addressee=addressee), by=by)


def _drafted(
    ticket: Ticket, *, text: str, outcome: str, by: User, addressee: str, state: str = AnswerState.DRAFT
) -> Answer:
    return Answer.objects.create(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        state=state,
        outcome=outcome,
        text=text.strip(),
        addressee=addressee.strip(),
        drafted_by=by,
    )


def _pending(ticket: Ticket) -> Answer:
    found = Answer.objects.filter(ticket=ticket, state=AnswerState.SUBMITTED).order_by("-pk").first()
    if found is None:
        raise TicketsError("no_answer_to_decide")
    return found


def _send(ticket: Ticket, given: Answer, *, by: User) -> Ticket:
    now = timezone.now()
    year = timezone.localdate(now).year
    given.state, given.decided_by, given.sent_at = AnswerState.SENT, by, now
    clocks.end_stop(ticket, today=timezone.localdate(now))
    given.department = ticket.department
    given.number, given.number_year = take_number(f"answers:{ticket.department_id}", year), year
    given.save()
    changes: dict[str, Any] = {"outcome": given.outcome, "addressee": given.addressee, "closed_at": now}
    if given.outcome in ANSWERING_OUTCOMES and ticket.answered_at is None:
        changes["answered_at"] = now
    move(ticket, "answer", **changes)
    words = given.text
    tell(
        ticket, EventKind.ANSWERED, by=by, words=words, is_public=True, data={"answer": given.pk}, reason=given.outcome
    )
    invitation = satisfaction.invite(ticket, given, now=now)
    messages.answered(ticket, given, invitation)
    enqueue("tickets.write_letter", municipality=ticket.municipality_id, key=f"letter:{given.pk}", answer=given.pk)
    return ticket


@transaction.atomic
def deem_withdrawn(ticket: Ticket, *, by: User, reason: str, today: date) -> Ticket:
    """The neighbour did not complete it in time: a person, never the clock, ends it (Ley 19.880, art. 31)."""
    ticket = locked(ticket)
    if not _withdrawal_is_due(ticket, today, municipal_calendar(today)):
        raise TicketsError("pause_not_over")
    return _close(ticket, Outcome.WITHDRAWN, by=by, reason=reason, today=today)


@transaction.atomic
def withdraw(ticket: Ticket, *, by: By, reason: str, today: date) -> Ticket:
    """The neighbour no longer wants it."""
    return _close(locked(ticket), Outcome.WITHDRAWN, by=by, reason=reason, today=today)


def _close(ticket: Ticket, outcome: Outcome, *, by: By, reason: str, today: date) -> Ticket:
    clocks.end_stop(ticket, today=today)
    move(ticket, "withdraw", reason=reason, outcome=outcome, closed_at=timezone.now())
    event = tell(ticket, EventKind.CLOSED, by=by, words=reason, is_public=True, reason=outcome)
    messages.update(ticket, event)
    return ticket


def _withdrawal_is_due(ticket: Ticket, today: date, calendar: Calendar) -> bool:
    pauses = TicketPause.objects.filter(ticket=ticket, ended_on=None)
    return any(may_deem_withdrawn(as_pause(pause), today, calendar) for pause in pauses)


@transaction.atomic
def reopen(ticket: Ticket, *, by: By, reason: str) -> Ticket:
    """It was not solved: the department gets it back, with its clocks as they were.

    When it was first answered, or ended without owing an answer, stays on record: figures count by that.
    """
    ticket = locked(ticket)
    if ticket.merged_into_id is not None:
        raise TicketsError("reopen_joined")
    move(
        ticket,
        "reopen",
        reason=reason,
        outcome="",
        closed_at=None,
        spared_at=ticket.first_spared_at,
        reopened_count=ticket.reopened_count + 1,
    )
    left = Answer.objects.filter(ticket=ticket, state=AnswerState.SUBMITTED)
    left.update(state=AnswerState.RETURNED, returned_reason=reason[:400])
    tell(ticket, EventKind.REOPENED, by=by, words=reason, is_public=True, department=ticket.department)
    messages.tell_officials(ticket, "reopened")
    return ticket
