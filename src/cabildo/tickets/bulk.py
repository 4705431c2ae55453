"""Published requests as a GeoReport Bulk file: no personal data, places within a hundred metres."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from cabildo.accounts.links import absolute
from cabildo.accounts.scoping import current_municipality, in_municipality
from cabildo.documents.models import Document
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.public import in_chunks
from cabildo.tickets.rules.cells import coarse
from cabildo.ui.exports import csv_lines

COLUMNS = (
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "closed_date",
    "address",
    "zipcode",
    "lat",
    "long",
    "media_url",
    "status_description",
    "source",
    "service_subtype",
)


def csv(values: Mapping[str, Any]) -> Iterator[str]:
    """The file, line by line. `address` is the area, never the street; `description` only what is published."""
    return csv_lines(COLUMNS, _rows(values), separator=",")


def _rows(values: Mapping[str, Any]) -> Iterator[list[Any]]:
    municipality = current_municipality()
    for tickets, photos in in_chunks(values):
        with in_municipality(municipality):
            rows = [_row(ticket, photos.get(ticket.pk)) for ticket in tickets]
        yield from rows


def _row(ticket: Ticket, photo: Document | None) -> list[Any]:
    closed = _instant(ticket.closed_at)
    return [
        ticket.folio,
        "open" if ticket.is_open else "closed",
        ticket.get_outcome_display(),
        ticket.category.label,
        ticket.category.code,
        ticket.public_text,
        str(ticket.department or ""),
        "",
        _instant(ticket.received_at),
        closed or _instant(ticket.updated_at),
        _instant(timezone.make_aware(datetime.combine(ticket.legal_due_on, time()))) if ticket.legal_due_on else "",
        closed,
        ticket.area.name if ticket.area else "",
        "",
        _degrees(ticket.latitude),
        _degrees(ticket.longitude),
        absolute("documents:download", photo.public_id) if photo else "",
        ticket.get_state_display(),
        ticket.get_channel_display(),
        ticket.get_kind_display(),
    ]


def _instant(at: datetime | None) -> str:
    """With its zone, as GeoReport asks."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def _degrees(value: float | None) -> float | None:
    return None if value is None else coarse(value)
