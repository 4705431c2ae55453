"""How are requests about the same thing joined, and taken apart again (Ley 19.880, art. 33)?"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.models import User
from cabildo.tickets import messages
from cabildo.tickets.actions import adhering, clocks, internal
from cabildo.tickets.actions.events import By, tell
from cabildo.tickets.actions.locking import locked, move, save
from cabildo.tickets.choices import EventKind, Outcome, State
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Merge, Ticket, TicketEvent
from cabildo.tickets.rules.states import MACHINE
from cabildo.workflow.queries import calendar as municipal_calendar

NORM = "Ley 19.880, art. 33"


@transaction.atomic
def merge(
    ticket: Ticket, *, into: Ticket, by: User, reason: str, seen_version: int | None = None, keep_internal: bool = False
) -> Ticket:
    """Close `ticket` as a duplicate of `into`, whose answer will be for both; returns the closed one.

    Its requester becomes an adherent of the main one and is told. Both timelines say so. Refuses chains and cycles, a
    closed main one, and any joining that would show a reserved identity to others.
    """
    _need_reason(reason)
    ticket, into = _both(ticket, into, seen_version)
    _check(ticket, into)
    return _join(ticket, into, by=by, reason=reason, is_return=False, keep_internal=keep_internal)


@transaction.atomic
def unsplit(
    part: Ticket, *, by: User, reason: str, seen_version: int | None = None, keep_internal: bool = False
) -> Ticket:
    """Give a separated part back to the request it came from; it may be undone like any joining."""
    _need_reason(reason)
    if part.split_from is None:
        raise TicketsError("not_a_part")
    part, main = _both(part, part.split_from, seen_version)
    _check(part, main)
    return _join(part, main, by=by, reason=reason, is_return=True, keep_internal=keep_internal)


def _join(ticket: Ticket, into: Ticket, *, by: User, reason: str, is_return: bool, keep_internal: bool) -> Ticket:
    MACHINE.apply("merge", ticket.state)  # refused before anything is written
    adhesion = adhering.follow_main(into, ticket.requester, ticket.channel) if ticket.requester else None
    joined = Merge.objects.create(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        into=into,
        is_return=is_return,
        state_before=ticket.state,
        adhesion=adhesion,
        reason=reason.strip(),
        at=timezone.now(),
        by=by,
    )
    department = ticket.department or into.department  # what is closed has a department
    internal.end_with(ticket, by=by, keep=keep_internal)
    move(ticket, "merge", outcome=Outcome.DUPLICATE, closed_at=joined.at, merged_into=into, department=department)
    kind = EventKind.UNSPLIT if is_return else EventKind.MERGED
    data = {"merge": joined.pk, "norm": NORM}
    told = tell(ticket, kind, by=by, words=_joined_words(ticket, into, reason), is_public=True, data=data)
    tell(into, kind, by=by, words=_received_words(ticket), is_public=True, data={**data, **_of_main(into, ticket)})
    messages.update(ticket, told)
    return ticket


def _of_main(main: Ticket, other: Ticket) -> dict[str, object]:
    """What marks the line of the main request: which one joined or left it, and how the main one stood."""
    return {"from": other.pk, "state": main.state}


def _joined_words(ticket: Ticket, into: Ticket, reason: str) -> str:
    """The other folio is named only to who made both: it says nothing to a stranger."""
    is_theirs = ticket.requester_id is not None and ticket.requester_id == into.requester_id
    which = _(" ({folio})").format(folio=into.folio) if is_theirs else ""
    words = _("La respuesta será una sola para las dos solicitudes{which} ({norm}). Motivo: {reason}")
    return words.format(which=which, norm=NORM, reason=reason.strip())


def _received_words(ticket: Ticket) -> str:
    return _("Otra solicitud sobre lo mismo se responderá junto con esta ({norm}).").format(norm=NORM)


@transaction.atomic
def unmerge(ticket: Ticket, *, by: User, reason: str, seen_version: int | None = None) -> Ticket:
    """Take a joined request out again: it goes on in the state it had, its term counted from the same day.

    If it was waiting for antecedents that came meanwhile, its work goes on.
    """
    _need_reason(reason)
    if ticket.merged_into is None:
        raise TicketsError("not_merged")
    ticket, main = _both(ticket, ticket.merged_into, seen_version)
    joined = Merge.objects.filter(ticket=ticket, undone_at=None).first()
    if joined is None:
        raise TicketsError("not_merged")
    MACHINE.apply("unmerge", ticket.state, reason=reason)
    # where it leads is not in the machine: back to the state that was left, which may have had no department
    department = None if joined.state_before == State.INTAKE else ticket.department
    save(ticket, state=joined.state_before, department=department, outcome="", closed_at=None, merged_into=None)
    _undo(joined, by)
    _restart(ticket, joined.at, by=by)
    _tell_apart(ticket, main, joined, by=by, reason=reason)
    return ticket


def _undo(joined: Merge, by: User) -> None:
    joined.undone_at, joined.undone_by = timezone.now(), by
    joined.save(update_fields=["undone_at", "undone_by"])
    if joined.adhesion is not None:
        joined.adhesion.ended_at = joined.undone_at
        joined.adhesion.save(update_fields=["ended_at"])


def _restart(ticket: Ticket, since: datetime, *, by: By) -> None:
    """The clocks as they stand today: the calendar may have changed while it was closed."""
    today = timezone.localdate()
    wrote = TicketEvent.objects.filter(ticket=ticket, kind=EventKind.CITIZEN_MESSAGE, at__gte=since).exists()
    if ticket.state == State.WAITING and wrote:
        move(ticket, "resume")
        clocks.resume(ticket, today=today)
        tell(ticket, EventKind.RESUMED, by=by, is_public=True)
    else:
        clocks.recount(ticket, municipal_calendar(today))


def _tell_apart(ticket: Ticket, main: Ticket, joined: Merge, *, by: User, reason: str) -> None:
    words = _("Vuelve a responderse por separado ({norm}). Motivo: {reason}")
    data = {"merge": joined.pk, "norm": NORM}
    told = tell(
        ticket,
        EventKind.UNMERGED,
        by=by,
        words=words.format(norm=NORM, reason=reason.strip()),
        is_public=True,
        data={**data, "state": ticket.state},
    )
    gone = _("La otra solicitud sobre lo mismo se responderá por separado ({norm}).").format(norm=NORM)
    tell(main, EventKind.UNMERGED, by=by, words=gone, is_public=True, data={**data, **_of_main(main, ticket)})
    messages.update(ticket, told)


def _both(one: Ticket, other: Ticket, seen_version: int | None) -> tuple[Ticket, Ticket]:
    """Both rows locked, always in the same order, so that two joinings never wait for each other."""
    if one.pk == other.pk:
        raise TicketsError("merge_itself")
    if one.pk < other.pk:
        first = locked(one, seen_version=seen_version)
        return first, locked(other)
    second = locked(other)
    return locked(one, seen_version=seen_version), second


def _check(ticket: Ticket, into: Ticket) -> None:
    if into.merged_into_id is not None:
        raise TicketsError("merge_into_merged", folio=into.folio)
    if not into.is_open:
        raise TicketsError("merge_into_closed", folio=into.folio)
    if Merge.objects.filter(into=ticket, undone_at=None).exists():
        raise TicketsError("merge_has_merged", folio=ticket.folio)
    if into.split_from_id == ticket.pk:
        raise TicketsError("merge_into_part", folio=into.folio)
    if ticket.department_id is None and into.department_id is None:
        raise TicketsError("merge_unrouted", folio=into.folio)
    if not _keeps_reserve(ticket, into):
        raise TicketsError("merge_reserved")


def _keeps_reserve(ticket: Ticket, into: Ticket) -> bool:
    """Nobody learns by a joining who made a reserved request, nor an official what is said of them."""
    if ticket.official_pending or into.official_pending or ticket.mentions.exists() or into.mentions.exists():
        return False
    same_door = ticket.is_reserved == into.is_reserved and ticket.official_id == into.official_id
    return same_door and (not ticket.is_reserved or ticket.department_id == into.department_id)


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise TicketsError("reason_missing")
