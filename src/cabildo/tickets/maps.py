"""What a map draws: the municipality's areas, and where it opens."""

from typing import Any

from cabildo.territory.queries import current_layers, layers_geojson
from cabildo.tickets.queries.places import ROUTING_KINDS
from cabildo.tickets.queries.public import START_ZOOM, thickest_place

CHILE = {"center": [-33.45, -70.66], "zoom": 5}


def public_map() -> dict[str, Any]:
    """The areas; without any, the map opens where most published requests are."""
    drawn = picker()
    place = None if "areas" in drawn else thickest_place()
    return {"center": list(place), "zoom": START_ZOOM + 1} if place else drawn


def picker() -> dict[str, Any]:
    """The areas to place a point on; without any, the map opens on the country."""
    kinds = set(current_layers().values_list("kind", flat=True)) & set(ROUTING_KINDS)
    return {"areas": layers_geojson(kinds)} if kinds else dict(CHILE)
