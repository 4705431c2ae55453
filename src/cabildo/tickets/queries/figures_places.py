"""Where are the requests? Areas with their counts, never points of homes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cabildo.territory.models import Area
from cabildo.territory.queries import EVERYTHING_BUT_SHAPES, current_layers, layers_geojson
from cabildo.tickets.queries.figures import Load, Row
from cabildo.tickets.queries.places import ROUTING_KINDS


def counting_kind() -> str | None:
    """The kind of areas by which requests are counted here; None when the municipality has none. One query."""
    kinds = set(current_layers().values_list("kind", flat=True))
    return next((kind for kind in ROUTING_KINDS if kind in kinds), None)


def counting_areas() -> list[Area]:
    """The areas in force by which requests are counted, by name. Two queries."""
    kind = counting_kind()
    if kind is None:
        return []
    areas = Area.objects.filter(layer__kind=kind, layer__replaced_at__isnull=True)
    return list(areas.defer(*EVERYTHING_BUT_SHAPES).order_by("name", "code"))


def map_of_areas(rows: Sequence[Row[Load]]) -> dict[str, Any] | None:
    """What the map draws: each area, and the number of its open requests in its middle. None without areas."""
    kind = counting_kind()
    if kind is None:
        return None
    loads = {row.code: row.figure for row in rows}
    shapes = layers_geojson([kind])
    for feature in shapes["features"]:
        feature["properties"]["text"] = _told(loads.get(feature["properties"]["code"], Load()))
    return {"areas": shapes, "cells": list(_numbers(counting_areas(), loads))}


def _told(load: Load) -> str:
    return _("%(open)s abiertas, %(late)s fuera de plazo") % {"open": load.open, "late": load.late}


def _numbers(areas: Sequence[Area], loads: Mapping[str, Load]) -> Any:
    for area in areas:
        if area.code in loads:
            middle = {"lat": (area.south + area.north) / 2, "lon": (area.west + area.east) / 2}
            yield {**middle, "count": loads[area.code].open}
