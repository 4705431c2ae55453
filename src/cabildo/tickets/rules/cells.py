"""In which square of the map does a place fall, and how exactly may a place be told?

Squares of a zoom are as wide as a quarter of a map tile (64 px); each holds four of the next zoom.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, isnan

FARTHEST, NEAREST = 8, 16  # zooms with squares; nearer ones would be finer than a published place
POINTS_FROM = 16  # zoom; single requests, where few are in sight
DECIMALS = 3  # of a published coordinate: about a hundred metres
STEP = 10**-DECIMALS
CENTRE_DECIMALS = 5  # about a metre

Square = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """A rectangle in WGS84 degrees."""

    west: float
    south: float
    east: float
    north: float


def on_earth(box: Box) -> Box:
    """The box without what lies beyond the edges of the map. ValueError when a side is no number."""
    sides = (box.west, box.south, box.east, box.north)
    if any(isnan(side) for side in sides):
        raise ValueError("a side of the box is no number")
    return Box(_within(box.west, 180), _within(box.south, 90), _within(box.east, 180), _within(box.north, 90))


def _within(degrees: float, most: int) -> float:
    return min(max(degrees, -most), most)


def squares_per_degree(zoom: int) -> float:
    return 2 ** (zoom + 2) / 360


def square_of(latitude: float, longitude: float, zoom: int) -> Square:
    scale = squares_per_degree(zoom)
    return floor(longitude * scale), floor(latitude * scale)


def centre_of(square: Square, zoom: int) -> tuple[float, float]:
    """Latitude and longitude of the middle of a square."""
    scale = squares_per_degree(zoom)
    return round((square[1] + 0.5) / scale, CENTRE_DECIMALS), round((square[0] + 0.5) / scale, CENTRE_DECIMALS)


def coarser[Key](counts: Mapping[tuple[Square, Key], tuple[int, int]]) -> dict[tuple[Square, Key], tuple[int, int]]:
    """The same counts by the squares of one zoom less."""
    summed: dict[tuple[Square, Key], tuple[int, int]] = {}
    for ((x, y), key), (still_open, closed) in counts.items():
        parent = ((x // 2, y // 2), key)
        before = summed.get(parent, (0, 0))
        summed[parent] = (before[0] + still_open, before[1] + closed)
    return summed


def coarse(degrees: float) -> float:
    """A coordinate as it is published."""
    return round(degrees, DECIMALS)


def snapped(box: Box) -> Box:
    """The box grown to whole steps of published coordinates: asking for ever smaller boxes finds nothing finer."""
    return Box(_down(box.west), _down(box.south), _up(box.east), _up(box.north))


def _down(degrees: float) -> float:
    return (floor(degrees / STEP + 0.5) - 0.5) * STEP


def _up(degrees: float) -> float:
    return (ceil(degrees / STEP - 0.5) + 0.5) * STEP
