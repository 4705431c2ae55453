"""Who sees a request? docs/reference/access.md is this file as a table."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from cabildo.accounts.access import holds_everywhere
from cabildo.accounts.queries import department_ids
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import Derivation, Ticket


def visible_tickets(user: Any) -> QuerySet[Ticket]:
    """Requests this person may read: all, or those of their departments, or derived from them.

    A complaint about an official is never shown to that official, whatever their role.
    """
    tickets = Ticket.objects.exclude(official=user)
    if holds_everywhere(user, TicketPermission.VIEW_ALL):
        return tickets
    mine = department_ids(user)
    derived = Derivation.objects.filter(ticket=OuterRef("pk"), from_department__in=mine)
    return tickets.filter(Q(department__in=mine) | Exists(derived) | Q(registered_by=user))


def visible_ticket(user: Any, folio: str) -> Ticket:
    """The request of this folio, or Http404: what one may not see does not exist."""
    ticket = (
        visible_tickets(user)
        .select_related("category", "department", "assignee", "requester", "area", "merged_into")
        .filter(folio=folio)
        .first()
    )
    if ticket is None:
        raise Http404
    return ticket


def is_responsible(user: Any, ticket: Ticket) -> bool:
    """Does this person work in the department that must answer?"""
    return ticket.department_id in department_ids(user)


def may_see_identity(user: Any, ticket: Ticket) -> bool:
    """The identity of a reserved denuncia is for the responsible department alone."""
    return not ticket.is_reserved or is_responsible(user, ticket)


def may_act(user: Any, ticket: Ticket) -> bool:
    """Acting needs to be responsible, or the office of requests, which sees all and derives."""
    if ticket.official_id == user.pk:
        return False
    return is_responsible(user, ticket) or holds_everywhere(user, TicketPermission.DERIVE)
