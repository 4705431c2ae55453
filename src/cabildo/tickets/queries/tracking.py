"""What does the neighbour see of their request, in plain words?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cabildo.tickets.choices import EventKind, State
from cabildo.tickets.models import Adhesion, Derivation, Ticket, TicketClock, TicketEvent
from cabildo.tickets.wording import TITLES

ACKNOWLEDGE_WITHIN = timedelta(hours=24)  # Ley 19.880, art. 24


@dataclass(frozen=True)
class Happened:
    """One line of the public timeline: never an official's name."""

    at: datetime
    title: str
    text: str


def by_secret(folio: str, secret_index: str) -> Ticket | None:
    """The request whose folio and secret these are."""
    return Ticket.objects.filter(folio=folio, secret_index=secret_index).exclude(secret_index="").first()


def public_timeline(ticket: Ticket) -> list[Happened]:
    events = TicketEvent.objects.filter(ticket=ticket, is_public=True).select_related("department").order_by("at", "pk")
    return [Happened(event.at, title_of(event), event.words) for event in events]


def title_of(event: TicketEvent) -> str:
    department = str(event.department or _("la dirección responsable"))
    return str(TITLES[EventKind(event.kind)]).format(department=department)


def legal_clock(ticket: Ticket) -> TicketClock | None:
    return TicketClock.objects.filter(ticket=ticket, clock="legal").first()


def clocks(ticket: Ticket) -> QuerySet[TicketClock]:
    return TicketClock.objects.filter(ticket=ticket).order_by("-clock")


def explanation(clock: TicketClock) -> Iterator[dict[str, Any]]:
    """The stored count, day by day, with real dates."""
    for line in clock.explanation:
        yield {**line, "date": datetime.fromisoformat(line["date"]).date()}


def why_not_withdrawn(ticket: Ticket) -> str:
    """The code of what keeps its requester from withdrawing it; "" when nothing does.

    Withdrawing concerns only who does it (Ley 19.880, art. 42): what others ask too goes on for them.
    """
    if not ticket.is_open:
        return "withdraw_closed"
    if ticket.department_id is None and ticket.category.department_id is None:
        return "withdraw_not_routed"
    adherents = Adhesion.objects.filter(ticket=ticket, ended_at=None, is_follower_only=False)
    return "withdraw_shared" if adherents.exists() or Ticket.objects.filter(merged_into=ticket).exists() else ""


def late_derivations() -> QuerySet[Derivation]:
    """Derivations nobody has acknowledged yet, for the 24-hour rule (Ley 19.880, art. 24)."""
    later = Derivation.objects.filter(ticket=OuterRef("ticket"), at__gt=OuterRef("at"))
    return Derivation.objects.filter(~Exists(later), acknowledged_at=None)


def overdue_derivations(now: datetime) -> QuerySet[Derivation]:
    """The last derivation of each request that a department has had for more than 24 hours without acknowledging."""
    return late_derivations().filter(at__lt=now - ACKNOWLEDGE_WITHIN, ticket__state=State.DERIVED)
