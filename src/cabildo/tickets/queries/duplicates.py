"""Which open requests of the same subject, near and recent, may be about the same thing?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cabildo.kit import text as texts
from cabildo.tickets.choices import OPEN_STATES
from cabildo.tickets.models import Category, Ticket
from cabildo.tickets.queries.published import published_text
from cabildo.tickets.queries.visibility import visible_tickets
from cabildo.tickets.rules.nearness import box_around, metres_between, rounded_metres

RECENT = timedelta(days=90)
MOST_SHOWN = 5
MOST_COMPARED = 200


@dataclass(frozen=True)
class Near:
    """A request that may be the same, and how far it is; None when only the words of the place agree."""

    ticket: Ticket
    metres: float | None


@dataclass(frozen=True)
class Spot:
    """Where something happens: a point in degrees (WGS84), words, or both."""

    latitude: float | None = None
    longitude: float | None = None
    place: str = ""

    @property
    def has_point(self) -> bool:
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True)
class Offer:
    """What a stranger may read of another's request: no name, no address, only published words."""

    ticket: Ticket
    subject: str
    where: str
    received_at: datetime
    state: str
    text: str
    adherents: int


def near(category: Category, spot: Spot, now: datetime, tickets: QuerySet[Ticket]) -> list[Near]:
    """The nearest of `tickets`: same category, open, recent, within its radius. A radius of 0 finds nothing."""
    if not category.radius_m:
        return []
    open_now = tickets.filter(category=category, state__in=OPEN_STATES, received_at__gte=now - RECENT)
    open_now = open_now.select_related("category", "area").order_by("-received_at", "-pk")
    found = _by_distance(open_now, spot, category.radius_m) if spot.has_point else _by_words(open_now, spot.place)
    return found[:MOST_SHOWN]


def _by_distance(tickets: QuerySet[Ticket], spot: Spot, radius_m: int) -> list[Near]:
    latitude, longitude = float(spot.latitude or 0), float(spot.longitude or 0)
    box = box_around(latitude, longitude, radius_m)
    inside = tickets.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east), is_coarse=False
    )
    measured = (
        Near(ticket, metres_between(latitude, longitude, ticket.latitude, ticket.longitude))
        for ticket in inside[:MOST_COMPARED]
        if ticket.latitude is not None and ticket.longitude is not None
    )
    return sorted((one for one in measured if (one.metres or 0) <= radius_m), key=lambda one: one.metres or 0)


def _by_words(tickets: QuerySet[Ticket], place: str) -> list[Near]:
    wanted = texts.words(place)
    if not wanted:
        return []
    recent = tickets.exclude(place="")[:MOST_COMPARED]
    return [Near(ticket, None) for ticket in recent if texts.words(ticket.place) == wanted]


def offers(category: Category, spot: Spot, now: datetime) -> list[Offer]:
    """What is offered to a neighbour before sending. Reserved requests do not exist here."""
    if category.is_reserved or category.concerns_official:
        return []
    shown = near(category, spot, now, Ticket.objects.filter(is_reserved=False, official=None))
    return [_offer(one) for one in shown]


def offer_of(ticket: Ticket) -> Offer:
    """The same, of one request that was already offered."""
    return _offer(Near(ticket, None))


def _offer(one: Near) -> Offer:
    ticket = one.ticket
    return Offer(
        ticket=ticket,
        subject=ticket.category.label,
        where=_where(one),
        received_at=ticket.received_at,
        state=ticket.get_state_display(),
        text=published_text(ticket),
        adherents=ticket.adhesions.filter(ended_at=None, is_follower_only=False).count(),
    )


def _where(one: Near) -> str:
    """Coarse: a sector and a rounded distance, never the address another person wrote."""
    area = one.ticket.area.name if one.ticket.area else ""
    if one.metres is None:
        return area
    distance = _("a unos %s metros del lugar que indicó") % rounded_metres(one.metres)
    return f"{area}, {distance}" if area else distance


def for_officer(user: Any, category: Category, spot: Spot, now: datetime) -> list[Near]:
    """The same question at intake: only among the requests this officer may see."""
    return near(category, spot, now, visible_tickets(user))


def around(user: Any, ticket: Ticket, now: datetime) -> list[Near]:
    """Requests that may be the same as this one, whichever came first, for who may see them."""
    spot = Spot(ticket.latitude, ticket.longitude, ticket.place)
    others = visible_tickets(user).exclude(Q(pk=ticket.pk) | Q(pk=ticket.split_from_id) | Q(split_from=ticket))
    return near(ticket.category, spot, now, others)
