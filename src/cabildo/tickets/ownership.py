"""Who reads the documents of a request? Whoever may see it, and whoever holds its tracking link."""

from collections.abc import Iterable
from typing import Any

from cabildo.accounts.access import can
from cabildo.documents import owners
from cabildo.tickets import links
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.visibility import visible_tickets

OWNER_TYPE = "tickets.ticket"
IMPORT_TYPE = "tickets.importrun"


def _may_read(user: Any, owner_id: str) -> bool:
    return can(user, TicketPermission.VIEW) and visible_tickets(user).filter(pk=owner_id).exists()


def _may_read_with(token: str, owner_id: str) -> bool:
    ticket = links.ticket_of(token)
    return ticket is not None and str(ticket.pk) == owner_id


def _publishes_photo(owner_id: str) -> bool:
    return Ticket.objects.filter(pk=owner_id, is_public=True, category__publishes_photo=True).exists()


def _persons(owner_id: str) -> Iterable[tuple[str, str]]:
    requester = Ticket.objects.filter(pk=owner_id).values_list("requester_id", flat=True).first()
    return [("people.requester", str(requester))] if requester else []


def _may_import(user: Any, _owner_id: str) -> bool:
    return can(user, TicketPermission.IMPORT)


def register() -> None:
    owners.register(IMPORT_TYPE, may_read=_may_import)
    owners.register(
        OWNER_TYPE,
        may_read=_may_read,
        may_read_with=_may_read_with,
        is_public=_publishes_photo,
        persons=_persons,
    )
