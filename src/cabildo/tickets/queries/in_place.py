"""Who does what the office of requests would, on a request that is kept from all of it? Control, and then the mayor."""

from typing import Any

from cabildo.accounts.access import holds_everywhere, roles_with
from cabildo.accounts.queries import on_duty
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.concerned import is_about, kept_from_all

TURNS = (TicketPermission.STAND_FOR_OFFICE, TicketPermission.STAND_FOR_CONTROL)


def left_to(user: Any) -> frozenset[int]:
    """The requests on which this person stands for the office. No query for who never does; four at most."""
    if not any(holds_everywhere(user, turn) for turn in TURNS):
        return frozenset()
    left = kept_from_all(on_duty(roles_with(TicketPermission.DERIVE)))
    if not left or holds_everywhere(user, TicketPermission.STAND_FOR_OFFICE):
        return left
    control = list(on_duty(roles_with(TicketPermission.STAND_FOR_OFFICE)))
    return left & kept_from_all(control) if control else left


def stands_for_office(user: Any, ticket: Ticket) -> bool:
    """Is this request kept from the office, and this person the next who may see it?"""
    may_be_kept = ticket.official_id is not None or ticket.category.concerns_official
    return may_be_kept and not is_about(user, ticket) and ticket.pk in left_to(user)
