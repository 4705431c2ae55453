"""In which band does a result fall? And how is an exact part of a whole shown?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cabildo.kit import rounding


@dataclass(frozen=True, slots=True)
class Band:
    """Ratios from `low`, included, to `high`, which only the last band includes."""

    id: str
    label: str
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Achieved:
    """Points obtained of those that could be; with nothing to obtain the ratio is unknown, which is not zero."""

    points: Fraction
    maximum: Fraction

    @property
    def ratio(self) -> Fraction | None:
        return self.points / self.maximum if self.maximum else None

    def share(self, places: int = 1) -> Decimal | None:
        """Per cent, for display: one rounding, half-up."""
        return rounding.share(self.points, self.maximum, places)


def bands_of(body: Sequence[Mapping[str, Any]]) -> tuple[Band, ...]:
    """The bands of a pack, whose edges are written as texts («0.40»)."""
    return tuple(Band(band["id"], band["label"], Fraction(band["from"]), Fraction(band["to"])) for band in body)


def classify(ratio: Fraction | None, bands: Sequence[Band]) -> Band | None:
    """The first band with low <= ratio < high; the last one also holds its own end."""
    if ratio is None:
        return None
    inside = (band for band in bands if band.low <= ratio < band.high)
    return next(inside, bands[-1] if bands and ratio == bands[-1].high else None)
