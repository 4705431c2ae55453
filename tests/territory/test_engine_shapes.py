"""Validity, overlaps and outlines, with real geometry."""

import pytest

from cabildo.territory import engine_shapes, rules
from territory.shapes import SIDE, collection, feature, square, two_squares

BOW_TIE = [[-71.6, -33.05], [-71.59, -33.04], [-71.59, -33.05], [-71.6, -33.04], [-71.6, -33.05]]
UNEVEN_BOW_TIE = [[-71.6, -33.05], [-71.58, -33.02], [-71.58, -33.05], [-71.6, -33.04], [-71.6, -33.05]]
FLAT = [[-71.6, -33.05], [-71.59, -33.05], [-71.58, -33.05], [-71.6, -33.05]]


def shapes(content: bytes) -> tuple[rules.AreaShape, ...]:
    return rules.check_areas(rules.read_features(content).features, "codigo", "nombre").areas


def test_neighbours_that_share_a_border_are_fine() -> None:
    assert engine_shapes.faults(shapes(two_squares())) == ()


def test_a_border_that_crosses_itself_says_where() -> None:
    (problem,) = engine_shapes.faults(shapes(collection(feature("A", square(3)), feature("B", UNEVEN_BOW_TIE))))

    assert (problem.code, problem.feature, problem.area_code) == ("self_intersection", 2, "B")
    assert problem.facts["found"].startswith("[-71.59")


@pytest.mark.parametrize("ring", [FLAT, BOW_TIE])
def test_a_shape_that_encloses_nothing_is_refused(ring: list) -> None:
    (problem,) = engine_shapes.faults(shapes(collection(feature("A", ring))))

    assert not problem.warns


def test_a_hole_outside_its_polygon_is_invalid() -> None:
    broken = feature("A", square(0))
    broken["geometry"]["coordinates"].append(square(4, side=0.001))

    (problem,) = engine_shapes.faults(shapes(collection(broken)))

    assert problem.code == "invalid_shape"


def test_overlapping_areas_are_told_and_not_refused() -> None:
    wide = square(0, side=SIDE * 2)

    (problem,) = engine_shapes.faults(shapes(collection(feature("A", wide), feature("B", square(1)))))

    assert (problem.code, problem.feature, problem.warns) == ("overlap", 2, True)
    assert problem.facts == {"other": 1, "other_code": "A", "share": "100,0"}


def test_an_outline_drops_vertices_that_say_nothing() -> None:
    ring = square(0)
    middle = [(ring[0][0] + ring[1][0]) / 2, ring[0][1]]
    (area,) = shapes(collection(feature("A", [ring[0], middle, *ring[1:]])))

    (outline,) = engine_shapes.outlines([area.geometry])

    assert len(outline["coordinates"][0][0]) == len(ring)
