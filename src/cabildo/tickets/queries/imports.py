"""What of a file is here already, which imports there were, and where do its points fall?"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from cabildo.accounts.access import can
from cabildo.territory.queries import area_at, current_layers
from cabildo.tickets.choices import EventKind, TicketPermission
from cabildo.tickets.models import ImportProblem, ImportRun, SourceMapping, Ticket, TicketEvent
from cabildo.tickets.queries.places import ROUTING_KINDS, Place

NOTED = ("external_id", "folio", "version", "requester", "municipality")
PlaceOf = Callable[[float | None, float | None], Place]


def runs() -> QuerySet[ImportRun]:
    """Every import, newest first, with who asked for it."""
    return ImportRun.objects.select_related("by").defer("mapping").order_by("-pk")


def visible_runs(user: Any) -> QuerySet[ImportRun]:
    """Those whose file, full of persons, this one may read: their own uploads; all, for who reads all requests."""
    return runs() if can(user, TicketPermission.VIEW_ALL) else runs().filter(by=user.pk)


def saved_mappings() -> QuerySet[SourceMapping]:
    """The mappings of the sources imported before, by name."""
    return SourceMapping.objects.order_by("label", "pk")


def problems(run: ImportRun) -> QuerySet[ImportProblem]:
    """The refused cells of a run, in the order of the file."""
    return ImportProblem.objects.filter(run=run).order_by("row", "pk")


def known_tickets(source: str, external_ids: Iterable[str]) -> dict[str, Ticket]:
    """The requests of these external ids that are here, by id. One query."""
    found = Ticket.objects.filter(source=source, external_id__in=list(external_ids)).only(*NOTED)
    return {str(ticket.external_id): ticket for ticket in found}


def last_imports(tickets: Iterable[Ticket]) -> dict[int, dict[str, object]]:
    """What each request's last import noted of itself, by key of the request. One query."""
    events = TicketEvent.objects.filter(ticket__in=[ticket.pk for ticket in tickets], kind=EventKind.IMPORTED)
    return dict(events.order_by("at", "pk").values_list("ticket_id", "data"))


def place_finder() -> PlaceOf:
    """`place_of` for many points: which layer routes here is asked once."""
    kinds = set(current_layers().values_list("kind", flat=True))
    kind = next((kind for kind in ROUTING_KINDS if kind in kinds), None)

    def place(latitude: float | None, longitude: float | None) -> Place:
        if kind is None or latitude is None or longitude is None:
            return Place()
        area = area_at(latitude, longitude, kind)
        return Place(area, is_outside=area is None)

    return place
