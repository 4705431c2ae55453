"""How far is a plan, and how far should it be? Percentages as fractions from 0 to 100; dates are arguments.

Every node says how its progress is counted (`Rule`) and that rule serves both curves, so that they can be compared.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

WHOLE = Fraction(100)
DAY = timedelta(days=1)


class Rule(StrEnum):
    """Weighted: by its parts, or by what was last reported where it has none. Milestones: by those reached.

    Manual: by what was last reported of the node itself, whatever its parts say.
    """

    WEIGHTED = "weighted"
    MILESTONES = "milestones"
    MANUAL = "manual"


@dataclass(frozen=True)
class Mark:
    """A milestone: how much it weighs, when it is due and when it was reached."""

    weight: Fraction
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True)
class Part:
    """A node as the rules see it. `reports` are dated percentages in any order; of one day the last given counts."""

    weight: Fraction = Fraction(1)
    rule: Rule = Rule.WEIGHTED
    starts_on: date | None = None
    ends_on: date | None = None
    reports: tuple[tuple[date, Fraction], ...] = ()
    marks: tuple[Mark, ...] = ()
    parts: tuple["Part", ...] = field(default=())


def actual(part: Part, day: date) -> Fraction | None:
    """How far it had got by `day`; None while nothing at all is known of it.

    Once something is known, a part that has reported nothing counts as not done: what is not shown is not progress.
    """
    if part.rule == Rule.MILESTONES:
        return _reached(part.marks, lambda mark: mark.done_on is not None and mark.done_on <= day)
    if part.rule == Rule.MANUAL or not part.parts:
        return _last_reported(part.reports, day)
    return _weighed((one.weight, actual(one, day)) for one in part.parts)


def planned(part: Part, day: date) -> Fraction | None:
    """How far it should be by `day`: in a straight line between its dates, both included; None without dates.

    By milestones: the weight of those due. With parts: theirs, by weight.
    """
    if part.rule == Rule.MILESTONES:
        return _reached(part.marks, lambda mark: mark.due_on <= day)
    if part.rule == Rule.MANUAL or not part.parts:
        return _along(part.starts_on, part.ends_on, day)
    return _weighed((one.weight, planned(one, day)) for one in part.parts)


def index(done: Fraction | None, due: Fraction | None) -> Fraction | None:
    """Actual over planned; None without a datum, and while nothing is due."""
    if done is None or not due:
        return None
    return done / due


def weighed(parts: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Σ weight · percentage / Σ weight; None when nothing weighs anything."""
    return _weighed(parts)


def _weighed(parts: Iterable[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    known = list(parts)
    weight = sum((one for one, _ in known), Fraction(0))
    if not weight or all(percent is None for _, percent in known):
        return None
    return sum((one * (percent or 0) for one, percent in known), Fraction(0)) / weight


def _reached(marks: tuple[Mark, ...], counts: Callable[[Mark], bool]) -> Fraction | None:
    weight = sum((mark.weight for mark in marks), Fraction(0))
    if not weight:
        return None
    return WHOLE * sum((mark.weight for mark in marks if counts(mark)), Fraction(0)) / weight


def _last_reported(reports: tuple[tuple[date, Fraction], ...], day: date) -> Fraction | None:
    known = [(on, place, percent) for place, (on, percent) in enumerate(reports) if on <= day]
    return max(known)[2] if known else None


def _along(starts_on: date | None, ends_on: date | None, day: date) -> Fraction | None:
    if starts_on is None or ends_on is None:
        return None
    length = (ends_on - starts_on).days + 1
    passed = min(max((day - starts_on).days + 1, 0), length)
    return WHOLE * passed / length


@dataclass(frozen=True)
class Point:
    """Both curves on one day."""

    day: date
    planned: Fraction | None
    actual: Fraction | None


def curve(part: Part, days: Iterable[date], today: date) -> tuple[Point, ...]:
    """Planned and actual on each of the days; of what is still to come only the planned is known."""
    return tuple(Point(day, planned(part, day), actual(part, day) if day <= today else None) for day in days)


def month_ends(starts_on: date, ends_on: date, today: date) -> tuple[date, ...]:
    """The days on which a curve is drawn: the last of every month between both dates, both dates, and today inside."""
    days, month = {starts_on, ends_on}, (starts_on.year, starts_on.month)
    while month < (ends_on.year, ends_on.month):
        days.add(date(*month, monthrange(*month)[1]))
        month = (month[0] + month[1] // 12, month[1] % 12 + 1)
    if starts_on <= today <= ends_on:
        days.add(today)
    return tuple(sorted(days))
