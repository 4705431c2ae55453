"""Sizes and places on the WGS84 ellipsoid. Positions are (longitude, latitude) in degrees."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from math import atanh, radians, sin, sqrt

from cabildo.kit.rounding import half_up

Position = tuple[float, float]
Ring = Sequence[Position]
Polygon = Sequence[Ring]
Box = tuple[float, float, float, float]  # west, south, east, north

SEMI_MAJOR_AXIS_M = 6_378_137.0
ECCENTRICITY = sqrt(0.006_694_379_990_141_4)
KILOMETRE_DECIMALS = 4

# Continent and near islands; San Félix and Juan Fernández; Rapa Nui and Salas y Gómez; Antarctic territory.
CHILE: tuple[Box, ...] = (
    (-76.0, -56.6, -66.0, -17.4),
    (-81.5, -34.5, -76.0, -26.0),
    (-110.0, -28.0, -105.0, -26.0),
    (-90.0, -90.0, -53.0, -60.0),
)


def is_in_chile(longitude: float, latitude: float) -> bool:
    """Whether the point is in one of the boxes that hold Chile's territory; a coarse test, not the border."""
    return any(west <= longitude <= east and south <= latitude <= north for west, south, east, north in CHILE)


def bounding_box(polygons: Iterable[Polygon]) -> Box:
    """The smallest box around all rings."""
    positions = [position for polygon in polygons for ring in polygon for position in ring]
    longitudes, latitudes = zip(*positions, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def area_km2(polygons: Iterable[Polygon]) -> Decimal:
    """Surface in square kilometres, holes taken out, to the nearest 100 square metres.

    Computed in Lambert's cylindrical equal-area projection of the ellipsoid (Snyder 1987, §10), which keeps surfaces
    exactly; edges are straight there: for sides of a few kilometres less than one part in 10,000 away from geodesics.
    """
    square_metres = sum(_ring_m2(polygon[0]) - sum(_ring_m2(hole) for hole in polygon[1:]) for polygon in polygons)
    return half_up(Decimal(square_metres) / 1_000_000, KILOMETRE_DECIMALS)


def _ring_m2(ring: Ring) -> float:
    origin_x, origin_y = _equal_area(ring[0])
    # relative to the first corner: far from the origin the products would lose their last digits
    points = [(x - origin_x, y - origin_y) for x, y in map(_equal_area, ring)]
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points))
    return abs(twice) / 2


def _equal_area(position: Position) -> Position:
    """Metres east of Greenwich and north of the equator in the equal-area projection."""
    e, sine = ECCENTRICITY, sin(radians(position[1]))
    q = (1 - e * e) * (sine / (1 - (e * sine) ** 2) + atanh(e * sine) / e)
    return SEMI_MAJOR_AXIS_M * radians(position[0]), SEMI_MAJOR_AXIS_M * q / 2
