"""How does a department ask another for antecedents or a report, and how is it answered?"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import acting_for
from cabildo.db.locking import lock_rows
from cabildo.documents import actions as documents
from cabildo.documents.choices import Kind as DocumentKind
from cabildo.documents.choices import Visibility
from cabildo.tickets import internal_messages as messages
from cabildo.tickets.actions.events import tell
from cabildo.tickets.actions.locking import locked
from cabildo.tickets.choices import EventKind, InternalEventKind, InternalKind, InternalState
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import InternalEvent, InternalRequest, Ticket
from cabildo.tickets.rules.internal import longest_term
from cabildo.workflow.actions import take_number
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules import deadlines
from cabildo.workflow.rules.terms import Rule, Unit

SERIES = "internal"
ARTICLE = "Ley 19.880, art. 24"


@transaction.atomic
def ask(
    *,
    to: Department,
    kind: str,
    asks: str,
    days: int,
    by: User,
    today: date,
    ticket: Ticket | None = None,
    from_department: Department | None = None,
    procedure: str = "",
    papers: Sequence[Any] = (),
) -> InternalRequest:
    """Ask a department for something, on a request or free-standing. Who must answer the neighbour does not change.

    `papers` are files that go with it, all or nothing: DocumentsError says which one cannot be kept.
    """
    if ticket is not None:
        ticket = locked(ticket)
        from_department, procedure = ticket.department, f"{ticket.folio}, {ticket.category.label}"
    if not asks.strip():
        raise TicketsError("asks_missing")
    if not procedure.strip():
        raise TicketsError("procedure_missing")
    _check_departments(from_department, to)
    _check_term(kind, days)
    rule = Rule(days, Unit.HABILES, ARTICLE, extension_limit=0)
    asked = InternalRequest.objects.create(
        municipality_id=to.municipality_id,
        number=take_number(SERIES, today.year),
        year=today.year,
        ticket=ticket,
        procedure=procedure.strip()[:200],
        kind=kind,
        from_department=from_department,
        to_department=to,
        asked_by=by,
        asked_at=timezone.now(),
        asks=asks.strip(),
        days=days,
        due_on=deadlines.compute(today, rule, municipal_calendar(today)).due_on,
    )
    _attach(asked, papers, by=by)
    _tell(asked, InternalEventKind.ASKED, by=by)
    if ticket is not None:
        tell(ticket, EventKind.INTERNAL_ASKED, by=by, department=to, words=asked.asks, data={"internal": asked.pk})
    messages.asked(asked)
    return asked


def _check_departments(origin: Department | None, to: Department) -> None:
    if origin is None or origin.pk == to.pk:
        raise TicketsError("asked_itself")
    if not to.is_active:
        raise TicketsError("department_inactive", department=to.name)


def _check_term(kind: str, days: int) -> None:
    if not 1 <= days <= longest_term(kind):
        code = "report_term_too_long" if kind == InternalKind.REPORT else "antecedents_term_too_long"
        raise TicketsError(code, most=longest_term(kind))


@transaction.atomic
def answer(asked: InternalRequest, *, text: str, by: User, papers: Sequence[Any] = ()) -> InternalRequest:
    """Give what was asked; it is read in the request by who must answer the neighbour."""
    if not text.strip():
        raise TicketsError("internal_answer_missing")
    asked = _open(asked)
    asked.answer, asked.answered_by = text.strip(), by
    _end(asked, InternalState.ANSWERED, "answer", "answered_by")
    _attach(asked, papers, by=by)
    _tell(asked, InternalEventKind.ANSWERED, by=by)
    _tell_ticket(asked, EventKind.INTERNAL_ANSWERED, by=by, words=asked.answer)
    messages.answered(asked)
    return asked


@transaction.atomic
def withdraw(asked: InternalRequest, *, reason: str, by: User) -> InternalRequest:
    """It is no longer needed; the asked department stops reading the request."""
    if not reason.strip():
        raise TicketsError("reason_missing")
    asked = _open(asked)
    _end(asked, InternalState.WITHDRAWN)
    _tell(asked, InternalEventKind.WITHDRAWN, by=by, words=reason.strip())
    _tell_ticket(asked, EventKind.INTERNAL_WITHDRAWN, by=by, words=reason.strip())
    return asked


@transaction.atomic
def remind(asked: InternalRequest, *, by: User) -> InternalRequest:
    """Remind the department, at most once a day."""
    asked = _open(asked)
    now = timezone.now()
    if asked.reminded_at and timezone.localdate(asked.reminded_at) == timezone.localdate(now):
        raise TicketsError("reminded_today")
    asked.reminders, asked.reminded_at = asked.reminders + 1, now
    asked.save(update_fields=["reminders", "reminded_at"])
    _tell(asked, InternalEventKind.REMINDED, by=by)
    messages.reminded(asked)
    return asked


def _attach(asked: InternalRequest, papers: Sequence[Any], *, by: User) -> None:
    for file in papers:
        documents.store_upload(file, owner=asked, kind=DocumentKind.EVIDENCE, visibility=Visibility.INTERNAL, by=by)


def _open(asked: InternalRequest) -> InternalRequest:
    fresh: InternalRequest = lock_rows(InternalRequest.objects.filter(pk=asked.pk)).get()
    if not fresh.is_open:
        raise TicketsError("internal_not_open", state=fresh.get_state_display().lower())
    return fresh


def _end(asked: InternalRequest, state: InternalState, *fields: str) -> None:
    asked.state, asked.ended_at = state, timezone.now()
    asked.save(update_fields=["state", "ended_at", *fields])


def _tell(asked: InternalRequest, kind: InternalEventKind, *, by: User, words: str = "") -> None:
    """One line of its history and one of the audit, which gets no words."""
    InternalEvent.objects.create(
        municipality_id=asked.municipality_id,
        request=asked,
        at=timezone.now(),
        kind=kind,
        by=by,
        standing_in_for_id=acting_for(by, asked.to_department_id if kind == "answered" else asked.from_department_id),
        words=words,
    )
    audit.record(f"internal_request.{kind}", on=asked, by=by, data={"to": asked.to_department_id})


def _tell_ticket(asked: InternalRequest, kind: EventKind, *, by: User, words: str) -> None:
    if asked.ticket is not None:
        data = {"internal": asked.pk}
        tell(asked.ticket, kind, by=by, department=asked.to_department, words=words, data=data)
