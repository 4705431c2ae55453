"""What a call asks for, read whole: either a value with every field checked, or Refused with all its errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.tickets.open311.errors import NOT_FOUND
from cabildo.tickets.open311.reader import Given, Reader
from cabildo.tickets.rules.cells import Box
from cabildo.tickets.rules.folio import normal_folio

MAX_SPAN = timedelta(days=90)
CLOCK_TOLERANCE = timedelta(minutes=5)  # the clock of another system is never quite ours
MAX_ROWS = 1000
MAX_PAGE = 1000
MAX_RADIUS_M = 50_000
STATUSES = ("open", "closed")
UPDATE_STATUSES = {
    "OPEN": gettext_lazy("abierta"),
    "CLOSED": gettext_lazy("cerrada"),
    "FIXED": gettext_lazy("arreglada"),
    "IN_PROGRESS": gettext_lazy("en trabajo"),
    "PLANNED": gettext_lazy("planificada"),
    "ACTION_SCHEDULED": gettext_lazy("con trabajo programado"),
    "INVESTIGATING": gettext_lazy("en revisión"),
    "DUPLICATE": gettext_lazy("repetida"),
    "NOT_COUNCILS_RESPONSIBILITY": gettext_lazy("corresponde a otro organismo"),
    "NO_FURTHER_ACTION": gettext_lazy("sin más acciones"),
    "INTERNAL_REFERRAL": gettext_lazy("derivada"),
    "CANCELLED": gettext_lazy("desistida"),
    "REOPEN": gettext_lazy("por reabrir"),
    "FOR_TRIAGE": gettext_lazy("por clasificar"),
    "UNCHANGED": gettext_lazy("sin cambio de estado"),
}


@dataclass(frozen=True)
class Span:
    """Two instants, both included; None leaves that end open."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Circle:
    latitude: float
    longitude: float
    radius_m: int


@dataclass(frozen=True)
class Search:
    """Which requests, in which page. With `folios` nothing else counts."""

    folios: tuple[str, ...] | None = None
    service_codes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    received: Span = Span()
    updated: Span = Span()
    box: Box | None = None
    circle: Circle | None = None
    page: int = 1
    size: int = MAX_ROWS
    extended: bool = False


@dataclass(frozen=True)
class UpdateGiven:
    """What another system adds to a request."""

    folio: str
    update_id: str
    status: str
    description: str
    happened_at: datetime
    media_url: str


def search(given: Given, now: datetime, zone: tzinfo) -> Search:
    """The search a call asks for. Without dates, the last 90 days; at most 1,000 rows a page.

    When only `updated_*` is given, it is the updates that are kept to 90 days, so that an old
    request that changed yesterday is found.
    """
    reader = Reader(given, zone)
    paging: dict[str, Any] = {
        "page": reader.whole("page", 1, 1, MAX_PAGE),
        "size": reader.whole("page_size", MAX_ROWS, 1, MAX_ROWS),
        "extended": reader.flag("extensions"),
    }
    if ids := reader.words("service_request_id"):
        found = Search(folios=tuple(folio for one in ids if (folio := normal_folio(one))), **paging)
    else:
        received, updated = _spans(reader, now)
        found = Search(
            service_codes=reader.words("service_code"),
            statuses=_statuses(reader),
            box=_box(reader),
            circle=_circle(reader),
            received=received,
            updated=updated,
            **paging,
        )
    reader.check()
    return found


def _statuses(reader: Reader) -> tuple[str, ...]:
    asked = tuple(status.lower() for status in reader.words("status"))
    if not set(asked) <= set(STATUSES):
        reader.wrong(_("«status» sólo admite open y closed, separados por comas."))
    return asked


def _spans(reader: Reader, now: datetime) -> tuple[Span, Span]:
    """When it was received, and when it changed."""
    received = Span(reader.instant("start_date"), reader.instant("end_date", ends=True))
    updated = Span(reader.instant("updated_after"), reader.instant("updated_before", ends=True))
    if updated != Span() and received == Span():
        return Span(), _bounded(reader, updated, now, ("updated_after", "updated_before"))
    return _bounded(reader, received, now, ("start_date", "end_date")), updated


def _bounded(reader: Reader, span: Span, now: datetime, names: tuple[str, str]) -> Span:
    """The span with both ends, 90 days wide at most."""
    since, until = span.since, span.until
    if since is None and until is None:
        return Span(now - MAX_SPAN, None)
    if since is None or until is None:
        return Span(since or _earlier(until), until or _later(since))
    if since > until:
        reader.wrong(_("«{since}» es posterior a «{until}».").format(since=names[0], until=names[1]))
    elif until - since > MAX_SPAN:
        reader.wrong(
            _("Entre «{since}» y «{until}» no puede haber más de 90 días. Pida tramos más cortos.").format(
                since=names[0], until=names[1]
            )
        )
    return span


def _earlier(moment: datetime | None) -> datetime | None:
    return moment - MAX_SPAN if moment else None


def _later(moment: datetime | None) -> datetime | None:
    return moment + MAX_SPAN if moment else None


def _box(reader: Reader) -> Box | None:
    """`bbox=west,south,east,north` in WGS84 degrees."""
    if "bbox" not in reader.given:
        return None
    parts = reader.first("bbox").split(",")
    if len(parts) != 4:
        reader.wrong(_("«bbox» lleva cuatro números: oeste, sur, este, norte."))
        return None
    limits = (180, 90, 180, 90)
    west, south, east, north = (
        reader.within("bbox", part, -limit, limit) for part, limit in zip(parts, limits, strict=True)
    )
    if west is None or south is None or east is None or north is None:
        return None
    if west > east or south > north:
        reader.wrong(_("«bbox» va en este orden: oeste, sur, este, norte."))
    return Box(west, south, east, north)


def _circle(reader: Reader) -> Circle | None:
    latitude, longitude = point(reader)
    if "radius" not in reader.given:
        return None
    radius = reader.whole("radius", MAX_RADIUS_M, 1, MAX_RADIUS_M)
    if latitude is None or longitude is None:
        reader.wrong(_("«radius» necesita «lat» y «long»."))
        return None
    return Circle(latitude, longitude, radius)


def point(reader: Reader) -> tuple[float | None, float | None]:
    """Both coordinates or none."""
    latitude, longitude = reader.decimal("lat", -90, 90), reader.decimal("long", -180, 180)
    if ("lat" in reader.given) != ("long" in reader.given):
        reader.wrong(_("«lat» y «long» van siempre juntas."))
    return latitude, longitude


def update_span(given: Given, now: datetime, zone: tzinfo) -> Span:
    """When the updates asked for happened: both dates or none, and then the last 90 days."""
    reader = Reader(given, zone)
    span = Span(reader.instant("start_date"), reader.instant("end_date", ends=True))
    if ("start_date" in given) != ("end_date" in given):
        reader.wrong(_("Envíe «start_date» y «end_date», o ninguna de las dos."))
    span = _bounded(reader, span, now, ("start_date", "end_date"))
    reader.check()
    return span


def update(given: Given, now: datetime, zone: tzinfo) -> UpdateGiven:
    """What another system adds, that already happened.

    Names, mail and telephone that come with it are not kept: nobody needs them.
    """
    reader = Reader(given, zone)
    for name in ("service_request_id", "update_id", "status", "updated_datetime", "description"):
        if name not in given:
            reader.wrong(_("Falta «{name}».").format(name=name))
    status = reader.text("status", limit=40).upper()
    if status and status not in UPDATE_STATUSES:
        reader.wrong(_("«status» no es uno de los estados que se admiten."))
    typed, happened_at = reader.text("service_request_id", limit=40), reader.instant("updated_datetime")
    if happened_at is not None and happened_at > now + CLOCK_TOLERANCE:
        reader.wrong(_("«updated_datetime» está en el futuro. Envíe cuándo ocurrió."))
    folio = normal_folio(typed) or ""
    if typed and not folio:
        reader.wrong(_("No hay una solicitud con ese service_request_id."), code=NOT_FOUND)
    values: Mapping[str, str] = {
        "update_id": reader.text("update_id", limit=80),
        "description": reader.text("description", limit=4000),
        "media_url": reader.link("media_url"),
    }
    reader.check()
    return UpdateGiven(folio=folio, status=status, happened_at=cast(datetime, happened_at), **values)
