"""Who reads the documents of a request? Whoever may see it and who asks it, and whoever holds its tracking link."""

from collections.abc import Iterable
from typing import Any

from cabildo.accounts.access import can
from cabildo.documents import owners
from cabildo.tickets import links
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import FileCopy, InternalRequest, Ticket
from cabildo.tickets.queries.imports import visible_runs
from cabildo.tickets.queries.internal import with_readable_papers
from cabildo.tickets.queries.visibility import may_see_identity, visible_tickets

OWNER_TYPE = "tickets.ticket"
INTERNAL_TYPE = "tickets.internalrequest"
IMPORT_TYPE = "tickets.importrun"
COPY_TYPE = "tickets.filecopy"


def _may_read(user: Any, owner_id: str) -> bool:
    """A scanned letter names who wrote it: the documents of a reserved request are for its department alone."""
    if not can(user, TicketPermission.VIEW):
        return False
    ticket = visible_tickets(user).filter(pk=owner_id).first()
    return ticket is not None and may_see_identity(user, ticket)


def _may_read_with(token: str, owner_id: str) -> bool:
    ticket = links.ticket_of(token)
    return ticket is not None and str(ticket.pk) == owner_id


def _publishes_photo(owner_id: str) -> bool:
    return Ticket.objects.filter(pk=owner_id, is_public=True, category__publishes_photo=True).exists()


def _persons(owner_id: str) -> Iterable[tuple[str, str]]:
    requester = Ticket.objects.filter(pk=owner_id).values_list("requester_id", flat=True).first()
    return [("people.requester", str(requester))] if requester else []


def _may_read_internal(user: Any, owner_id: str) -> bool:
    """What two departments send each other follows what was asked: who reads that, reads it, unless it is reserved."""
    return can(user, TicketPermission.SEE_INTERNAL) and with_readable_papers(user).filter(pk=owner_id).exists()


def _persons_of_internal(owner_id: str) -> Iterable[tuple[str, str]]:
    ticket = InternalRequest.objects.filter(pk=owner_id).values_list("ticket_id", flat=True).first()
    return _persons(str(ticket)) if ticket else []


def _may_read_import(user: Any, owner_id: str) -> bool:
    return can(user, TicketPermission.IMPORT) and visible_runs(user).filter(pk=owner_id).exists()


def _persons_of_import(owner_id: str) -> Iterable[tuple[str, str]]:
    """Nobody knows yet whom a file names: reading it is noted as one of all of them."""
    return [(IMPORT_TYPE, owner_id)]


def _may_read_copy(user: Any, owner_id: str) -> bool:
    """Who asked for the copy, while they may read all that is in it."""
    copy = FileCopy.objects.filter(pk=owner_id, asked_by=user).first()
    ticket = visible_tickets(user).filter(pk=copy.ticket_id).first() if copy else None
    if copy is None or ticket is None or not can(user, TicketPermission.VIEW):
        return False
    return may_see_identity(user, ticket) or not copy.names_requester


def _persons_of_copy(owner_id: str) -> Iterable[tuple[str, str]]:
    copy = FileCopy.objects.filter(pk=owner_id, names_requester=True).first()
    return _persons(str(copy.ticket_id)) if copy else []


def register() -> None:
    owners.register(COPY_TYPE, may_read=_may_read_copy, persons=_persons_of_copy)
    owners.register(IMPORT_TYPE, may_read=_may_read_import, persons=_persons_of_import)
    owners.register(INTERNAL_TYPE, may_read=_may_read_internal, persons=_persons_of_internal)
    owners.register(
        OWNER_TYPE,
        may_read=_may_read,
        may_read_with=_may_read_with,
        is_public=_publishes_photo,
        persons=_persons,
    )
