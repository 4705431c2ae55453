"""On which requests does a permission hold?"""

from cabildo.accounts.access import register_predicate
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.queries.visibility import may_act, visible_tickets


def _may_view(user: object, ticket: object) -> bool:
    return visible_tickets(user).filter(pk=ticket.pk).exists()  # type: ignore[attr-defined]


ACTING = (
    TicketPermission.DERIVE,
    TicketPermission.WORK,
    TicketPermission.APPROVE,
    TicketPermission.CLOSE,
    TicketPermission.MERGE,
)


def register() -> None:
    """Narrow reading to what is visible, and acting to who is responsible or directs all of them."""
    register_predicate(TicketPermission.VIEW, _may_view)
    for permission in ACTING:
        register_predicate(permission, may_act)
