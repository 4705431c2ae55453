"""How does a department work on a request before answering it?"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import same_person
from cabildo.tickets import messages
from cabildo.tickets.actions import clocks
from cabildo.tickets.actions.events import By, tell
from cabildo.tickets.actions.intake import route
from cabildo.tickets.actions.locking import locked, move, save
from cabildo.tickets.choices import EventKind, ModerationState, State
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Category, Derivation, Ticket
from cabildo.tickets.queries.published import may_be_published
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
    if ticket.official_id in same_person(to):
        raise TicketsError("official_not_in_charge")
    save(ticket, assignee=to)
    tell(ticket, EventKind.ASSIGNED, by=by, data={"user": to.pk})
    return ticket


@transaction.atomic
def reclassify(ticket: Ticket, *, category: Category, kind: str, by: User, seen_version: int | None = None) -> Ticket:
    """Change category or kind; the terms are counted again from the same day, unless the source gave the dates."""
    ticket = locked(ticket, seen_version=seen_version)
    before = ticket.category_id
    save(ticket, category=category, kind=kind, is_reserved=ticket.is_reserved or category.is_reserved)
    _hide_if_private(ticket)
    words = "" if clocks.start_again(ticket) else _("Conserva las fechas de su fuente: aquí no se cuenta un plazo.")
    data = {"from": before, "to": category.pk}
    tell(ticket, EventKind.RECLASSIFIED, by=by, is_public=True, words=words, data=data)
    return ticket


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
    """Ask the neighbour to complete the request: five business days, both clocks stop (Ley 19.880, art. 31)."""
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
    clocks.pause(ticket, by=by, today=today, reason=reason)
    event = tell(ticket, EventKind.ASKED, by=by, words=text.strip(), is_public=True)
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
def add_information(ticket: Ticket, *, text: str, by: By, today: date) -> None:
    """The neighbour adds something; if it was being waited for, the work goes on.

    What is added to a joined request reaches the main one too, for officials alone.
    """
    ticket = locked(ticket)
    tell(ticket, EventKind.CITIZEN_MESSAGE, by=by, words=text.strip(), is_public=True)
    if ticket.state == State.WAITING:
        resume(ticket, by=by, today=today)
    main = ticket.merged_into
    if main is not None:
        tell(main, EventKind.CITIZEN_MESSAGE, by=by, words=text.strip(), data={"from": ticket.pk})
    messages.tell_officials(main or ticket, "citizen_message")
