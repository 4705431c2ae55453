"""Which area holds a point, and what the map is given."""

import pytest
from django_scopes.exceptions import ScopeError

from cabildo.accounts.scoping import in_municipality
from cabildo.territory import queries
from cabildo.territory.choices import LayerKind
from cabildo.territory.models import Area
from territory.shapes import SIDE, collection, feature, square

KIND = LayerKind.NEIGHBOURHOOD_UNIT
IN_CERRO, IN_PLAN, ON_THEIR_BORDER, AT_SEA = (-33.045, -71.595), (-33.045, -71.585), (-33.045, -71.59), (-33.045, -71.7)
TRIANGLE = [[-71.6, -33.05], [-71.5, -33.05], [-71.5, -32.95], [-71.6, -33.05]]


@pytest.mark.parametrize(("point", "code"), [(IN_CERRO, "A"), (IN_PLAN, "B"), (ON_THEIR_BORDER, "A"), (AT_SEA, None)])
def test_a_point_is_found_in_its_area(layer, point: tuple[float, float], code: str | None) -> None:
    found = queries.area_at(*point, KIND)

    assert (found.code if found else None) == code


def test_the_box_alone_does_not_make_a_point_belong(publish) -> None:
    publish(collection(feature("T", TRIANGLE)))

    assert queries.area_at(-32.96, -71.59, KIND) is None
    assert queries.area_at(-33.04, -71.51, KIND).code == "T"


def test_of_two_areas_that_hold_the_point_the_smallest_is_taken(publish) -> None:
    publish(collection(feature("A", square(0, side=SIDE * 2)), feature("B", square(1))))

    assert queries.area_at(*IN_PLAN, KIND).code == "B"


def test_a_point_is_looked_up_in_the_version_in_force(layer, publish) -> None:
    queries.area_at(*IN_CERRO, KIND)
    publish(collection(feature("NEW", square(0))))

    assert queries.area_at(*IN_CERRO, KIND).code == "NEW"


def test_another_kind_of_layer_does_not_answer(layer) -> None:
    assert queries.area_at(*IN_CERRO, LayerKind.SECTOR) is None


def test_another_municipality_does_not_see_the_area(layer, otra_comuna) -> None:
    with in_municipality(otra_comuna):
        assert queries.area_at(*IN_CERRO, KIND) is None


def test_asking_outside_a_municipality_is_an_error() -> None:
    with pytest.raises(ScopeError):
        Area.objects.count()


def test_a_known_shape_costs_one_query(layer, django_assert_num_queries) -> None:
    queries.area_at(*IN_CERRO, KIND)

    with django_assert_num_queries(1):
        queries.area_at(*IN_CERRO, KIND)


def test_the_map_gets_code_name_and_outline_of_the_layers_in_force(layer) -> None:
    found = queries.layers_geojson([KIND])

    assert [feature["properties"]["code"] for feature in found["features"]] == ["A", "B"]
    assert found["features"][0]["properties"]["name"] == "Cerro"
    assert found["features"][0]["geometry"]["type"] in {"Polygon", "MultiPolygon"}


def test_the_map_costs_the_same_queries_whatever_the_areas(publish, django_assert_num_queries) -> None:
    for count in (1, 3):
        publish(collection(*[feature(f"A{i}", square(i)) for i in range(count)]))
        with django_assert_num_queries(1):
            queries.layers_geojson([KIND])


def test_a_review_proposes_columns_and_lists_all_problems() -> None:
    found = queries.review(collection(feature("A", square(0)), feature("A", square(1), "")))

    assert (found.code_property, found.name_property, found.total) == ("codigo", "nombre", 2)
    assert [problem.code for problem in found.errors] == ["duplicate_code", "missing_name"]


def test_a_layer_lists_its_areas_without_their_shapes(layer) -> None:
    assert {field for area in queries.areas_of(layer) for field in area.get_deferred_fields()} == {
        "geometry",
        "outline",
    }
