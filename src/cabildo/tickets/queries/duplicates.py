"""Which open requests of the same subject, near and recent, may be about the same thing?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cabildo.kit import text as texts
from cabildo.tickets.choices import OPEN_STATES
from cabildo.tickets.models import Category, Ticket
from cabildo.tickets.queries.published import is_published, offerable_tickets, published_text
from cabildo.tickets.queries.visibility import visible_tickets
from cabildo.tickets.rules.cells import coarse
from cabildo.tickets.rules.nearness import box_around, metres_between, rounded_metres

RECENT = timedelta(days=90)
MOST_SHOWN = 5
MOST_COMPARED = 200
COARSE_M = 80  # a published place is at most this far from the true one


def _street(place: str) -> Sequence[str]:
    return [word for word in texts.words(place) if not word.isdigit()]


@dataclass(frozen=True)
class Sharpness:
    """How exactly places are compared. `coordinate` and `words` say what is compared, `error_m` how far it is off."""

    coordinate: Callable[[float], float]
    words: Callable[[str], Sequence[str]]
    error_m: int


EXACT = Sharpness(float, texts.words, 0)
# a stranger may ask again and again from other spots: nothing finer than what is published may be found so
COARSE = Sharpness(coarse, _street, COARSE_M)


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


def near(
    category: Category, spot: Spot, now: datetime, tickets: QuerySet[Ticket], sharpness: Sharpness = EXACT
) -> list[Near]:
    """The nearest of `tickets`: same category, open, recent, within its radius. A radius of 0 finds nothing."""
    if not category.radius_m:
        return []
    open_now = tickets.filter(category=category, state__in=OPEN_STATES, received_at__gte=now - RECENT)
    open_now = open_now.select_related("category", "area").order_by("-received_at", "-pk")
    if spot.has_point:
        return _by_distance(open_now, spot, category.radius_m, sharpness)[:MOST_SHOWN]
    return _by_words(open_now, spot.place, sharpness)[:MOST_SHOWN]


def _by_distance(tickets: QuerySet[Ticket], spot: Spot, radius_m: int, sharpness: Sharpness) -> list[Near]:
    latitude, longitude = float(spot.latitude or 0), float(spot.longitude or 0)
    reach = max(radius_m, sharpness.error_m)
    box = box_around(latitude, longitude, reach + sharpness.error_m)
    seen = sharpness.coordinate
    inside = tickets.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east), is_coarse=False
    )
    measured = (
        Near(ticket, metres_between(latitude, longitude, seen(ticket.latitude), seen(ticket.longitude)))
        for ticket in inside[:MOST_COMPARED]
        if ticket.latitude is not None and ticket.longitude is not None
    )
    return sorted((one for one in measured if (one.metres or 0) <= reach), key=lambda one: one.metres or 0)


def _by_words(tickets: QuerySet[Ticket], place: str, sharpness: Sharpness) -> list[Near]:
    wanted = sharpness.words(place)
    if not wanted:
        return []
    recent = tickets.exclude(place="")[:MOST_COMPARED]
    return [Near(ticket, None) for ticket in recent if sharpness.words(ticket.place) == wanted]


def offers(category: Category, spot: Spot, now: datetime) -> list[Offer]:
    """What is offered to a neighbour before sending, by street or square. Reserved requests do not exist here."""
    shown = near(category, spot, now, offerable_tickets(), COARSE)
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
    """A sector, and of a published one a rounded distance too; never the address another person wrote."""
    area = one.ticket.area.name if one.ticket.area else ""
    if one.metres is None or not is_published(one.ticket):
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
