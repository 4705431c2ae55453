"""Requests by the hundred, written at once, with only the columns that figures read."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from cabildo.accounts.scoping import current_municipality
from cabildo.tickets.choices import Channel, Kind, Outcome, State
from cabildo.tickets.models import Category, Derivation, Satisfaction, Ticket

_number = count(1)


def at(day: str, hour: int = 12) -> datetime:
    """An instant of that day (2026-10-15), on the clock of Chile."""
    return timezone.make_aware(datetime.fromisoformat(f"{day}T{hour:02}:00"))


def requests(category: Category, received: datetime, *, many: int = 1, **fields: Any) -> list[Ticket]:
    """Open requests of a category in its department; `fields` are columns of the ticket."""
    defaults: dict[str, Any] = {
        "municipality": current_municipality(),
        "category": category,
        "department": category.department,
        "kind": Kind.SOLICITUD,
        "channel": Channel.WEB,
        "state": State.IN_PROGRESS,
        "text": "Texto que sólo lee la municipalidad",
        "received_at": received,
        "legal_due_on": timezone.localdate(received) + timedelta(days=30),
    }
    made = [Ticket(**{**defaults, "folio": f"S-2026-{next(_number):06d}-X", **fields}) for _ in range(many)]
    return Ticket.objects.bulk_create(made)


def answered(category: Category, received: datetime, days: int, *, many: int = 1, **fields: Any) -> list[Ticket]:
    """Requests answered and closed that many days after they came in."""
    closed = received + timedelta(days=days)
    given = {"state": State.CLOSED, "outcome": Outcome.RESOLVED, "closed_at": closed, "answered_at": closed}
    return requests(category, received, many=many, **{**given, **fields})


def opinion(ticket: Ticket, invited: datetime, grade: int | None = None, **fields: Any) -> Satisfaction:
    """An invitation, answered when there is a grade."""
    return Satisfaction.objects.create(
        municipality=current_municipality(),
        ticket=ticket,
        closing=1,
        token_index=f"token-{next(_number)}",
        channel=ticket.channel,
        department=ticket.department,
        invited_at=invited,
        answered_at=invited if grade else None,
        grade=grade,
        **fields,
    )


def derivation(ticket: Ticket, instant: datetime, acknowledged_after: timedelta | None = None) -> Derivation:
    return Derivation.objects.create(
        municipality=current_municipality(),
        ticket=ticket,
        to_department=ticket.department,
        at=instant,
        acknowledged_at=instant + acknowledged_after if acknowledged_after is not None else None,
    )


def baseline(lamp: Category) -> None:
    """October 2026 as the commitment found its last month: 20 %, 89.86 % and 17.4 %, half-up.

    345 came in; 69 have no answer (20 %), 62 of them past their term (89.855...); 60 are reclamos or
    sugerencias (17.391...).
    """
    october = at("2026-10-05")
    answered(lamp, october, 10, many=216)
    answered(lamp, october, 10, many=45, kind=Kind.RECLAMO)
    answered(lamp, october, 10, many=15, kind=Kind.SUGERENCIA)
    requests(lamp, october, many=62, legal_due_on=at("2026-11-16").date())
    requests(lamp, october, many=7, legal_due_on=at("2026-12-16").date())
