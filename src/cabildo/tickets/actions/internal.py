"""How does a department ask another for antecedents or a report, and how is it answered?"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import acting_for
from cabildo.accounts.scoping import current_municipality
from cabildo.db.locking import lock_rows
from cabildo.documents import actions as documents
from cabildo.documents.choices import Kind as DocumentKind
from cabildo.documents.choices import Visibility
from cabildo.tickets import internal_messages as messages
from cabildo.tickets.actions.events import By, tell
from cabildo.tickets.actions.locking import locked
from cabildo.tickets.choices import EventKind, InternalEventKind, InternalKind, InternalState
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import InternalEvent, InternalRequest, Ticket
from cabildo.tickets.queries.internal import open_on
from cabildo.tickets.rules.internal import longest_term
from cabildo.workflow.actions import take_number
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules import deadlines
from cabildo.workflow.rules.terms import Rule, Unit

SERIES = "internal"
ARTICLE = "Ley 19.880, art. 24"


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
    key: str | None = None,
) -> InternalRequest:
    """Ask a department for something, on a request or free-standing. Who must answer the neighbour does not change.

    `papers` are files that go with it, all or nothing: DocumentsError says which one cannot be kept. `key` names the
    form: sent again it gives the first one, unless it says other things.
    """
    made = InternalRequest(
        municipality=current_municipality(),
        ticket=ticket,
        procedure=procedure.strip()[:200],
        kind=kind,
        from_department=from_department,
        to_department=to,
        asked_by=by,
        asks=asks.strip(),
        days=days,
        key=key,
    )
    if known := _already(made):
        return known
    try:
        return _ask(made, papers, today=today)
    except IntegrityError:  # the same form, sent at the same moment
        known = _already(made)
        if known is None:
            raise
        return known


def _already(made: InternalRequest) -> InternalRequest | None:
    """The one this person made with the same form; a form that now says other things makes another."""
    if made.key is None:
        return None
    known = InternalRequest.objects.filter(key=made.key, asked_by=made.asked_by).first()
    if known is not None and (known.to_department_id, known.asks) != (made.to_department_id, made.asks):
        made.key = None
        return None
    return known


@transaction.atomic
def _ask(made: InternalRequest, papers: Sequence[Any], *, today: date) -> InternalRequest:
    if made.ticket is not None:
        made.ticket = ticket = locked(made.ticket)
        if ticket.department is not None:
            made.from_department = ticket.department
        made.procedure = f"{ticket.folio}, {ticket.category.label}"[:200]
    _check(made)
    rule = Rule(made.days, Unit.HABILES, ARTICLE, extension_limit=0)
    made.due_on = deadlines.compute(today, rule, municipal_calendar(today)).due_on
    made.number, made.year, made.asked_at = take_number(SERIES, today.year), today.year, timezone.now()
    made.save(force_insert=True)
    _attach(made, papers, by=made.asked_by)
    _tell(made, InternalEventKind.ASKED, by=made.asked_by)
    _tell_ticket(made, EventKind.INTERNAL_ASKED, by=made.asked_by, words=made.asks)
    messages.asked(made)
    return made


def _check(made: InternalRequest) -> None:
    if not made.asks:
        raise TicketsError("asks_missing")
    if not made.procedure:
        raise TicketsError("procedure_missing")
    _check_departments(made.from_department if made.from_department_id else None, made.to_department)
    _check_term(made.kind, made.days)


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


def end_with(ticket: Ticket, *, by: By, keep: bool = False) -> None:
    """The request closes, in the caller's transaction: what is still asked on it ends and the asked ones are told.

    With `keep` they go on: an official who still needs the report said so.
    """
    if keep:
        return
    reason = _("La solicitud se cerró: ya no hace falta responder.")
    for asked in lock_rows(open_on(ticket)):
        _end(asked, InternalState.WITHDRAWN)
        _tell(asked, InternalEventKind.WITHDRAWN, by=by, words=reason)
        data = {"internal": asked.pk, "closing": True}
        tell(ticket, EventKind.INTERNAL_WITHDRAWN, by=by, department=asked.to_department, words=reason, data=data)
        messages.closed(asked)


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


def _tell(asked: InternalRequest, kind: InternalEventKind, *, by: By, words: str = "") -> None:
    """One line of its history and one of the audit, which gets no words."""
    user = by if isinstance(by, User) else None
    acts_in = asked.to_department_id if kind == "answered" else asked.from_department_id
    InternalEvent.objects.create(
        municipality_id=asked.municipality_id,
        request=asked,
        at=timezone.now(),
        kind=kind,
        by=user,
        standing_in_for_id=acting_for(user, acts_in) if user else None,
        words=words,
    )
    audit.record(f"internal_request.{kind}", on=asked, by=by, data={"to": asked.to_department_id})


def _tell_ticket(asked: InternalRequest, kind: EventKind, *, by: User, words: str) -> None:
    if asked.ticket is not None:
        data = {"internal": asked.pk}
        tell(asked.ticket, kind, by=by, department=asked.to_department, words=words, data=data)
