"""How is a step told? One line of the timeline and one entry of the audit, together."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import acting_for
from cabildo.audit.actions import Actor
from cabildo.tickets.choices import EventKind
from cabildo.tickets.models import Ticket, TicketEvent

By = User | Actor | None


@dataclass(frozen=True)
class Step:
    """Something that happened to a request, to be told. `words` are read by people; `data` holds ids and codes."""

    kind: EventKind
    words: str = ""
    is_public: bool = False
    department: Department | None = None
    data: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    at: datetime | None = None
    by: By = None


def tell(ticket: Ticket, kind: EventKind, *, by: By, **more: Any) -> TicketEvent:
    """Add one step to the timeline and to the audit; the audit gets codes and ids, never the words."""
    return tell_together(ticket, Step(kind, by=by, **more))[0]


def is_known(ticket: Ticket, key: str, words: str) -> bool:
    """Whether the form of this key already told these words; never without a key.

    Who goes back to a page already sent and writes something else on it says something new.
    """
    return bool(key) and TicketEvent.objects.filter(ticket=ticket, data__key=key, words=words).exists()


def tell_together(ticket: Ticket, *steps: Step) -> list[TicketEvent]:
    """Add several steps at once, in their order: two writes whatever their number."""
    audit.record_together(
        audit.entry(f"ticket.{step.kind}", on=ticket, by=step.by, reason=step.reason, data=step.data) for step in steps
    )
    return TicketEvent.objects.bulk_create(as_event(ticket, step) for step in steps)


def as_event(ticket: Ticket, step: Step) -> TicketEvent:
    """The line of the timeline, not saved yet."""
    user = step.by if isinstance(step.by, User) else None
    return TicketEvent(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        at=step.at or timezone.now(),
        kind=step.kind,
        by=user,
        standing_in_for_id=acting_for(user, ticket.department_id) if user else None,
        is_public=step.is_public,
        words=step.words,
        department=step.department,
        data=step.data,
    )
