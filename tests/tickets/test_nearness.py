"""How far apart two places are, checked against known distances and against itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.tickets.rules.nearness import box_around, metres_between, rounded_metres

LATITUDES = st.floats(-56, -17)
LONGITUDES = st.floats(-75, -67)


def test_the_distance_between_two_cities_is_the_known_one() -> None:
    santiago, valparaiso = (-33.4372, -70.6506), (-33.0458, -71.6197)

    assert metres_between(*santiago, *valparaiso) == pytest.approx(100_200, rel=0.01)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert metres_between(-33, -70, -34, -70) == pytest.approx(111_195, rel=0.001)


@given(LATITUDES, LONGITUDES, st.floats(1, 5000), st.floats(-1, 1), st.floats(-1, 1))
def test_what_is_within_the_radius_is_inside_the_box(latitude, longitude, radius, north, east) -> None:
    box = box_around(latitude, longitude, radius)
    other = (latitude + north * (box.north - latitude) * 1.5, longitude + east * (box.east - longitude) * 1.5)
    inside = box.south <= other[0] <= box.north and box.west <= other[1] <= box.east

    assert inside or metres_between(latitude, longitude, *other) > radius


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_going_is_as_far_as_coming_back(one, two, three, four) -> None:
    assert metres_between(one, two, three, four) == pytest.approx(metres_between(three, four, one, two))


@pytest.mark.parametrize(("metres", "told"), [(0, 100), (3, 100), (100, 100), (100.1, 200)])
def test_a_stranger_hears_the_distance_rounded_up_to_a_hundred_metres(metres, told) -> None:
    assert rounded_metres(metres) == told
