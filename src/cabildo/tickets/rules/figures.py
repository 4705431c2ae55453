"""How are figures of requests worked out from counts? Exact, without Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cabildo.indicators.rules import Ratio


@dataclass(frozen=True)
class Tally:
    """Requests received in a period, and what became of them until now.

    `unanswered` are those that never had an answer, open or ended by administrative silence; withdrawn and repeated
    ones needed none. One that was opened again goes on counting by how it first ended. `with_term` counts have a legal
    term: only those can be on time or overdue. A stopped term is not overdue.
    """

    received: int = 0
    answered: int = 0
    answered_with_term: int = 0
    answered_on_time: int = 0
    unanswered: int = 0
    unanswered_with_term: int = 0
    overdue: int = 0
    complaints_and_suggestions: int = 0

    @property
    def on_time(self) -> Ratio:
        """Answered within the legal term, of the answered ones that have one."""
        return Ratio(self.answered_on_time, self.answered_with_term)

    @property
    def without_answer(self) -> Ratio:
        return Ratio(self.unanswered, self.received)

    @property
    def overdue_share(self) -> Ratio:
        """Past their term, of the unanswered ones that have one."""
        return Ratio(self.overdue, self.unanswered_with_term)

    @property
    def criticism(self) -> Ratio:
        """Reclamos and sugerencias, of all."""
        return Ratio(self.complaints_and_suggestions, self.received)

    @property
    def ended_otherwise(self) -> int:
        """Withdrawn, or repeated of another request."""
        return self.received - self.answered - self.unanswered


@dataclass(frozen=True)
class Opinions:
    """What requesters said, of those who were asked. They chose to answer: no margin of error can be given."""

    invited: int = 0
    answered: int = 0
    grades: int = 0
    grade_sum: int = 0
    said_solved: int = 0
    told_solved: int = 0

    @property
    def response(self) -> Ratio:
        return Ratio(self.answered, self.invited)

    @property
    def mean_grade(self) -> Fraction | None:
        return Fraction(self.grade_sum, self.grades) if self.grades else None

    @property
    def solved_share(self) -> Ratio:
        return Ratio(self.said_solved, self.told_solved)


def median(histogram: Mapping[int, int]) -> Fraction | None:
    """The exact median of values given as value -> how many; between two middle ones, their mean. None without any."""
    total = sum(histogram.values())
    if not total:
        return None
    return Fraction(_nth(histogram, (total - 1) // 2) + _nth(histogram, total // 2), 2)


def _nth(histogram: Mapping[int, int], position: int) -> int:
    """The value at a position, from zero, of all of them in order."""
    passed = 0
    for value in sorted(histogram):
        passed += histogram[value]
        if position < passed:
            return value
    raise IndexError(position)
