"""Is there a quorum, and out of how many?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    NONE = "none"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    NUMBER = "number"


@dataclass(frozen=True)
class QuorumRule:
    """How many must come: more than, or at least, `numerator`/`denominator` of those who count; or a fixed `number`."""

    basis: Basis
    numerator: int = 1
    denominator: int = 2
    number: int = 0

    @property
    def is_possible(self) -> bool:
        """Can it be met at all when everybody comes?"""
        if self.basis == Basis.MORE_THAN:
            return 0 <= self.numerator < self.denominator
        if self.basis == Basis.AT_LEAST:
            return 0 < self.numerator <= self.denominator
        return self.basis == Basis.NONE or self.number > 0


@dataclass(frozen=True)
class Seat:
    """A member of the body: both dates are included, no end means still in force; `present` as the attendance says."""

    starts_on: date
    ends_on: date | None
    has_voice: bool
    present: bool


@dataclass(frozen=True)
class Quorum:
    """`present` of `total` who count, when `needed` were asked for; `is_met` is None when no rule or nobody counts."""

    present: int
    total: int
    needed: int
    is_met: bool | None


def in_force(seat: Seat, day: date) -> bool:
    return seat.starts_on <= day and (seat.ends_on is None or day <= seat.ends_on)


def needed(rule: QuorumRule, total: int) -> int:
    """The least number of persons that makes a quorum when `total` count."""
    if rule.basis == Basis.MORE_THAN:
        return total * rule.numerator // rule.denominator + 1
    if rule.basis == Basis.AT_LEAST:
        return -(-total * rule.numerator // rule.denominator)
    return rule.number if rule.basis == Basis.NUMBER else 0


def quorum(rule: QuorumRule, seats: Iterable[Seat], day: date) -> Quorum:
    """Count on a day those in force with voice, and of them those present."""
    counting = [seat for seat in seats if seat.has_voice and in_force(seat, day)]
    present, least = sum(seat.present for seat in counting), needed(rule, len(counting))
    is_known = rule.basis != Basis.NONE and bool(counting)
    return Quorum(present, len(counting), least, present >= least if is_known else None)
