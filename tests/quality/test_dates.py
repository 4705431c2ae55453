"""When a review comes again, and which days a part of a period takes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cabildo.quality.choices import Every
from cabildo.quality.rules.dates import next_review, part_of

FIRST = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("every", "today", "comes_on"),
    [
        ("week", date(2026, 1, 1), FIRST),
        ("week", FIRST, FIRST),
        ("week", date(2026, 2, 1), date(2026, 2, 7)),
        ("fortnight", date(2026, 2, 14), date(2026, 2, 14)),
        ("fortnight", date(2026, 2, 15), date(2026, 2, 28)),
        ("month", date(2026, 2, 3), date(2026, 2, 28)),
        ("month", date(2026, 3, 1), date(2026, 3, 31)),
        ("two_months", date(2026, 2, 1), date(2026, 3, 31)),
        ("quarter", date(2026, 5, 1), date(2026, 7, 31)),
    ],
)
def test_a_review_comes_again_on_its_day(every, today, comes_on) -> None:
    assert next_review(FIRST, every, today) == comes_on


@given(some.dates(date(2020, 1, 1), date(2030, 12, 31)), some.sampled_from(Every.values), some.integers(0, 900))
def test_the_next_review_is_the_first_that_is_not_past(first, every, days) -> None:
    today = first + timedelta(days=days)
    comes_on = next_review(first, every, today)

    assert comes_on >= today
    assert next_review(first, every, comes_on) == comes_on
    assert (comes_on - today).days <= 92


def test_a_part_of_a_period_stays_inside_it_and_the_whole_is_the_whole() -> None:
    begins, ends = date(2026, 3, 2), date(2026, 3, 12)

    assert part_of(begins, ends, (0, 100)) == (begins, ends)
    assert part_of(begins, ends, (50, 90)) == (date(2026, 3, 7), date(2026, 3, 11))
    assert part_of(begins, begins, (40, 60)) == (begins, begins)
