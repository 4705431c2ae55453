"""Days of the improvement plan: the year of the annual programme, the three months of what is done at once."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

ANNUAL_MONTHS = 12  # what is chosen fits in them (seed 001, slide 31)
IMMEDIATE_MONTHS = 3  # the most that an immediate action takes (reference §5.2)
DAY = timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; the last of a month that has no such day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(starts_on: date, months: int) -> date:
    """The last day of so many whole months, both ends included."""
    return months_after(starts_on, months) - DAY


def is_annual(starts_on: date | None, plan_starts_on: date) -> bool:
    """Does a line that starts then belong to the annual programme? One without a date does not, yet."""
    return starts_on is not None and starts_on <= last_day(plan_starts_on, ANNUAL_MONTHS)


def spread(starts_on: date, ends_on: date, parts: int) -> list[tuple[date, date]]:
    """The days between both, included, shared out one after the other in as many spans as there are parts."""
    days = (ends_on - starts_on).days + 1
    cuts = [starts_on + timedelta(days=days * place // parts) for place in range(parts + 1)]
    return [(begin, max(begin, end - DAY)) for begin, end in pairwise(cuts)]
