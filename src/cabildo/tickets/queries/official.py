"""Of which official does a complaint speak, who said so, and who may read that?"""

from dataclasses import dataclass
from typing import Any

from cabildo.accounts.access import can
from cabildo.accounts.models import User
from cabildo.tickets.choices import EventKind, TicketPermission
from cabildo.tickets.models import Ticket, TicketEvent
from cabildo.tickets.queries.in_place import stands_for_office


@dataclass(frozen=True)
class Named:
    """Whom it speaks of. `event` says who put that on record and when; None when it came so."""

    official: User
    event: TicketEvent | None


def named_in(ticket: Ticket, reader: Any) -> Named | None:
    """For who works it and for the office, or who stands for it: others read only that somebody was named."""
    if ticket.official is None:
        return None
    if not can(reader, TicketPermission.WORK, on=ticket) and not stands_for_office(reader, ticket):
        return None
    whole = [ticket.pk, ticket.split_from_id or ticket.pk]  # a part keeps whom the whole named
    told = TicketEvent.objects.filter(ticket__in=whole, kind=EventKind.NOTE, data__official=ticket.official_id)
    return Named(ticket.official, told.select_related("by").order_by("-at", "-pk").first())
