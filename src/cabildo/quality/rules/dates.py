"""When does a review come again, and which days does a part of a period take?"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

WEEKS: Mapping[str, int] = {"week": 1, "fortnight": 2}
MONTHS: Mapping[str, int] = {"month": 1, "two_months": 2, "quarter": 3}
WHOLE = 100  # per cent


def next_review(first: date, every: str, today: date) -> date:
    """The first review that is not before today; by months it keeps the day, or takes the last one of a short month."""
    if today <= first:
        return first
    if every in WEEKS:
        step = 7 * WEEKS[every]
        return first + timedelta(days=-(-(today - first).days // step) * step)
    passed = (today.year - first.year) * 12 + today.month - first.month
    turn = passed // MONTHS[every]
    day = _months_after(first, turn * MONTHS[every])
    return day if day >= today else _months_after(first, (turn + 1) * MONTHS[every])


def _months_after(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def part_of(starts_on: date, ends_on: date, during: tuple[int, int]) -> tuple[date, date]:
    """The days that a part of a period takes, both included; `during` in per cent of its days."""
    days = (ends_on - starts_on).days
    begins, ends = (starts_on + timedelta(days=days * share // WHOLE) for share in during)
    return begins, ends
