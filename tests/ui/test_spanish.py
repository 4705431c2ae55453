from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from cabildo.ui import spanish

TUESDAY = date(2026, 12, 22)


def test_a_long_date_says_weekday_day_month_and_year() -> None:
    assert spanish.long_date(TUESDAY) == "martes 22 de diciembre de 2026"


def test_a_short_date_fits_a_table() -> None:
    assert spanish.short_date(TUESDAY) == "22 dic 2026"


def test_an_instant_is_said_in_the_day_and_clock_of_chile() -> None:
    past_midnight_in_utc = datetime(2026, 12, 23, 1, 5, tzinfo=UTC)

    assert spanish.short_date(past_midnight_in_utc) == "22 dic 2026"
    assert spanish.clock(past_midnight_in_utc) == "22:05"


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (1234, None, "1.234"),
        (1234567, None, "1.234.567"),
        (1234.5, None, "1.234,5"),
        (Decimal("1234.50"), None, "1.234,50"),
        (Fraction(1, 3), None, "0,3"),
        (Decimal("2.345"), 2, "2,35"),
        (-1500, None, "\u22121.500"),
        (Decimal("-0.19"), None, "\u22120,19"),
        (Fraction(-5, 13), 3, "\u22120,385"),
        (12, 1, "12,0"),
        (None, None, "sin dato"),
    ],
)
def test_numbers_have_dot_for_thousands_and_comma_for_decimals(value, places, words) -> None:
    assert spanish.number(value, places) == words


def test_a_percentage_rounds_half_up_and_never_parts_from_its_sign() -> None:
    assert spanish.percentage(Decimal("31.65")) == "31,7\u00a0%"


def test_an_unknown_percentage_is_not_zero() -> None:
    assert spanish.percentage(None) == "sin dato"


def test_a_share_keeps_numerator_and_denominator() -> None:
    assert spanish.share(38, 120) == "38 de 120, 31,7\u00a0%"


def test_a_share_of_nothing_invents_no_percentage() -> None:
    assert spanish.share(0, 0) == "0 de 0"
