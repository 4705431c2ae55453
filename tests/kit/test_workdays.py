from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabildo.kit.workdays import Calendar, UnknownYearError, chile

CHILE = chile(range(2025, 2030))
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
business_days = days.filter(CHILE.is_business_day)
counts = st.integers(0, 60)


@pytest.mark.parametrize(("year", "number"), [(2026, 16), (2027, 17)])
def test_chile_has_its_national_holidays(year, number):
    assert len(chile([year]).holidays) == number


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 20), None),
        (date(2026, 11, 21), "sábado"),
        (date(2026, 11, 22), "domingo"),
        (date(2026, 12, 8), "La Inmaculada Concepción"),
        (date(2027, 9, 18), "Día de la Independencia"),
        (date(2026, 12, 31), None),
    ],
)
def test_a_day_that_does_not_count_says_why(day, reason):
    assert CHILE.why_not(day) == reason
    assert CHILE.is_business_day(day) is (reason is None)


def test_the_next_business_day_of_a_business_day_is_itself():
    assert CHILE.next_business_day(date(2026, 11, 20)) == date(2026, 11, 20)


def test_the_next_business_day_skips_a_long_weekend():
    assert CHILE.next_business_day(date(2027, 9, 17)) == date(2027, 9, 20)


def test_counting_between_leaves_out_the_first_day_and_takes_the_last():
    assert CHILE.count_between(date(2026, 11, 20), date(2026, 11, 23)) == 1
    assert CHILE.count_between(date(2026, 11, 20), date(2026, 11, 20)) == 0


def test_counting_backwards_is_negative():
    assert CHILE.count_between(date(2026, 11, 23), date(2026, 11, 20)) == -1


def test_a_municipality_adds_and_removes_its_own_days():
    own = chile([2026], added={date(2026, 11, 20): "Aniversario de Puerto Claro"}, removed=[date(2026, 12, 8)])
    assert own.why_not(date(2026, 11, 20)) == "Aniversario de Puerto Claro"
    assert own.is_business_day(date(2026, 12, 8))


def test_a_day_added_and_removed_at_once_stays_a_holiday():
    own = chile([2026], added=[(date(2026, 12, 8), "Fiesta local")], removed=[date(2026, 12, 8)])
    assert own.why_not(date(2026, 12, 8)) == "Fiesta local"


def test_a_holiday_without_a_name_still_does_not_count():
    assert Calendar({date(2026, 11, 20): ""}).why_not(date(2026, 11, 20)) == "feriado"


def test_a_region_has_its_own_holiday():
    assert chile([2027], region="AP").why_not(date(2027, 6, 7)) is not None
    assert chile([2027]).why_not(date(2027, 6, 7)) is None


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2028, 1, 1)])
def test_a_year_the_calendar_does_not_know_is_refused_not_guessed(day):
    with pytest.raises(UnknownYearError) as caught:
        chile([2026, 2027]).is_business_day(day)
    assert str(day.year) in caught.value.sentence


def test_a_year_without_published_law_is_refused():
    with pytest.raises(UnknownYearError):
        chile([2150])


def test_a_negative_number_of_days_is_refused():
    with pytest.raises(ValueError, match="negative"):
        CHILE.add(date(2026, 11, 20), -1)


def test_the_calendar_cannot_be_changed_behind_its_back():
    with pytest.raises(TypeError):
        CHILE.holidays[date(2026, 11, 20)] = "no"


@settings(max_examples=50)
@given(business_days, counts)
def test_subtracting_undoes_adding(day, n):
    assert CHILE.subtract(CHILE.add(day, n), n) == day


@settings(max_examples=50)
@given(days, counts)
def test_adding_lands_as_many_business_days_later_as_asked(day, n):
    landed = CHILE.add(day, n)
    assert CHILE.count_between(day, landed) == n
    assert n == 0 or CHILE.is_business_day(landed)


@settings(max_examples=50)
@given(days, st.integers(0, 90))
def test_counting_between_is_the_number_of_business_days_listed(day, span):
    listed = [day + timedelta(offset) for offset in range(1, span + 1)]
    expected = sum(each.weekday() < 5 and each not in CHILE.holidays for each in listed)
    assert CHILE.count_between(day, day + timedelta(span)) == expected
