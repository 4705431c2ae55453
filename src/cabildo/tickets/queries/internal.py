"""Which internal requests does a person see, which must they answer, and what is their legal record?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from cabildo.accounts.access import holds_everywhere
from cabildo.accounts.models import Membership
from cabildo.accounts.queries import department_ids, in_force
from cabildo.accounts.scoping import current_municipality
from cabildo.tickets.choices import InternalState, TicketPermission
from cabildo.tickets.models import InternalEvent, InternalRequest, Ticket
from cabildo.tickets.queries.concerned import mentioned, named

PARTS = ("ticket", "from_department", "to_department", "asked_by", "answered_by")


def visible_internal(user: Any) -> QuerySet[InternalRequest]:
    """Those that the person or their departments asked for or were asked, or all for who sees all requests.

    What concerns a complaint about an official is hidden from that official.
    """
    found = _not_about(user)
    if holds_everywhere(user, TicketPermission.VIEW_ALL):
        return found
    return found.filter(_takes_part(user))


def _not_about(user: Any) -> QuerySet[InternalRequest]:
    """But those on a complaint about this person, or on one kept to its department while nobody was named."""
    found = InternalRequest.objects.exclude(ticket__in=named(user)).exclude(ticket__in=mentioned(user).values("ticket"))
    if holds_everywhere(user, TicketPermission.VIEW_ALL):
        return found
    theirs = Q(ticket__department__in=department_ids(user))
    return found.filter(Q(ticket=None) | Q(ticket__official_pending=False) | theirs)


def with_readable_papers(user: Any) -> QuerySet[InternalRequest]:
    """Those whose documents this person opens. On a reserved request they may say who asks: who takes part alone."""
    return visible_internal(user).filter(~Q(ticket__is_reserved=True) | _takes_part(user))


def _takes_part(user: Any) -> Q:
    mine = department_ids(user)
    return Q(to_department__in=mine) | Q(from_department__in=mine) | Q(asked_by=user)


def internal_request(user: Any, number: int, year: int) -> InternalRequest:
    """The internal request of this folio, or Http404."""
    found = visible_internal(user).select_related(*PARTS).filter(year=year, number=number).first()
    if found is None:
        raise Http404
    return found


def asked_of(user: Any) -> QuerySet[InternalRequest]:
    """Open ones that the person's departments must answer, the first due first."""
    owed = _not_about(user).filter(to_department__in=department_ids(user), state=InternalState.OPEN)
    return owed.order_by("due_on", "pk")


def asked_by(user: Any) -> QuerySet[InternalRequest]:
    """All that this person, or their departments, asked others for."""
    own = Q(from_department__in=department_ids(user)) | Q(asked_by=user)
    return _not_about(user).filter(own)


def of_ticket(ticket: Ticket) -> QuerySet[InternalRequest]:
    return InternalRequest.objects.filter(ticket=ticket).select_related("to_department").order_by("pk")


def open_on(ticket: Ticket) -> QuerySet[InternalRequest]:
    """What other departments still owe on this request."""
    return of_ticket(ticket).filter(state=InternalState.OPEN)


def must_answer(user: Any, request: InternalRequest) -> bool:
    return request.to_department_id in department_ids(user)


def asked_it(user: Any, request: InternalRequest) -> bool:
    return request.from_department_id in department_ids(user) or request.asked_by_id == user.pk


def own(request: InternalRequest, holds: Callable[[Any, InternalRequest], bool], user: Any) -> InternalRequest:
    """The same request when the relation holds for this person, else Http404."""
    if not holds(user, request):
        raise Http404
    return request


def history(request: InternalRequest) -> QuerySet[InternalEvent]:
    events = InternalEvent.objects.filter(request=request).select_related("by", "standing_in_for")
    return events.order_by("-at", "-pk")


@dataclass(frozen=True)
class LegalRecord:
    """What Ley 19.880, art. 24 bis, wants on record of a request for data or documents."""

    organ: str
    official: str
    addressee: str
    procedure: str
    data: str
    term: date


def legal_record(request: InternalRequest) -> LegalRecord:
    """The record of one request; the official with the position held today in the asking department. One query."""
    held = Membership.objects.filter(
        in_force(request.asked_at.date()), user=request.asked_by, department=request.from_department
    )
    position = held.exclude(position="").values_list("position", flat=True).first()
    return LegalRecord(
        organ=f"{current_municipality().name}, {request.from_department}",
        official=f"{request.asked_by}, {position}" if position else str(request.asked_by),
        addressee=str(request.to_department),
        procedure=request.procedure,
        data=request.asks,
        term=request.due_on,
    )
