"""What is wrong with a GeoJSON file, said before anything is drawn."""

import pytest

from cabildo.territory import rules
from territory.shapes import collection, feature, square, two_squares

OPEN = [*square(0)[:-1], [-71.6, -33.049]]
UTM = [[346000, 6297000], [347000, 6297000], [347000, 6298000], [346000, 6297000]]
MERCATOR = [[-7970000, -3900000], [-7969000, -3900000], [-7969000, -3899000], [-7970000, -3900000]]
SWAPPED = [[y, x] for x, y in square(0)]
MADRID = [[-3.7, 40.4], [-3.6, 40.4], [-3.6, 40.5], [-3.7, 40.4]]
NOWHERE = [[500, 500], [501, 500], [501, 501], [500, 500]]


def check(content: bytes) -> rules.Checked:
    reading = rules.read_features(content)
    assert reading.problems == ()
    return rules.check_areas(reading.features, "codigo", "nombre")


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def test_good_areas_pass_with_code_name_and_rings() -> None:
    checked = check(two_squares())

    assert checked.problems == ()
    assert [(a.number, a.code, a.name) for a in checked.areas] == [(1, "A", "Cerro"), (2, "B", "Plan")]
    assert checked.areas[0].polygons == ((tuple(map(tuple, square(0))),),)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "not_utf8"),
        (b"{", "not_json"),
        (b'{"type": NaN}', "not_json"),
        (b"[" * 200_000, "not_json"),
        (b"[]", "not_collection"),
        (b'{"type": "Topology"}', "not_collection"),
        (b'{"type": "FeatureCollection", "features": []}', "no_features"),
        (b'{"type": "FeatureCollection"}', "no_features"),
        (collection(*[{}] * (rules.MAX_FEATURES + 1)), "too_many_features"),
        (b" " * (rules.MAX_BYTES + 1), "too_big"),
    ],
)
def test_an_unreadable_file_says_why(content: bytes, code: str) -> None:
    assert codes(rules.read_features(content).problems) == [code]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_wgs84_may_be_declared_under_its_usual_names(name: str) -> None:
    content = collection(feature("A", square(0)), crs={"type": "name", "properties": {"name": name}})

    assert rules.read_features(content).problems == ()


def test_another_reference_system_is_named_and_refused() -> None:
    content = collection(feature("A", square(0)), crs={"type": "name", "properties": {"name": "EPSG:32719"}})

    (problem,) = rules.read_features(content).problems
    assert (problem.code, problem.facts["found"]) == ("wrong_crs", "EPSG:32719")


@pytest.mark.parametrize(
    ("ring", "code"),
    [
        (OPEN, "open_ring"),
        (square(0)[:3], "short_ring"),
        (UTM, "metres"),
        (MERCATOR, "metres"),
        (SWAPPED, "swapped_axes"),
        (MADRID, "outside_chile"),
        (NOWHERE, "not_degrees"),
        ([["a", "b"]], "bad_position"),
        ([[True, False]], "bad_position"),
        ([[-71.6]], "bad_position"),
        (7, "bad_position"),
    ],
)
def test_a_faulty_ring_is_reported_at_its_feature(ring: list, code: str) -> None:
    (problem,) = check(collection(feature("A", square(0)), feature("B", ring))).problems

    assert (problem.code, problem.feature, problem.area_code) == (code, 2, "B")


def test_utm_metres_are_recognised_as_such() -> None:
    (problem,) = check(collection(feature("A", UTM))).problems

    assert problem.facts == {"found": "[346000, 6297000]", "system": "UTM"}


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "no_geometry"),
        ({"type": "Polygon", "coordinates": []}, "no_geometry"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "no_geometry"),
        ({"type": "Point", "coordinates": [-71.6, -33.0]}, "not_polygon"),
        ({"type": "GeometryCollection", "geometries": []}, "no_geometry"),
    ],
)
def test_a_feature_must_be_a_polygon(geometry: dict | None, code: str) -> None:
    assert codes(check(collection(feature("A", [], "Uno") | {"geometry": geometry})).problems) == [code]


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("", "Uno", ["missing_code"]),
        (None, "Uno", ["missing_code"]),
        ("B", "  ", ["missing_name"]),
        ("x" * 41, "Uno", ["code_too_long"]),
        ("B", "x" * 121, ["name_too_long"]),
        (["B"], None, ["missing_code", "missing_name"]),
        ("a", "Uno", ["duplicate_code"]),
    ],
)
def test_a_faulty_code_or_name_is_reported_at_its_feature(code, name, expected: list[str]) -> None:
    problems = check(collection(feature("A", square(0)), feature(code, square(1), name))).problems

    assert codes(problems) == expected
    assert {problem.feature for problem in problems} == {2}


def test_a_duplicate_code_names_the_earlier_feature() -> None:
    (problem,) = check(collection(feature("A", square(0)), feature("A", square(1)))).problems

    assert problem.facts == {"code": "A", "earlier": 1}


def test_an_unknown_column_is_one_problem_of_the_whole_file() -> None:
    features = rules.read_features(two_squares()).features

    (problem,) = rules.check_areas(features, "codigo", "glosa").problems

    assert (problem.code, problem.feature, problem.facts["known"]) == ("unknown_property", None, "codigo, nombre")


def test_too_many_vertices_are_counted(monkeypatch) -> None:
    monkeypatch.setattr(rules, "MAX_VERTICES", 9)

    (problem,) = check(two_squares()).problems

    assert (problem.code, problem.facts) == ("too_many_vertices", {"count": 10, "limit": 9})


def test_a_height_is_dropped() -> None:
    ring = [[x, y, 120.5] for x, y in square(0)]

    assert check(collection(feature("A", ring))).areas[0].polygons == ((tuple(map(tuple, square(0))),),)


@pytest.mark.parametrize(("value", "text"), [(7.0, "7"), (7, "7"), (" 7  A ", "7 A"), (True, ""), (None, ""), ({}, "")])
def test_a_code_is_text_however_it_was_written(value, text: str) -> None:
    assert rules.as_text(value) == text


def test_the_likely_columns_are_proposed() -> None:
    features = [{"properties": {"OBJECTID": 1, "COD_UV": "7", "NOMBRE_UV": "Cerro Alegre"}}]

    found = rules.columns(features)

    assert found[1] == rules.Column("COD_UV", 1, ("7",))
    assert rules.propose_mapping(found) == ("COD_UV", "NOMBRE_UV")


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
@pytest.mark.parametrize(
    "coordinates", [1, "x", [1], [[]], [[[]]], [[[None]]], [[["a", {}]]], [[[[1e300, 2]]]], {"a": 1}]
)
def test_any_coordinates_end_in_a_problem_and_not_in_a_crash(kind: str, coordinates) -> None:
    content = collection(feature("A", []) | {"geometry": {"type": kind, "coordinates": coordinates}})

    assert codes(check(content).problems)[0] in {"bad_position", "no_geometry", "short_ring"}
