"""In which area of the municipality does a point fall?"""

from dataclasses import dataclass

from cabildo.territory.choices import LayerKind
from cabildo.territory.models import Area
from cabildo.territory.queries import area_at, current_layers

# The first of these layers that the municipality has uploaded is the one that routes and counts.
ROUTING_KINDS = (LayerKind.SECTOR, LayerKind.NEIGHBOURHOOD_UNIT, LayerKind.DELEGATION)


@dataclass(frozen=True)
class Place:
    """The area of a point, if any; `is_outside` says that there are areas and none holds it."""

    area: Area | None = None
    is_outside: bool = False


def place_of(latitude: float | None, longitude: float | None) -> Place:
    """Two queries at most: which layer routes here, and which of its areas holds the point."""
    if latitude is None or longitude is None:
        return Place()
    kinds = set(current_layers().values_list("kind", flat=True))
    kind = next((kind for kind in ROUTING_KINDS if kind in kinds), None)
    if kind is None:
        return Place()
    area = area_at(latitude, longitude, kind)
    return Place(area, is_outside=area is None)
