"""How is a step told? One line of the timeline and one entry of the audit, together."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import acting_for
from cabildo.tickets.choices import EventKind
from cabildo.tickets.models import Ticket, TicketEvent

By = User | audit.Actor | None


def tell(
    ticket: Ticket,
    kind: EventKind,
    *,
    by: By,
    words: str = "",
    is_public: bool = False,
    department: Department | None = None,
    data: dict[str, Any] | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> TicketEvent:
    """Add to the timeline and to the audit; the audit gets codes and ids, never the words."""
    user = by if isinstance(by, User) else None
    event = TicketEvent.objects.create(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        at=at or timezone.now(),
        kind=kind,
        by=user,
        standing_in_for_id=acting_for(user, ticket.department_id) if user else None,
        is_public=is_public,
        words=words,
        department=department,
        data=data or {},
    )
    audit.record(f"ticket.{kind}", on=ticket, by=by, reason=reason, data=data)
    return event
