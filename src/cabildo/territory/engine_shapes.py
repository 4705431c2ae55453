"""The one place where shapely is loaded: validity, overlaps, outlines for maps, point in area."""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from cabildo.kit.rounding import share
from cabildo.territory.rules import AreaShape, Problem

# Neighbours digitised apart overlap by slivers; one part in a thousand of the smaller area is worth telling.
OVERLAP_SHARE = Decimal("0.1")
OUTLINE_TOLERANCE = 0.00005  # degrees: about five metres
OUTLINE_DECIMALS = 5
SHOWN_OVERLAPS = 50
KEPT_SHAPES = 5_000
_REASON = re.compile(r"(?P<reason>[^\[]+)\[(?P<x>\S+) (?P<y>\S+)\]")


def faults(areas: Sequence[AreaShape]) -> tuple[Problem, ...]:
    """Shapes that enclose nothing, cross themselves or are otherwise invalid; and, as warnings, those that overlap."""
    if not areas:
        return ()
    import shapely

    shapes = [_shape(area.geometry) for area in areas]
    reasons = [str(reason) for reason in shapely.is_valid_reason(shapes)]
    broken = [
        _fault(area, reason, shape.area)
        for area, reason, shape in zip(areas, reasons, shapes, strict=True)
        if reason != "Valid Geometry" or not shape.area
    ]
    return tuple(broken or _overlaps(areas, shapes))


def outlines(geometries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same areas with fewer vertices and five decimals (about one metre); borders of neighbours stay common."""
    import shapely

    shapes = [_shape(geometry) for geometry in geometries]
    simple = shapely.coverage_simplify(shapes, OUTLINE_TOLERANCE)
    return [
        _rounded(shapely.geometry.mapping(whole if thin.is_empty else thin))
        for whole, thin in zip(shapes, simple, strict=True)
    ]


def covers(key: Hashable, geometry: Callable[[], dict[str, Any]], longitude: float, latitude: float) -> bool:
    """Whether the point is in the area or on its border. The shape of each `key` is prepared once per process."""
    import shapely

    shape = _prepared(key, _Source(geometry))
    return bool(shapely.covers(shape, shapely.Point(longitude, latitude)))


class _Source:
    """A geometry to be fetched on a miss: all are equal, so that only the key tells cached shapes apart."""

    def __init__(self, fetch: Callable[[], dict[str, Any]]) -> None:
        self.fetch = fetch

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=KEPT_SHAPES)
def _prepared(_key: Hashable, source: _Source) -> Any:
    import shapely

    shape = _shape(source.fetch())
    shapely.prepare(shape)
    return shape


def _shape(geometry: dict[str, Any]) -> Any:
    from shapely.geometry import shape

    return shape(geometry)


def _fault(area: AreaShape, reason: str, surface: float) -> Problem:
    found = _REASON.match(reason)
    if found is None or not surface:
        return Problem("no_surface", area.number, area.code, "geometry")
    code = "self_intersection" if "Self-intersection" in found["reason"] else "invalid_shape"
    return Problem(code, area.number, area.code, "geometry", {"found": f"[{found['x']}, {found['y']}]"})


def _overlaps(areas: Sequence[AreaShape], shapes: Sequence[Any]) -> Iterator[Problem]:
    import shapely

    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    told = 0
    for i, j in sorted((int(a), int(b)) for a, b in zip(left, right, strict=True) if a < b):
        common = shapely.intersection(shapes[i], shapes[j]).area
        percent = share(Decimal(common), Decimal(min(shapes[i].area, shapes[j].area)))
        if percent is not None and percent >= OVERLAP_SHARE and told < SHOWN_OVERLAPS:
            told += 1
            facts = {"other": areas[i].number, "other_code": areas[i].code, "share": str(percent).replace(".", ",")}
            yield Problem("overlap", areas[j].number, areas[j].code, "geometry", facts)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {"type": value["type"], "coordinates": _rounded(value["coordinates"])}
    if isinstance(value, float):
        return round(value, OUTLINE_DECIMALS)
    return [_rounded(part) for part in value]
