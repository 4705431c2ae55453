"""When is a request historic backlog, and is its clearing going as planned?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

# Calendar days. Any term of the municipality that counts business days has mostly run out by then; older sources
# state no term, so age is the one measure all of them have.
HISTORIC_AFTER_DAYS = 30
AGE_BANDS: tuple[tuple[int, int | None], ...] = ((31, 90), (91, 180), (181, 365), (366, None))
MOST_WEEKS = 104


@dataclass(frozen=True)
class Week:
    """One week of a plan: closed in it, and left at its end, as planned and in fact (None while it has not begun)."""

    starts_on: date
    done: int | None
    planned_left: int
    left: int | None


@dataclass(frozen=True)
class Curve:
    """`initial` requests on the first day, and the weeks until the plan's end, or today if that is later."""

    initial: int
    weeks: tuple[Week, ...]

    @property
    def done(self) -> int:
        return sum(week.done or 0 for week in self.weeks)

    @property
    def left(self) -> int:
        return self.initial - self.done

    @property
    def behind(self) -> int:
        """How many more than planned are left at the end of the last week begun; negative when ahead."""
        begun = [week for week in self.weeks if week.left is not None]
        return (begun[-1].left or 0) - begun[-1].planned_left if begun else 0


def curve(closed: Mapping[date | None, int], *, starts_on: date, weekly_target: int, today: date) -> Curve:
    """The weeks of a plan from the closings per day; the day None holds what is still open."""
    initial = sum(closed.values())
    needed = -(-initial // weekly_target)
    begun = (today - starts_on).days // 7 + 1
    count = max(min(needed, MOST_WEEKS), begun)
    weeks, left = [], initial
    for number in range(count):
        first = starts_on + timedelta(weeks=number)
        done = sum(cases for day, cases in closed.items() if day and first <= day < first + timedelta(weeks=1))
        left -= done
        has_begun = first <= today
        planned = max(0, initial - weekly_target * (number + 1))
        weeks.append(Week(first, done if has_begun else None, planned, left if has_begun else None))
    return Curve(initial, tuple(weeks))
