from datetime import UTC, date, datetime
from decimal import Decimal

from cabildo.indicators.rules import Observation, Period, Ratio, last_month, month_of

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_the_period_before_whole_months_are_as_many_whole_months() -> None:
    assert month_of(date(2026, 3, 10)).before == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert Period(date(2026, 1, 1), date(2026, 3, 31)).before == Period(date(2025, 10, 1), date(2025, 12, 31))


def test_the_period_before_other_days_are_as_many_days() -> None:
    assert Period(date(2026, 10, 23), date(2026, 11, 21)).before == Period(date(2026, 9, 23), date(2026, 10, 22))


def test_last_month_crosses_the_year() -> None:
    assert last_month(date(2027, 1, 15)) == Period(date(2026, 12, 1), date(2026, 12, 31))


def test_months_are_those_the_period_touches() -> None:
    assert Period(date(2026, 11, 30), date(2027, 1, 1)).months == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    )


def test_ratios_are_added_by_their_counts() -> None:
    assert Ratio(1, 2) + Ratio(1, 100) == Ratio(2, 102)


def test_a_share_is_rounded_half_up_once() -> None:
    assert Ratio(62, 69).share(2) == Decimal("89.86")
    assert Ratio(1, 8).share() == Decimal("12.5")


def test_unknown_is_not_zero() -> None:
    assert Ratio(0, 0).share() is None
    assert Observation(None, None, NOW).share() is None
    assert Observation(0, 4, NOW).share() == Decimal("0.0")
