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


@pytest.mark.parametrize(
    ("words", "exact", "number_format"),
    [
        (spanish.number(1234), 1234, "#,##0"),
        (spanish.number(Fraction(-5, 13), 3), Decimal("-0.385"), "#,##0.000"),
        (spanish.number(1234.5), Decimal("1234.5"), "#,##0.0"),
        (spanish.percentage(Decimal("31.65")), Decimal("0.317"), "#,##0.0 %"),
        (spanish.percentage(100, 0), 1, "#,##0 %"),
        (spanish.short_date(TUESDAY), TUESDAY, "dd-mm-yyyy"),
        (spanish.short_date(datetime(2026, 12, 23, 1, 5, tzinfo=UTC)), TUESDAY, "dd-mm-yyyy"),
    ],
)
def test_a_number_and_a_day_in_words_keep_what_they_say_for_a_workbook(words, exact, number_format) -> None:
    assert (words.exact, words.number_format) == (exact, number_format)


def test_what_is_unknown_and_what_is_joined_to_other_words_is_only_words() -> None:
    for words in (spanish.number(None), spanish.percentage(None), spanish.share(1, 3), f"{spanish.number(3)} días"):
        assert not isinstance(words, spanish.InWords)


def test_a_percentage_rounds_half_up_and_never_parts_from_its_sign() -> None:
    assert spanish.percentage(Decimal("31.65")) == "31,7\u00a0%"


def test_an_unknown_percentage_is_not_zero() -> None:
    assert spanish.percentage(None) == "sin dato"


def test_a_share_keeps_numerator_and_denominator() -> None:
    assert spanish.share(38, 120) == "38 de 120, 31,7\u00a0%"


def test_a_share_of_nothing_invents_no_percentage() -> None:
    assert spanish.share(0, 0) == "0 de 0"
