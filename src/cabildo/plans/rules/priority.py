"""Which of the candidates goes first? Weighted values, gates that shut out, and ties decided by what is gained."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cabildo.plans.rules.errors import PlansError

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Matrix:
    """The weight of each criterion, which add up to one, and the questions that must all be answered yes."""

    weights: Mapping[str, Fraction]
    gates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if sum(self.weights.values(), Fraction(0)) != 1 or any(weight < 0 for weight in self.weights.values()):
            raise PlansError("weights_not_whole")


@dataclass(frozen=True)
class Candidate:
    """What might be done: a value from 1 to 5 by criterion, the gates it passes, and the points it would win back."""

    code: str
    values: Mapping[str, int]
    passes: frozenset[str] = frozenset()
    gap_points: Fraction = Fraction(0)


@dataclass(frozen=True)
class Ranked:
    """A candidate with its score. `place` counts from 1; None when a gate of `shut_by` keeps it out."""

    candidate: Candidate
    score: Fraction
    place: int | None
    shut_by: tuple[str, ...]


def rank(matrix: Matrix, candidates: Iterable[Candidate]) -> list[Ranked]:
    """The candidates by score, then by the larger gap in points, then by code; those shut out come last.

    Raises PlansError value_missing, value_out_of_range.
    """
    scored = [(candidate, _score(matrix, candidate), _shut_by(matrix, candidate)) for candidate in candidates]
    scored.sort(key=lambda one: (bool(one[2]), -one[1], -one[0].gap_points, one[0].code))
    return [
        Ranked(candidate, score, None if shut_by else place, shut_by)
        for place, (candidate, score, shut_by) in enumerate(scored, start=1)
    ]


def _score(matrix: Matrix, candidate: Candidate) -> Fraction:
    _check(matrix.weights, candidate)
    return sum((weight * candidate.values[name] for name, weight in matrix.weights.items()), Fraction(0))


def _check(criteria: Iterable[str], candidate: Candidate) -> None:
    for name in criteria:
        if name not in candidate.values:
            raise PlansError("value_missing", candidate=candidate.code, criterion=name)
        if not LOWEST <= candidate.values[name] <= HIGHEST:
            raise PlansError("value_out_of_range", candidate=candidate.code, criterion=name, low=LOWEST, high=HIGHEST)


def _shut_by(matrix: Matrix, candidate: Candidate) -> tuple[str, ...]:
    return tuple(gate for gate in matrix.gates if gate not in candidate.passes)


def codes(ranked: Sequence[Ranked]) -> list[str]:
    """The codes of those that may go ahead, in order."""
    return [one.candidate.code for one in ranked if one.place is not None]
