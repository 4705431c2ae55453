"""The rows behind each answer: which requests another system may see, and those that a search asks for."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from math import cos, radians
from typing import Any

from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Floor

from cabildo.accounts.links import absolute
from cabildo.documents.choices import Visibility
from cabildo.documents.models import Document
from cabildo.tickets.choices import OPEN_STATES, State
from cabildo.tickets.models import ApiClient, Category, Ticket, TicketEvent
from cabildo.tickets.open311 import documents
from cabildo.tickets.open311.parameters import MAX_ROWS, Circle, Search, Span
from cabildo.tickets.ownership import OWNER_TYPE
from cabildo.tickets.redirects import DATA_RIGHTS
from cabildo.tickets.rules.cells import STEP, Box, snapped

METRES_PER_DEGREE = 111_320
STATES = {"open": OPEN_STATES, "closed": [State.CLOSED]}


def offered() -> QuerySet[Category]:
    """Categories that receive requests, with a department or still without.

    Rights over personal data are not among them: they are asked for where who asks proves who they are.
    """
    elsewhere = Category.objects.filter(definition__redirect=DATA_RIGHTS)
    return Category.objects.filter(is_open=True).exclude(pk__in=elsewhere.values("pk"))


def readable(client: ApiClient | None) -> QuerySet[Ticket]:
    """Published requests; for a known client, also those it brought in itself, unless their identity is reserved."""
    seen = Q(is_public=True)
    if client is not None:
        seen |= Q(source=client.source)
    return Ticket.objects.filter(seen, is_reserved=False)


def found(search: Search, client: ApiClient | None) -> QuerySet[Ticket]:
    """Requests of a search, newest first. Places are compared as they are published, never finer."""
    tickets = readable(client).order_by("-received_at", "-pk")
    if search.folios is not None:
        return tickets.filter(folio__in=search.folios)
    tickets = tickets.filter(_within("received_at", search.received), _within("updated_at", search.updated))
    if search.service_codes:
        tickets = tickets.filter(category__code__in=search.service_codes)
    if search.statuses:
        tickets = tickets.filter(state__in=[state for status in search.statuses for state in STATES[status]])
    if search.box:
        tickets = tickets.filter(_in_box(snapped(search.box)))
    return _near(tickets, search.circle) if search.circle else tickets


def _within(column: str, span: Span) -> Q:
    wanted = Q()
    if span.since:
        wanted &= Q(**{f"{column}__gte": span.since})
    if span.until:
        wanted &= Q(**{f"{column}__lte": span.until})
    return wanted


def _in_box(box: Box) -> Q:
    return Q(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))


def _near(tickets: QuerySet[Ticket], circle: Circle) -> QuerySet[Ticket]:
    """On a plane: at these distances the curve of the earth is far below the published step."""
    shrink = max(cos(radians(circle.latitude)), 0.01)
    up, across = circle.radius_m / METRES_PER_DEGREE, circle.radius_m / METRES_PER_DEGREE / shrink
    box = Box(circle.longitude - across, circle.latitude - up, circle.longitude + across, circle.latitude + up)
    north = _published("latitude") - Value(circle.latitude)
    east = (_published("longitude") - Value(circle.longitude)) * Value(shrink)
    return tickets.filter(_in_box(snapped(box))).alias(distance=north * north + east * east).filter(distance__lte=up**2)


def _published(column: str) -> Combinable:
    """The coordinate rounded as it is published, computed by the database."""
    return Floor(F(column) / Value(STEP) + Value(0.5), output_field=FloatField()) * Value(STEP)


def page(search: Search, client: ApiClient | None) -> tuple[list[Ticket], bool]:
    """The rows of the page asked for, and whether there are more after it."""
    start = (search.page - 1) * search.size
    rows = found(search, client).select_related("department", "area")
    if not search.extended:
        rows = rows.defer("answers")
    tickets = list(rows.defer("text")[start : start + search.size + 1])
    return tickets[: search.size], len(tickets) > search.size


def shaped(tickets: list[Ticket], *, extended: bool, zone: Any) -> Iterator[documents.Document]:
    """Each request as it is answered; the queries are the same for one and for a thousand."""
    categories = {category.pk: category for category in Category.objects.all()} if tickets else {}
    photos = _photos(tickets, categories)
    events = _events(tickets) if extended else {}
    for ticket in tickets:
        shared = {"category": categories[ticket.category_id], "photos": photos.get(ticket.pk, []), "zone": zone}
        document = documents.request(ticket, **shared)
        if extended:
            document |= documents.extended(ticket, events=events.get(ticket.pk, []), **shared)
        yield document


def _photos(tickets: Iterable[Ticket], categories: dict[int, Category]) -> dict[int, list[str]]:
    """Addresses of the published photos of each request, whose category publishes them."""
    owners = [str(t.pk) for t in tickets if t.is_public and categories[t.category_id].publishes_photo]
    kept = Document.objects.filter(
        owner_type=OWNER_TYPE,
        owner_id__in=owners,
        visibility=Visibility.PUBLIC,
        erased_at=None,
        media_type__startswith="image/",
    )
    found: dict[int, list[str]] = {}
    for owner_id, public_id in kept.values_list("owner_id", "public_id"):
        found.setdefault(int(owner_id), []).append(absolute("documents:download", public_id))
    return found


def _events(tickets: Iterable[Ticket]) -> dict[int, list[TicketEvent]]:
    told = _told().filter(ticket__in=tickets).order_by("ticket", "at", "pk").select_related("department")
    return {ticket_id: list(events) for ticket_id, events in groupby(told, key=lambda event: event.ticket_id)}


def _told() -> QuerySet[TicketEvent]:
    return TicketEvent.objects.filter(kind__in=documents.TOLD_KINDS, is_public=True).defer("words")


def updates(span: Span, client: ApiClient) -> QuerySet[TicketEvent]:
    """What happened to the requests a client may see, oldest first; at most 1,000."""
    events = _told().filter(_within("at", span), ticket__in=readable(client))
    return events.select_related("ticket", "department").order_by("at", "pk")[:MAX_ROWS]
