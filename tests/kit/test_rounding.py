from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabildo.kit.rounding import half_up, share


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Decimal("2.675"), 2, "2.68"),
        (Fraction(1, 3), 4, "0.3333"),
        (Decimal("-0.04"), 1, "0.0"),
        (7, 2, "7.00"),
        (10**40 + 1, 1, f"{10**40 + 1}.0"),
    ],
)
def test_halves_go_away_from_zero_and_the_places_are_kept(value, places, shown):
    assert str(half_up(value, places)) == shown


def test_a_float_is_refused():
    with pytest.raises(TypeError, match="exact"):
        half_up(2.675, 2)


def test_negative_places_are_refused():
    with pytest.raises(ValueError, match="places"):
        half_up(Decimal(1), -1)


@settings(max_examples=50)
@given(st.decimals(-1_000_000, 1_000_000, allow_nan=False, places=6), st.integers(0, 5))
def test_decimals_round_as_the_standard_library_does(value, places):
    assert half_up(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("numerator", "denominator", "places", "percentage"),
    [(38, 120, 1, "31.7"), (62, 69, 2, "89.86"), (1, 5, 0, "20"), (87, 500, 1, "17.4"), (0, 3, 1, "0.0")],
)
def test_a_share_is_a_percentage(numerator, denominator, places, percentage):
    assert str(share(numerator, denominator, places)) == percentage


def test_the_share_of_nothing_is_unknown_not_zero():
    assert share(0, 0) is None
