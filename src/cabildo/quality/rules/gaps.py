"""Which points can be won back, and where? Exact; of one layer of scores at a time.

Brecha of an element in points: weight x (target - score) / (sum of weight x maximum) x points of its subcriterion, over
what is in scope (reference §5.2). It is what that element alone would add to the total.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cabildo.instruments.rules.scoring import ElementResult, Result, State, SubcriterionResult

STEPS = 5  # of a scale: from one level to the next


@dataclass(frozen=True, slots=True)
class Gap:
    """An element below its highest: its score, whether anybody scored it, and the points that are missing."""

    element: str
    subcriterion: str
    score: Fraction
    maximum: Fraction
    points: Fraction
    is_assessed: bool


def gaps(result: Result) -> list[Gap]:
    """Every element in scope below the highest of its scale, in the order of the model."""
    return [gap for part in _parts(result) for gap in _of_part(part) if gap.points]


def won(result: Result, targets: Mapping[str, int]) -> Fraction:
    """The points that reaching these scores would add; a target at or below today's score adds nothing."""
    found = (
        _points(part, element, Fraction(targets[element.id]) - element.points)
        for part in _parts(result)
        for element in part.elements
        if element.id in targets
    )
    return sum((points for points in found if points > 0), Fraction(0))


def recoverable(found: Collection[Gap], elements: Collection[str]) -> Fraction:
    """The points missing in these elements together, up to the highest of each."""
    return sum((gap.points for gap in found if gap.element in elements), Fraction(0))


def next_step(gap: Gap) -> int:
    """A first target: the next fifth of the scale above today's score, at most its highest."""
    step = gap.maximum / STEPS
    return int(min((gap.score // step + 1) * step, gap.maximum))


def _parts(result: Result) -> list[SubcriterionResult]:
    return [part for criterion in result.criteria for part in criterion.subcriteria]


def _of_part(part: SubcriterionResult) -> list[Gap]:
    return [
        Gap(
            element=element.id,
            subcriterion=part.id,
            score=element.points,
            maximum=element.maximum,
            points=_points(part, element, element.maximum - element.points),
            is_assessed=element.state is State.ASSESSED,
        )
        for element in part.elements
        if element.state is not State.EXCLUDED
    ]


def _points(part: SubcriterionResult, element: ElementResult, gain: Fraction) -> Fraction:
    whole = sum((one.weight * one.maximum for one in part.elements), Fraction(0))
    return element.weight * gain / whole * part.maximum if whole else Fraction(0)
