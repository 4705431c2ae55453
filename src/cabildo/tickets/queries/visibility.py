"""Who sees a request? docs/reference/access.md is this file as a table."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from cabildo.accounts.access import departments_where, holds_everywhere
from cabildo.accounts.queries import department_ids
from cabildo.tickets.choices import InternalState, TicketPermission
from cabildo.tickets.models import Derivation, InternalRequest, Ticket
from cabildo.tickets.queries.approvals import awaiting
from cabildo.tickets.queries.concerned import is_about, is_in_any, not_about


def visible_tickets(user: Any) -> QuerySet[Ticket]:
    """Requests this person may read: all, those of their departments, derived from them, or on which these were asked;
    and those whose answer waits for them, because nobody in the department can approve it.

    A complaint about an official is never shown to that official, whatever their role or account; until it is known of
    whom it speaks, neither to whom its words may name, nor to who only derived it or was asked about it.
    """
    tickets = not_about(Ticket.objects.all(), user)
    if holds_everywhere(user, TicketPermission.VIEW_ALL):
        return tickets
    mine = department_ids(user)
    derived = _derived_from(mine).filter(ticket=OuterRef("pk"))
    asked = _asked_of(mine).filter(ticket=OuterRef("pk"))
    passed_on = Q(Exists(derived) | Exists(asked), official_pending=False)
    return tickets.filter(Q(department__in=mine) | passed_on | Q(pk__in=awaiting(user).values("pk")))


def visible_parts(user: Any) -> list[QuerySet[Ticket]]:
    """The same requests in parts that share none, each of which an index counts: the larger ones first."""
    tickets = not_about(Ticket.objects.all(), user)
    if holds_everywhere(user, TicketPermission.VIEW_ALL):
        return [tickets]
    mine = department_ids(user)
    derived, asked = _derived_from(mine).values("ticket"), _asked_of(mine).values("ticket")
    others = tickets.exclude(department__in=mine).filter(official_pending=False)
    passed_on = Q(pk__in=derived) | Q(pk__in=asked)
    return [
        tickets.filter(department__in=mine),
        others.filter(pk__in=derived),
        others.filter(pk__in=asked).exclude(pk__in=derived),
        others.filter(pk__in=awaiting(user).values("pk")).exclude(passed_on),
    ]


def sees_every_ticket(user: Any) -> bool:
    """Is nothing at all hidden from this person here? One query at most."""
    return holds_everywhere(user, TicketPermission.VIEW_ALL) and not is_in_any(user)


def _derived_from(departments: frozenset[int]) -> QuerySet[Derivation]:
    return Derivation.objects.filter(from_department__in=departments)


def _asked_of(departments: frozenset[int]) -> QuerySet[InternalRequest]:
    """Internal requests to these departments on a request; one that was withdrawn opens nothing."""
    asked = InternalRequest.objects.filter(ticket__isnull=False, to_department__in=departments)
    return asked.exclude(state=InternalState.WITHDRAWN)


def visible_ticket(user: Any, folio: str) -> Ticket:
    """The request of this folio, or Http404: what one may not see does not exist."""
    ticket = (
        visible_tickets(user)
        .select_related("category", "department", "assignee", "requester", "area", "merged_into", "official")
        .filter(folio=folio)
        .first()
    )
    if ticket is None:
        raise Http404
    return ticket


def registered_ticket(user: Any, folio: str) -> Ticket:
    """The request this person put on record, for its receipt alone: having typed it gives no right to follow it."""
    ticket = Ticket.objects.filter(folio=folio, registered_by=user).select_related("category", "department").first()
    if ticket is None:
        raise Http404
    return ticket


def is_responsible(user: Any, ticket: Ticket) -> bool:
    """Does this person work in the department that must answer?"""
    return ticket.department_id in department_ids(user)


def may_see_identity(user: Any, ticket: Ticket) -> bool:
    """The identity of a reserved denuncia is for the responsible department alone."""
    return not ticket.is_reserved or is_responsible(user, ticket)


def may_act(user: Any, ticket: Ticket, permission: str) -> bool:
    """Acting needs a role that grants it in the responsible department, or in the whole municipality.

    Who heads one department and works in another approves in the first alone.
    """
    if is_about(user, ticket):
        return False
    return ticket.department_id in departments_where(user, permission) or holds_everywhere(user, permission)
