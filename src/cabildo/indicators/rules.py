"""What is an indicator, over which days, and what was observed? Counts stay apart, never a quotient alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from cabildo.kit import rounding


class Direction(StrEnum):
    """Which way is better; neutral where neither is, band where it is right between two values."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"
    BAND = "band"


class Light(StrEnum):
    """How a value stands. Without datum it says so, and before anything is due too: neither is red."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NO_DATA = "no_data"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Definition:
    """An indicator: its code, the formula in words, the unit, which way is better and where the counts come from."""

    code: str
    label: str
    formula: str
    unit: str
    direction: Direction
    source: str


@dataclass(frozen=True)
class Thresholds:
    """From which part of what was wanted the light is green, and from which it is yellow; below it is red."""

    green: Fraction = Fraction(9, 10)
    yellow: Fraction = Fraction(7, 10)

    def light(self, ratio: Fraction | None) -> Light:
        """The light of a part of what was wanted; None is «sin dato»."""
        if ratio is None:
            return Light.NO_DATA
        if ratio >= self.green:
            return Light.GREEN
        return Light.YELLOW if ratio >= self.yellow else Light.RED


@dataclass(frozen=True)
class Band:
    """Right between two values, both included."""

    low: Fraction
    high: Fraction


def attainment(value: Fraction | None, wanted: Fraction | Band | None, direction: Direction) -> Fraction | None:
    """How much of the target is reached: 1 is all of it, more is beyond it; None where value or target is unknown.

    Up: value / target. Down: target / value. A band: 1 inside, value / low below it and high / value above it.
    A ratio needs two positive numbers: without them it is 1 when the target is met, else 0.
    """
    if value is None or wanted is None or direction == Direction.NEUTRAL:
        return None
    if isinstance(wanted, Band):
        return _inside(value, wanted)
    if direction == Direction.DOWN:
        return _ratio(wanted, value, met=value <= wanted)
    return _ratio(value, wanted, met=value >= wanted)


def _inside(value: Fraction, band: Band) -> Fraction:
    if value < band.low:
        return _ratio(value, band.low, met=False)
    if value > band.high:
        return _ratio(band.high, value, met=False)
    return Fraction(1)


def _ratio(part: Fraction, whole: Fraction, *, met: bool) -> Fraction:
    if part > 0 and whole > 0:
        return part / whole
    return Fraction(int(met))


@dataclass(frozen=True)
class Period:
    """Calendar days, both ends included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def before(self) -> "Period":
        """What to compare with: the month before when this is whole months, else as many days just before."""
        day_before = self.since - timedelta(days=1)
        if self.since.day == 1 and (self.until + timedelta(days=1)).day == 1:
            return Period(first_of_month(self.since, -len(self.months)), day_before)
        return Period(self.since - timedelta(days=self.days), day_before)

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of every month the period touches."""
        count = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month + 1
        return tuple(first_of_month(self.since, offset) for offset in range(count))


@dataclass(frozen=True)
class Ratio:
    """`numerator` of `denominator` cases. Without cases the share is unknown, which is not zero."""

    numerator: int
    denominator: int

    def share(self, places: int = 1) -> Decimal | None:
        """Per cent, one rounding, half-up."""
        return rounding.share(self.numerator, self.denominator, places)

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.numerator + other.numerator, self.denominator + other.denominator)


@dataclass(frozen=True)
class Observation:
    """What a source counted at the instant `cut_off`; both counts are None where there is no datum."""

    numerator: int | None
    denominator: int | None
    cut_off: datetime

    def share(self, places: int = 1) -> Decimal | None:
        """Per cent; None is «sin dato»."""
        if self.numerator is None or not self.denominator:
            return None
        return rounding.share(self.numerator, self.denominator, places)


def first_of_month(day: date, offset: int = 0) -> date:
    """The first day of the month `offset` months after the one of `day`."""
    months = day.year * 12 + day.month - 1 + offset
    return date(months // 12, months % 12 + 1, 1)


def month_of(day: date, offset: int = 0) -> Period:
    """The whole month `offset` months after the one of `day`."""
    return Period(first_of_month(day, offset), first_of_month(day, offset + 1) - timedelta(days=1))


def last_month(today: date) -> Period:
    """The last whole month before `today`."""
    return month_of(today, -1)
