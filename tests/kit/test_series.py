from datetime import date
from decimal import Decimal

import pytest

from cabildo.kit.series import DatedSeries, Step, UnknownValueError

UF = DatedSeries("UF", {date(2026, 11, 20): Decimal("39812.34"), date(2026, 11, 21): Decimal("39815.01")})
UTM = DatedSeries("UTM", {date(2026, 11, 1): Decimal(69889)}, Step.MONTH)


def test_the_uf_has_a_value_each_day():
    assert UF.value_on(date(2026, 11, 21)) == Decimal("39815.01")


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 30)])
def test_the_utm_is_one_for_the_whole_month(day):
    assert UTM.value_on(day) == Decimal(69889)


@pytest.mark.parametrize(("series", "day"), [(UF, date(2026, 11, 22)), (UTM, date(2026, 12, 1))])
def test_a_date_without_value_is_an_error_and_never_a_guess(series, day):
    with pytest.raises(UnknownValueError) as caught:
        series.value_on(day)
    assert caught.value.sentence.startswith(f"No hay valor de {series.name} para el {day:%d-%m-%Y}.")


def test_a_month_is_keyed_by_its_first_day():
    with pytest.raises(ValueError, match="first day"):
        DatedSeries("UTM", {date(2026, 11, 2): Decimal(1)}, Step.MONTH)


def test_money_is_never_a_float():
    with pytest.raises(TypeError, match="exact"):
        DatedSeries("UF", {date(2026, 11, 1): 39812.34})


def test_a_loaded_series_does_not_follow_its_source():
    source = {date(2026, 11, 1): Decimal(1)}
    series = DatedSeries("UTM", source, Step.MONTH)
    source[date(2026, 11, 1)] = Decimal(2)
    assert series.value_on(date(2026, 11, 1)) == 1
