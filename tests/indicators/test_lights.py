"""How much of a target is reached, and which light it gets."""

from fractions import Fraction

import pytest

from cabildo.indicators.rules import Band, Direction, Light, Thresholds, attainment

F = Fraction


@pytest.mark.parametrize(
    ("value", "wanted", "direction", "reached"),
    [
        (F(45), F(60), Direction.UP, F(3, 4)),
        (F(75), F(60), Direction.UP, F(5, 4)),
        (F(0), F(60), Direction.UP, F(0)),
        (F(20), F(10), Direction.DOWN, F(1, 2)),
        (F(0), F(10), Direction.DOWN, F(1)),
        (F(3), F(0), Direction.DOWN, F(0)),
        (F(0), F(0), Direction.UP, F(1)),
        (F(5), Band(F(4), F(6)), Direction.BAND, F(1)),
        (F(2), Band(F(4), F(6)), Direction.BAND, F(1, 2)),
        (F(12), Band(F(4), F(6)), Direction.BAND, F(1, 2)),
    ],
)
def test_a_value_reaches_this_part_of_its_target(value, wanted, direction, reached) -> None:
    assert attainment(value, wanted, direction) == reached


@pytest.mark.parametrize(("value", "wanted"), [(None, F(60)), (F(45), None)])
def test_an_unknown_value_or_target_is_no_datum_and_never_red(value, wanted) -> None:
    assert Thresholds().light(attainment(value, wanted, Direction.UP)) == Light.NO_DATA


@pytest.mark.parametrize(
    ("ratio", "light"),
    [
        (F(9, 10), Light.GREEN),
        (F(899, 1000), Light.YELLOW),
        (F(7, 10), Light.YELLOW),
        (F(699, 1000), Light.RED),
        (F(0), Light.RED),
    ],
)
def test_the_light_changes_exactly_at_its_thresholds(ratio, light) -> None:
    assert Thresholds().light(ratio) == light


def test_thresholds_are_the_municipalitys_to_choose() -> None:
    assert Thresholds(F(1), F(1, 2)).light(F(9, 10)) == Light.YELLOW
