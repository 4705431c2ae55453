"""What is wrong with a GeoJSON file of areas? Plain checks of RFC 7946, before any geometry library sees it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, NoReturn

from cabildo.kit.text import words
from cabildo.territory.geodesy import Polygon, Position, Ring, is_in_chile

MAX_BYTES = 10 * 1024 * 1024
MAX_FEATURES = 2_000
MAX_VERTICES = 200_000
MAX_CODE, MAX_NAME = 40, 120
SAMPLES = 3
# A millionth of a degree is 11 cm; one more digit keeps borders of neighbours equal.
COORDINATE_DECIMALS = 7
WGS84_NAMES = ("crs84", "epsg:4326", "epsg::4326")
WARNINGS = frozenset({"overlap"})
CODE_WORDS = ("codigo", "cod", "code", "id", "clave", "numero", "num", "nro", "uv")
NAME_WORDS = ("nombre", "name", "nom", "denominacion", "descripcion", "titulo")

Feature = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `feature` counts from 1 in the order of the file; None when it is about the whole file."""

    code: str
    feature: int | None = None
    area_code: str = ""
    column: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def warns(self) -> bool:
        """Whether it is only told, not refused."""
        return self.code in WARNINGS


@dataclass(frozen=True, slots=True)
class Reading:
    """The features of a file, or why it could not be read."""

    features: tuple[Feature, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaShape:
    """A feature that passed: its number in the file, code, name and rings in WGS84 degrees."""

    number: int
    code: str
    name: str
    polygons: tuple[Polygon, ...]

    @property
    def geometry(self) -> dict[str, Any]:
        """As GeoJSON, always a MultiPolygon."""
        return {"type": "MultiPolygon", "coordinates": [[list(map(list, r)) for r in p] for p in self.polygons]}


@dataclass(frozen=True, slots=True)
class Checked:
    areas: tuple[AreaShape, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A property of the features: how many have it and a few of its values."""

    name: str
    filled: int
    samples: tuple[str, ...]


class _WrongGeometryError(Exception):
    """Stops the check of one geometry at its first fault."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def read_features(content: bytes) -> Reading:
    """The features of a GeoJSON file: UTF-8, a FeatureCollection in WGS84, within the limits of size."""
    if len(content) > MAX_BYTES:
        return _unreadable("too_big", megabytes=len(content) / 2**20, limit=MAX_BYTES // 2**20)
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        return _unreadable("not_utf8")
    except json.JSONDecodeError as error:
        return _unreadable("not_json", line=error.lineno, position=error.colno)
    except (ValueError, RecursionError):
        return _unreadable("not_json", line=1, position=1)
    return _read_collection(document)


def columns(features: Sequence[Feature]) -> tuple[Column, ...]:
    """The properties of all features in order of appearance, to choose which is the code and which the name."""
    values: dict[str, list[str]] = {}
    for feature in features:
        for name, value in _properties(feature).items():
            values.setdefault(name, []).append(as_text(value))
    return tuple(
        Column(name, sum(map(bool, texts)), tuple(dict.fromkeys(filter(None, texts)))[:SAMPLES])
        for name, texts in values.items()
    )


def propose_mapping(found: Sequence[Column]) -> tuple[str, str]:
    """Which property is most likely the code and which the name; "" when none looks like it."""
    return _first_like(found, CODE_WORDS), _first_like(found, NAME_WORDS)


def check_areas(features: Sequence[Feature], code_property: str, name_property: str) -> Checked:
    """Codes, names and geometries of all features; every fault of a code or name, the first of each geometry.

    An area is in `areas` only when nothing is wrong with it.
    """
    if problems := list(_unknown_properties(features, code_property, name_property)):
        return Checked(problems=tuple(problems))
    areas, seen = [], dict[str, int]()
    for number, feature in enumerate(features, 1):
        area, faults = _check_feature(number, feature, code_property, name_property, seen)
        problems += faults
        if area:
            areas.append(area)
    if (vertices := sum(len(ring) for area in areas for polygon in area.polygons for ring in polygon)) > MAX_VERTICES:
        problems.append(Problem("too_many_vertices", facts={"count": vertices, "limit": MAX_VERTICES}))
    return Checked(tuple(areas), tuple(problems))


def as_text(value: Any) -> str:
    """A property as the text of a code or name: 7.0, as spreadsheets write it, is "7"; lists and objects are none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).split())


def _unreadable(code: str, **facts: Any) -> Reading:
    return Reading(problems=(Problem(code, facts=facts),))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _read_collection(document: Any) -> Reading:
    kind = document.get("type") if isinstance(document, dict) else type(document).__name__
    if kind != "FeatureCollection":
        return _unreadable("not_collection", found=str(kind)[:60])
    if name := _foreign_crs(document.get("crs")):
        return _unreadable("wrong_crs", found=name)
    features = document.get("features")
    if not isinstance(features, list) or not features:
        return _unreadable("no_features")
    if len(features) > MAX_FEATURES:
        return _unreadable("too_many_features", count=len(features), limit=MAX_FEATURES)
    return Reading(tuple(feature if isinstance(feature, dict) else {} for feature in features))


def _foreign_crs(crs: Any) -> str:
    """The name of a declared reference system other than WGS84; "" when it is that or none is declared."""
    if crs is None:
        return ""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    return "" if name.lower().endswith(WGS84_NAMES) else name[:60] or "?"


def _properties(feature: Feature) -> Mapping[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _first_like(found: Sequence[Column], likely: Sequence[str]) -> str:
    for word in likely:
        for column in found:
            if word in words(column.name.replace("_", " ")):
                return column.name
    return ""


def _unknown_properties(features: Sequence[Feature], *chosen: str) -> Iterator[Problem]:
    known = {name for feature in features for name in _properties(feature)}
    for name in dict.fromkeys(chosen):
        if name not in known:
            facts = {"property": name, "known": ", ".join(sorted(known)) or "—"}
            yield Problem("unknown_property", column=name, facts=facts)


def _check_feature(
    number: int, feature: Feature, code_property: str, name_property: str, seen: dict[str, int]
) -> tuple[AreaShape | None, list[Problem]]:
    properties = _properties(feature)
    code, name = as_text(properties.get(code_property)), as_text(properties.get(name_property))
    problems = [
        Problem(fault, number, code[:MAX_CODE], column, facts)
        for fault, column, facts in _identity_faults(code, name, code_property, name_property, seen)
    ]
    seen.setdefault(code.casefold(), number)
    try:
        polygons = _polygons(feature.get("geometry"))
    except _WrongGeometryError as wrong:
        return None, [*problems, Problem(wrong.code, number, code[:MAX_CODE], "geometry", wrong.facts)]
    return (None if problems else AreaShape(number, code, name, polygons)), problems


def _identity_faults(
    code: str, name: str, code_property: str, name_property: str, seen: Mapping[str, int]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    if not code:
        yield "missing_code", code_property, {"property": code_property}
    elif len(code) > MAX_CODE:
        yield "code_too_long", code_property, {"limit": MAX_CODE}
    elif earlier := seen.get(code.casefold()):
        yield "duplicate_code", code_property, {"code": code, "earlier": earlier}
    if not name:
        yield "missing_name", name_property, {"property": name_property}
    elif len(name) > MAX_NAME:
        yield "name_too_long", name_property, {"limit": MAX_NAME}


def _polygons(geometry: Any) -> tuple[Polygon, ...]:
    if not isinstance(geometry, dict) or not geometry.get("coordinates"):
        raise _WrongGeometryError("no_geometry")
    kind, coordinates = geometry.get("type"), geometry["coordinates"]
    if kind not in {"Polygon", "MultiPolygon"}:
        raise _WrongGeometryError("not_polygon", found=str(kind)[:60])
    return tuple(_polygon(rings) for rings in ([coordinates] if kind == "Polygon" else _a_list(coordinates)))


def _polygon(rings: Any) -> Polygon:
    if not _a_list(rings):
        raise _WrongGeometryError("no_geometry")
    return tuple(_ring(ring) for ring in rings)


def _ring(positions: Any) -> Ring:
    ring = tuple(_position(position) for position in _a_list(positions))
    if len(ring) < 4:
        raise _WrongGeometryError("short_ring", count=len(ring))
    if ring[0] != ring[-1]:
        raise _WrongGeometryError("open_ring", first=_shown(ring[0]), last=_shown(ring[-1]))
    return ring


def _position(position: Any) -> Position:
    """Longitude and latitude; a height is dropped."""
    numbers = _a_list(position)[:2]
    if len(numbers) < 2 or not all(type(n) in (int, float) and abs(n) < 1e12 and isfinite(n) for n in numbers):
        raise _WrongGeometryError("bad_position", found=str(position)[:60])
    x, y = numbers
    if not is_in_chile(x, y):
        raise _misplaced(x, y)
    return round(float(x), COORDINATE_DECIMALS), round(float(y), COORDINATE_DECIMALS)


def _misplaced(x: float, y: float) -> _WrongGeometryError:
    """Why a position is not in Chile: metres instead of degrees, axes swapped, or another place."""
    found = _shown((x, y))
    if 100_000 <= x <= 1_000_000 and 3_500_000 <= y <= 10_000_000:
        return _WrongGeometryError("metres", found=found, system="UTM")
    if -12_300_000 <= x <= -7_300_000 and -7_800_000 <= y <= -1_900_000:
        return _WrongGeometryError("metres", found=found, system="Web Mercator")
    if is_in_chile(y, x):
        return _WrongGeometryError("swapped_axes", found=found)
    return _WrongGeometryError("outside_chile" if abs(x) <= 180 and abs(y) <= 90 else "not_degrees", found=found)


def _shown(position: tuple[float, float]) -> str:
    return f"[{position[0]:.10g}, {position[1]:.10g}]"


def _a_list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _WrongGeometryError("bad_position", found=str(value)[:60])
    return value
