"""How does a department work on a request before answering it?"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.models import Department, User
from cabildo.tickets import messages, term_words
from cabildo.tickets.actions import clocks, naming, redirecting
from cabildo.tickets.actions.events import By, Step, is_known, tell, tell_together
from cabildo.tickets.actions.intake import route
from cabildo.tickets.actions.locking import locked, move, save
from cabildo.tickets.choices import EventKind, ModerationState, State
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Category, Derivation, Ticket
from cabildo.tickets.queries.concerned import is_about
from cabildo.tickets.queries.published import may_be_published
from cabildo.tickets.queries.stops import stop_by
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.regimes import COMPLETE_REQUEST, pause_to_complete


@transaction.atomic
def acknowledge(ticket: Ticket, *, by: User, seen_version: int | None = None) -> Ticket:
    """The department has it: stops the 24-hour count of the derivation (Ley 19.880, art. 24)."""
    ticket = locked(ticket, seen_version=seen_version)
    move(ticket, "acknowledge", assignee=ticket.assignee or by)
    _mark_received(ticket, by)
    tell(ticket, EventKind.ACKNOWLEDGED, by=by, is_public=True, department=ticket.department)
    return ticket


def _mark_received(ticket: Ticket, by: User) -> None:
    Derivation.objects.filter(ticket=ticket, acknowledged_at=None).update(
        acknowledged_at=timezone.now(), acknowledged_by=by
    )


@transaction.atomic
def derive(ticket: Ticket, *, to: Department, reason: str, by: User, seen_version: int | None = None) -> Ticket:
    """Pass the request to the department that must really answer; the neighbour reads which one."""
    ticket = locked(ticket, seen_version=seen_version)
    if not to.is_active:
        raise TicketsError("department_inactive", department=to.name)
    if ticket.state == State.INTAKE:
        route(ticket, to, by=by, reason=reason)
        save(ticket)
        return ticket
    if to.pk == ticket.department_id:
        raise TicketsError("same_department", department=to.name)
    origin = ticket.department
    move(ticket, "derive", reason=reason, department=to, assignee=None)
    Derivation.objects.create(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        from_department=origin,
        to_department=to,
        at=timezone.now(),
        by=by,
        reason=reason,
    )
    data = {"from": origin.pk if origin else None, "to": to.pk}
    tell(ticket, EventKind.DERIVED, by=by, is_public=True, department=to, words=reason, data=data)
    return ticket


@transaction.atomic
def assign(ticket: Ticket, *, to: User, by: User, seen_version: int | None = None) -> Ticket:
    """Put a person of the department in charge."""
    ticket = locked(ticket, seen_version=seen_version)
    if is_about(to, ticket):
        raise TicketsError("official_not_in_charge")
    save(ticket, assignee=to)
    tell(ticket, EventKind.ASSIGNED, by=by, data={"user": to.pk})
    return ticket


@transaction.atomic
def reclassify(ticket: Ticket, *, category: Category, kind: str, by: User, seen_version: int | None = None) -> Ticket:
    """Change category or kind; the terms are counted again from the same day, unless the source gave the dates."""
    ticket = locked(ticket, seen_version=seen_version)
    need_admitted(category, kind)
    before, due_before = ticket.category_id, ticket.legal_due_on
    concerned = ticket.category.concerns_official
    save(ticket, category=category, kind=kind, is_reserved=ticket.is_reserved or category.is_reserved)
    if concerned != category.concerns_official:
        _mark_official(ticket)
    _hide_if_private(ticket)
    words = "" if clocks.start_again(ticket) else _("Conserva las fechas de su fuente: aquí no se cuenta un plazo.")
    data = {"from": before, "to": category.pk}
    step = Step(EventKind.RECLASSIFIED, by=by, is_public=True, words=words, data=data)
    clocks.tell_change(ticket, step, before=due_before)
    if before != category.pk:
        tell_together(ticket, *redirecting.of_subject(category))
    return ticket


def _mark_official(ticket: Ticket) -> None:
    """It became a complaint about an official, or stopped being one: of whom it speaks is sought, or sought no more."""
    naming.forget(ticket)
    naming.keep(ticket, naming.prepare(ticket))
    save(ticket, "official", "official_pending")


def need_admitted(category: Category, kind: str) -> None:
    """TicketsError kind_not_admitted when this subject is not asked about in that way."""
    if kind not in category.admitted_kinds:
        raise TicketsError("kind_not_admitted", category=category.label)


def _hide_if_private(ticket: Ticket) -> None:
    """A subject that publishes nothing takes the request out of what anyone reads."""
    if ticket.moderation and not may_be_published(ticket):
        save(ticket, is_public=False, public_text="", moderation=ModerationState.NEVER)


@transaction.atomic
def note(ticket: Ticket, *, text: str, by: User) -> None:
    """Leave a note that only officials read."""
    if not text.strip():
        raise TicketsError("reason_missing")
    tell(ticket, EventKind.NOTE, by=by, words=text.strip())


@transaction.atomic
def write_to_requester(ticket: Ticket, *, text: str, by: User) -> None:
    """Tell the neighbour how it goes, without answering yet."""
    if not text.strip():
        raise TicketsError("reason_missing")
    event = tell(ticket, EventKind.MESSAGE, by=by, words=text.strip(), is_public=True)
    messages.update(ticket, event)


@transaction.atomic
def ask_requester(ticket: Ticket, *, text: str, by: User, today: date, seen_version: int | None = None) -> Ticket:
    """Ask the neighbour to complete the request: five business days, both clocks stop (Ley 19.880, art. 31).

    They are told the last day, that the term is stopped, and that the request may be taken as withdrawn after it.
    """
    if not text.strip():
        raise TicketsError("reason_missing")
    ticket = locked(ticket, seen_version=seen_version)
    move(ticket, "ask")
    _mark_received(ticket, by)
    law = pause_to_complete(today)
    reason = {
        "reason_code": COMPLETE_REQUEST,
        "norm": law.norm,
        "stops_legal": True,
        "max_days": law.max_days,
        "allows_withdrawal": True,
    }
    paused = clocks.pause(ticket, by=by, today=today, reason=reason)
    stop = stop_by(paused, today, municipal_calendar(today))
    words = term_words.asked(text.strip(), stop)
    event = tell(ticket, EventKind.ASKED, by=by, words=words, is_public=True, data={"pause": paused.pk})
    messages.update(ticket, event)
    return ticket


@transaction.atomic
def resume(ticket: Ticket, *, by: By, today: date) -> Ticket:
    """Go on with the request: the antecedents came, or are no longer needed."""
    ticket = locked(ticket)
    move(ticket, "resume")
    clocks.resume(ticket, today=today)
    tell(ticket, EventKind.RESUMED, by=by, is_public=True)
    return ticket


@transaction.atomic
def add_information(
    ticket: Ticket, *, text: str, by: By, today: date, key: str = "", also: Callable[[Ticket], None] | None = None
) -> None:
    """The neighbour adds something; if it was being waited for, the work goes on.

    What is added to a joined request reaches the main one too, for officials alone. `key` names the form sent, so that
    sending it twice adds it once; `also` is done in the same transaction.
    """
    ticket = locked(ticket)
    if is_known(ticket, key, text.strip()):
        return
    if also is not None:
        also(ticket)
    data: dict[str, Any] = {"key": key} if key else {}
    event = tell(ticket, EventKind.CITIZEN_MESSAGE, by=by, words=text.strip(), is_public=True, data=data)
    if ticket.state == State.WAITING:
        ticket = resume(ticket, by=by, today=today)
    main = ticket.merged_into
    if main is not None:
        event = tell(main, EventKind.CITIZEN_MESSAGE, by=by, words=text.strip(), data={"from": ticket.pk})
    messages.tell_officials(main or ticket, "citizen_message", event)
