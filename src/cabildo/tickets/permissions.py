"""On which requests does a permission hold?"""

from typing import Any

from cabildo.accounts.access import register_predicate
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.queries.approvals import awaiting
from cabildo.tickets.queries.imports import visible_runs
from cabildo.tickets.queries.in_place import TURNS, stands_for_office
from cabildo.tickets.queries.internal import visible_internal
from cabildo.tickets.queries.protocols import is_of_own_department
from cabildo.tickets.queries.visibility import may_act, visible_tickets


def _may_view(user: object, ticket: object) -> bool:
    return visible_tickets(user).filter(pk=ticket.pk).exists()  # type: ignore[attr-defined]


def _may_approve(user: object, ticket: object) -> bool:
    return awaiting(user).filter(pk=ticket.pk).exists()  # type: ignore[attr-defined]


def _may_see_internal(user: object, asked: object) -> bool:
    return visible_internal(user).filter(pk=asked.pk).exists()  # type: ignore[attr-defined]


def _may_read_file(user: object, run: object) -> bool:
    return visible_runs(user).filter(pk=run.pk).exists()  # type: ignore[attr-defined]


def _acting(permission: str) -> Any:
    return lambda user, ticket: may_act(user, ticket, permission)


def _of_department(permission: str) -> Any:
    return lambda user, protocol: is_of_own_department(user, protocol, permission)


ACTING = (
    TicketPermission.DERIVE,
    TicketPermission.WORK,
    TicketPermission.CLOSE,
    TicketPermission.MERGE,
    TicketPermission.NAME_OFFICIAL,
    TicketPermission.CORRECT_OFFICIAL,
)


def register() -> None:
    """Narrow reading to what is visible, and acting to who is responsible or directs all of them."""
    register_predicate(TicketPermission.VIEW, _may_view)
    register_predicate(TicketPermission.IMPORT, _may_read_file)
    register_predicate(TicketPermission.APPROVE, _may_approve)
    for permission in ACTING:
        register_predicate(permission, _acting(permission))
    for permission in TURNS:
        register_predicate(permission, stands_for_office)
    for permission in (TicketPermission.SEE_INTERNAL, TicketPermission.ASK_DEPARTMENTS):
        register_predicate(permission, _may_see_internal)
    for permission in (TicketPermission.WRITE_PROTOCOLS, TicketPermission.APPROVE_PROTOCOLS):
        register_predicate(permission, _of_department(permission))
