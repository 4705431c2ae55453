"""GeoJSON made by hand for the tests: squares near Valparaíso, one hundredth of a degree (about 1 km) a side."""

import json
from typing import Any

WEST, SOUTH, SIDE = -71.6, -33.05, 0.01


def square(column: int, row: int = 0, side: float = SIDE) -> list[list[float]]:
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    corners = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    return [[round(x, 6), round(y, 6)] for x, y in corners]


def feature(code: Any, ring: list, name: Any = "Sector", **more: Any) -> dict:
    return {
        "type": "Feature",
        "properties": {"codigo": code, "nombre": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        **more,
    }


def collection(*features: dict, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def two_squares() -> bytes:
    return collection(feature("A", square(0), "Cerro"), feature("B", square(1), "Plan"))
