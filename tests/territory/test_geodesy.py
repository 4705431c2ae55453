"""Sizes on the ellipsoid."""

from decimal import Decimal

import pytest

from cabildo.territory import geodesy

WGS84_SURFACE_KM2 = Decimal("510065621.724")


def cell(south: float) -> tuple:
    ring = ((-71.0, south), (-70.0, south), (-70.0, south + 1), (-71.0, south + 1), (-71.0, south))
    return ((ring,),)


def test_cells_of_one_degree_add_up_to_the_surface_of_the_ellipsoid() -> None:
    total = 360 * sum(geodesy.area_km2(cell(south)) for south in range(-90, 90))

    assert abs(total - WGS84_SURFACE_KM2) < 360 * 180 * Decimal("0.0001")


def test_a_hole_is_taken_out() -> None:
    (whole,) = cell(-34)
    hole = ((-70.9, -33.9), (-70.1, -33.9), (-70.1, -33.1), (-70.9, -33.1), (-70.9, -33.9))

    assert geodesy.area_km2([(*whole, hole)]) == geodesy.area_km2([whole]) - geodesy.area_km2([(hole,)])


def test_the_box_holds_every_part() -> None:
    parts = (*cell(-34), *cell(-40))

    assert geodesy.bounding_box(parts) == (-71.0, -40, -70.0, -33)


@pytest.mark.parametrize(
    ("longitude", "latitude", "inside"),
    [(-70.65, -33.45, True), (-109.4, -27.1, True), (-70.9, -53.2, True), (-58.9, -62.2, True), (-58.4, -34.6, False)],
    ids=["Santiago", "Rapa Nui", "Punta Arenas", "Villa Las Estrellas", "Buenos Aires"],
)
def test_chile_is_recognised_by_its_boxes(longitude: float, latitude: float, inside: bool) -> None:
    assert geodesy.is_in_chile(longitude, latitude) is inside
