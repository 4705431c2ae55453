"""How is a request answered, closed and opened again?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo.accounts.models import Department, User
from cabildo.jobs import enqueue
from cabildo.kit.workdays import Calendar
from cabildo.tickets import messages, term_words
from cabildo.tickets.actions import clocks, internal, satisfaction
from cabildo.tickets.actions.events import By, tell
from cabildo.tickets.actions.locking import locked, move
from cabildo.tickets.choices import ANSWERING_OUTCOMES, AnswerState, EventKind, Outcome
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Answer, Ticket, TicketPause
from cabildo.tickets.queries.answers import pending_answer
from cabildo.tickets.queries.approvals import approval_of
from cabildo.tickets.queries.stops import as_pause
from cabildo.workflow.actions import take_number
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.terms import may_deem_withdrawn

# why a request ended without an answer, as the adopted pack codes it
WITHDRAWN, DEEMED_WITHDRAWN = "withdrawn", "deemed_withdrawn"


def _check_answer(text: str, outcome: str, addressee: str) -> None:
    if not text.strip():
        raise TicketsError("answer_missing")
    if outcome == Outcome.NOT_COMPETENT and not addressee.strip():
        raise TicketsError("addressee_missing")


@transaction.atomic
def submit_answer(
    ticket: Ticket, *, text: str, outcome: str, by: User, addressee: str = "", seen_version: int | None = None
) -> Answer:
    """Hand the drafted answer to who can approve it, never its author; the office hears when nobody can."""
    _check_answer(text, outcome, addressee)
    ticket = locked(ticket, seen_version=seen_version)
    move(ticket, "submit")
    answer = _drafted(ticket, text=text, outcome=outcome, by=by, addressee=addressee, state=AnswerState.SUBMITTED)
    event = tell(ticket, EventKind.SUBMITTED, by=by, data={"answer": answer.pk})
    messages.tell_approvers(ticket, approval_of(ticket, by).people, event)
    return answer


@transaction.atomic
def return_answer(
    ticket: Ticket, *, reason: str, by: User, seen_answer: int | None = None, seen_version: int | None = None
) -> Ticket:
    """Send the answer back to who drafted it, who is told what must change."""
    ticket = locked(ticket, seen_version=seen_version)
    answer = _pending(ticket, seen_answer)
    move(ticket, "return", reason=reason)
    answer.state, answer.decided_by, answer.returned_reason = AnswerState.RETURNED, by, reason
    answer.save(update_fields=["state", "decided_by", "returned_reason"])
    event = tell(ticket, EventKind.RETURNED, by=by, words=reason, data={"answer": answer.pk})
    messages.tell_author(ticket, answer, event)
    return ticket


@transaction.atomic
def approve_answer(
    ticket: Ticket,
    *,
    by: User,
    seen_answer: int | None = None,
    seen_version: int | None = None,
    keep_internal: bool = False,
) -> Ticket:
    """Approve and send: whoever drafted an answer cannot approve it.

    What is sent is what was read: refused as stale when the pending answer is not `seen_answer` (its id).
    """
    ticket = locked(ticket, seen_version=seen_version)
    answer = _pending(ticket, seen_answer)
    if answer.drafted_by_id == by.pk:
        raise TicketsError("not_the_drafter")
    return _send(ticket, answer, by=by, keep_internal=keep_internal)


@transaction.atomic
def answer(
    ticket: Ticket,
    *,
    text: str,
    outcome: str,
    by: User,
    addressee: str = "",
    seen_version: int | None = None,
    keep_internal: bool = False,
) -> Ticket:
    """Answer and close at once, where the category needs no approval.

    What is asked of other departments on it ends too, unless `keep_internal`; so with every other way to close it.
    """
    _check_answer(text, outcome, addressee)
    ticket = locked(ticket, seen_version=seen_version)
    if ticket.category.needs_approval:
        raise TicketsError("approval_needed")
    given = _drafted(ticket, text=text, outcome=outcome, by=by, addressee=addressee)
    return _send(ticket, given, by=by, keep_internal=keep_internal)


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


def _pending(ticket: Ticket, seen: int | None) -> Answer:
    found = pending_answer(ticket)
    if found is None:
        raise TicketsError("no_answer_to_decide")
    if seen is not None and found.pk != seen:
        raise TicketsError("stale", fields="respuesta por aprobar")
    return found


def _send(ticket: Ticket, given: Answer, *, by: User, keep_internal: bool) -> Ticket:
    now = timezone.now()
    year = timezone.localdate(now).year
    given.state, given.decided_by, given.sent_at = AnswerState.SENT, by, now
    clocks.end_stop(ticket, today=timezone.localdate(now))
    internal.end_with(ticket, by=by, keep=keep_internal)
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
def deem_withdrawn(
    ticket: Ticket, *, by: User, reason: str, today: date, seen_version: int | None = None, keep_internal: bool = False
) -> Ticket:
    """The neighbour did not complete it in time: a person, never the clock, ends it (Ley 19.880, art. 31)."""
    ticket = locked(ticket, seen_version=seen_version)
    if not _withdrawal_is_due(ticket, today, municipal_calendar(today)):
        raise TicketsError("pause_not_over")
    data = {"reason": DEEMED_WITHDRAWN}
    return _end(ticket, by=by, words=reason, today=today, data=data, keep_internal=keep_internal)


@transaction.atomic
def withdraw(
    ticket: Ticket,
    *,
    by: By,
    reason: str,
    today: date,
    department: Department | None = None,
    told: Mapping[str, Any] | None = None,
    seen_version: int | None = None,
    keep_internal: bool = False,
) -> Ticket:
    """The neighbour no longer wants it. `reason` is read by them; `told` (codes only) says how that was known.

    What is closed has a department: one not yet routed is left with `department`, else with that of its category.
    """
    ticket = locked(ticket, seen_version=seen_version)
    ticket.department = ticket.department or department or ticket.category.department
    if ticket.department is None:
        raise TicketsError("withdraw_unrouted")
    data = {"reason": WITHDRAWN, **(told or {})}
    return _end(ticket, by=by, words=reason, today=today, data=data, keep_internal=keep_internal)


def _end(ticket: Ticket, *, by: By, words: str, today: date, data: dict[str, Any], keep_internal: bool) -> Ticket:
    clocks.end_stop(ticket, today=today)
    internal.end_with(ticket, by=by, keep=keep_internal)
    ending = {"outcome": Outcome.WITHDRAWN, "closed_at": timezone.now(), "department": ticket.department}
    move(ticket, "withdraw", reason=words, **ending)
    told = {"words": words, "is_public": True, "reason": Outcome.WITHDRAWN, "data": data}
    messages.update(ticket, tell(ticket, EventKind.CLOSED, by=by, **told))
    return ticket


def _withdrawal_is_due(ticket: Ticket, today: date, calendar: Calendar) -> bool:
    pauses = TicketPause.objects.filter(ticket=ticket, ended_on=None)
    return any(may_deem_withdrawn(as_pause(pause), today, calendar) for pause in pauses)


@transaction.atomic
def reopen(ticket: Ticket, *, by: By, reason: str, seen_version: int | None = None) -> Ticket:
    """It was not solved: the department gets it back, with its clocks as they were; the requester is told the date.

    When it was first answered, or ended without owing an answer, stays on record: figures count by that.
    """
    ticket = locked(ticket, seen_version=seen_version)
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
    words = term_words.opened_again(reason, ticket.legal_due_on, timezone.localdate())
    event = tell(ticket, EventKind.REOPENED, by=by, words=words, is_public=True, department=ticket.department)
    messages.date_changed(ticket, event)
    messages.tell_officials(ticket, "reopened", event)
    return ticket
