"""What anyone may read: published requests, their text and their place within a hundred metres."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.utils import timezone

from cabildo.accounts.scoping import current_municipality, in_municipality
from cabildo.db.keyset import page
from cabildo.documents.choices import Visibility
from cabildo.documents.models import Document
from cabildo.tickets.choices import OPEN_STATES, State
from cabildo.tickets.models import Category, Ticket, TicketCell
from cabildo.tickets.queries.figures_places import counting_areas
from cabildo.tickets.rules import cells
from cabildo.tickets.rules.cells import Box
from cabildo.ui.lists import ChoiceFilter, ListSpec, SortOption
from cabildo.ui.parts import Column

NEWEST = ("-received_at", "-pk")
OPEN, CLOSED = "abierta", "cerrada"
STATES = [(OPEN, "Abierta"), (CLOSED, "Cerrada")]
MOST_POINTS = 100  # more than a telephone draws with ease, or a person tells apart
START_ZOOM = 10
CHUNK = 1_000
OWNER_TYPE = "tickets.ticket"


def published() -> QuerySet[Ticket]:
    """Requests that are published, newest first. Their own text and place name stay out."""
    return (
        Ticket.objects.filter(is_public=True)
        .select_related("category", "department", "area")
        .defer("text", "answers", "place", "category__definition", "area__geometry", "area__outline")
        .order_by(*NEWEST)
    )


def newest_received_on() -> date | None:
    """The day of the newest request, published or not."""
    newest = Ticket.objects.order_by(*NEWEST).values_list("received_at", flat=True).first()
    return timezone.localdate(newest) if newest else None


def thickest_place() -> tuple[float, float] | None:
    """The middle of the square, some thirty kilometres wide, with most published requests; None without any."""
    counted = TicketCell.objects.filter(zoom=START_ZOOM, category=None).order_by().values_list("x", "y")
    found = counted.annotate(total=F("open_count") + F("closed_count")).order_by("-total", "x", "y").first()
    return cells.centre_of(found[:2], START_ZOOM) if found else None


def spec() -> ListSpec:
    """The filters of the public list. Three queries."""
    categories = Category.objects.order_by("label").values_list("code", "label")
    return ListSpec(
        filters=[
            ChoiceFilter("materia", "Materia", list(categories)),
            ChoiceFilter("sector", "Sector", [(area.code, area.name) for area in counting_areas()]),
            ChoiceFilter("estado", "Estado", STATES),
        ],
        columns=[Column("request", "Solicitud")],
        sorts=[SortOption("recientes", "Más recientes primero", NEWEST)],
    )


def filtered(tickets: QuerySet[Ticket], values: Mapping[str, Any]) -> QuerySet[Ticket]:
    if values["materia"]:  # its id as one value, so that the index by category and day serves
        tickets = tickets.filter(category=Category.objects.filter(code=values["materia"]).values("pk")[:1])
    if values["sector"]:
        tickets = tickets.filter(area__code=values["sector"])
    if values["estado"] == OPEN:
        return tickets.filter(state__in=OPEN_STATES)
    return tickets.filter(state=State.CLOSED) if values["estado"] == CLOSED else tickets


class CountedSquare(NamedTuple):
    """So many published requests about this place (WGS84 degrees)."""

    latitude: float
    longitude: float
    total: int


class Point(NamedTuple):
    """A published request on the map, where its coarse place is (WGS84 degrees)."""

    latitude: float
    longitude: float
    folio: str
    state: str
    category: str


class Spots(NamedTuple):
    """What the map shows: either of the two is empty."""

    squares: list[CountedSquare]
    points: list[Point]


def spots(box: Box, zoom: int, values: Mapping[str, Any]) -> Spots:
    """From afar, and where more than a hundred are in sight, counted squares; else the requests one by one.

    Squares know no sectors: who asks for one sees the newest hundred from near. Two queries at most.
    """
    if zoom >= cells.POINTS_FROM and values["sector"]:
        return Spots([], points(box, values))
    counted = squares(box, zoom, values)
    if zoom < cells.POINTS_FROM or sum(square.total for square in counted) > MOST_POINTS:
        return Spots(counted, [])
    return Spots([], points(box, values))


def squares(box: Box, zoom: int, values: Mapping[str, Any]) -> list[CountedSquare]:
    """Squares of the zoom inside the box, each with its number of requests. One query on the counted squares."""
    zoom = min(max(zoom, cells.FARTHEST), cells.NEAREST)
    west, south = cells.square_of(box.south, box.west, zoom)
    east, north = cells.square_of(box.north, box.east, zoom)
    inside = TicketCell.objects.filter(zoom=zoom, x__range=(west, east), y__range=(south, north))
    inside = inside.filter(category__code=values["materia"]) if values["materia"] else inside.filter(category=None)
    count = {OPEN: F("open_count"), CLOSED: F("closed_count")}.get(
        values["estado"], F("open_count") + F("closed_count")
    )
    rows = inside.annotate(total=count).filter(total__gt=0).order_by().values_list("x", "y", "total")
    return [CountedSquare(*cells.centre_of((x, y), zoom), total) for x, y, total in rows]


def points(box: Box, values: Mapping[str, Any]) -> list[Point]:
    """The newest published requests inside the box, at most a hundred. One query.

    Which they are is found in the index alone; only those are read.
    """
    seen = cells.snapped(box)
    inside = filtered(Ticket.objects.filter(is_public=True), values).filter(
        latitude__gte=seen.south, latitude__lt=seen.north, longitude__gte=seen.west, longitude__lt=seen.east
    )
    newest = inside.order_by(*NEWEST).values("pk")[:MOST_POINTS]
    shown = Ticket.objects.filter(pk__in=newest, latitude__isnull=False).order_by(*NEWEST)
    rows = shown.values_list("latitude", "longitude", "folio", "state", "category__label")
    return [Point(cells.coarse(row[0]), cells.coarse(row[1]), *row[2:]) for row in rows]


def photos_of(tickets: list[Ticket]) -> dict[int, Document]:
    """The first public photo of each of these requests whose category publishes photos. One query."""
    shown = [str(ticket.pk) for ticket in tickets if ticket.category.publishes_photo]
    if not shown:
        return {}
    kept = Document.objects.filter(
        owner_type=OWNER_TYPE, owner_id__in=shown, visibility=Visibility.PUBLIC, erased_at__isnull=True
    ).order_by("-created_at", "-pk")
    return {int(document.owner_id): document for document in kept if document.media_type.startswith("image/")}


def in_chunks(values: Mapping[str, Any]) -> Iterator[tuple[list[Ticket], dict[int, Document]]]:
    """Every published request that passes the filters, a thousand at a time, with their photos.

    The scope is entered for each chunk: a streamed answer is read after the request's own has been left.
    """
    municipality, cursor, more = current_municipality(), None, True
    while more:
        with in_municipality(municipality):
            chunk = page(filtered(published(), values), NEWEST, cursor, CHUNK)
            photos = photos_of(chunk.items)
        yield chunk.items, photos
        cursor, more = chunk.next_cursor, chunk.next_cursor is not None
