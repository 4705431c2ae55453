"""How far apart are two places, and which box holds all that is near one?"""

from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_008.8  # mean radius (IUGG); on a sphere the error stays under 0.6 %
POLE_DEGREES = 89.9  # nearer to a pole a box of longitudes says nothing


@dataclass(frozen=True)
class Box:
    """Degrees, WGS84. A box never crosses the antimeridian: no Chilean municipality does."""

    south: float
    west: float
    north: float
    east: float


def metres_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance in metres (haversine)."""
    lower, upper = radians(latitude), radians(other_latitude)
    half_north, half_east = (upper - lower) / 2, radians(other_longitude - longitude) / 2
    chord = sin(half_north) ** 2 + cos(lower) * cos(upper) * sin(half_east) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(chord)))


def box_around(latitude: float, longitude: float, radius_m: float) -> Box:
    """The smallest box of degrees that holds every point within `radius_m` metres."""
    north = degrees(radius_m / EARTH_RADIUS_M)
    narrowest = min(POLE_DEGREES, abs(latitude) + north)
    east = degrees(radius_m / (EARTH_RADIUS_M * cos(radians(narrowest))))
    return Box(
        south=max(-90.0, latitude - north),
        west=max(-180.0, longitude - east),
        north=min(90.0, latitude + north),
        east=min(180.0, longitude + east),
    )


def rounded_metres(metres: float) -> int:
    """A distance as it is told to a stranger: to the next hundred metres, as coarse as a published place."""
    return max(100, int(-(-metres // 100)) * 100)
