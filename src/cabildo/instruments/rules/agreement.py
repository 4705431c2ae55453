"""How far do two layers agree? Exact, within one step of the scale, bias, and kappa weighted by squared distance."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cabildo.instruments.rules.bands import Achieved

type Pair = tuple[Fraction | int, Fraction | int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `pairs` elements scored by both. `bias`: mean of second minus first. `kappa`: None when neither layer varies.

    `within_one`: at most one step of the scale apart, which `step` says in points of it.
    Kappa is 1 when all pairs are equal and 0 when they agree as often as chance would have it.
    """

    pairs: int
    exact: Achieved
    within_one: Achieved
    bias: Fraction
    largest: Fraction
    kappa: Fraction | None
    step: Fraction = Fraction(1)

    def needs_review(self, *, bias_limit: Fraction, change_limit: Fraction) -> bool:
        """Whether the mean change or the largest one, up or down, passes what the programme tolerates."""
        return abs(self.bias) > bias_limit or self.largest > change_limit


def agreement(pairs: Sequence[Pair], step: Fraction = Fraction(1)) -> Agreement | None:
    """The agreement of pairs (first layer, second layer) on one scale, whose step is given; None without pairs."""
    if not pairs:
        return None
    changes = [Fraction(second) - first for first, second in pairs]
    count = len(changes)
    return Agreement(
        pairs=count,
        exact=_of(count, sum(change == 0 for change in changes)),
        within_one=_of(count, sum(abs(change) <= step for change in changes)),
        bias=sum(changes, Fraction(0)) / count,
        largest=max(abs(change) for change in changes),
        kappa=_kappa(pairs, changes),
        step=step,
    )


def _of(count: int, cases: int) -> Achieved:
    return Achieved(points=Fraction(cases), maximum=Fraction(count))


def _kappa(pairs: Sequence[Pair], changes: Sequence[Fraction]) -> Fraction | None:
    """1 - observed / expected; the expected squares are those of every first score with every second one."""
    first, second = [Fraction(pair[0]) for pair in pairs], [Fraction(pair[1]) for pair in pairs]
    sums = sum(first, Fraction(0)) * sum(second, Fraction(0))
    expected = _squares(first) + _squares(second) - 2 * sums / len(pairs)
    return 1 - _squares(changes) / expected if expected else None


def _squares(values: Sequence[Fraction]) -> Fraction:
    return sum((value * value for value in values), Fraction(0))
