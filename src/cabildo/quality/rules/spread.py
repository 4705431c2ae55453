"""How are the results of several municipalities spread? Exact; declared and validated never together."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Spread:
    """Over how many, and the values that leave a quarter, a half and three quarters of them below; None is unknown."""

    count: int
    low: Fraction | None = None
    median: Fraction | None = None
    high: Fraction | None = None

    @property
    def width(self) -> Fraction | None:
        """Between the quartiles: where the half in the middle is."""
        return None if self.low is None or self.high is None else self.high - self.low


def spread(values: Iterable[Fraction | None]) -> Spread:
    """Of the values that are known. Without any, all is unknown."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return Spread(0)
    return Spread(len(known), *(_quantile(known, Fraction(quarter, 4)) for quarter in (1, 2, 3)))


def _quantile(values: list[Fraction], at: Fraction) -> Fraction:
    """Between the two neighbours, in proportion: what spreadsheets call inclusive quartiles."""
    place = (len(values) - 1) * at
    below = place.__floor__()
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)
