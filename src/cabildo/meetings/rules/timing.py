"""How long was it to last, and how long did it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Durations:
    """Whole minutes, a begun minute not counted; `real` is None until it began, and runs until it ends."""

    planned: int
    agenda: int
    real: int | None

    @property
    def over(self) -> int | None:
        """Minutes beyond the plan; negative when it ended before."""
        return None if self.real is None else self.real - self.planned

    @property
    def agenda_fits(self) -> bool:
        return self.agenda <= self.planned


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes from one instant to a later one; 0 when it is not later."""
    return max(0, (end - start) // timedelta(minutes=1))


def durations(
    planned: tuple[datetime, datetime],
    items: Iterable[int],
    started_at: datetime | None,
    ended_at: datetime | None,
    now: datetime,
) -> Durations:
    real = minutes_between(started_at, ended_at or now) if started_at else None
    return Durations(minutes_between(*planned), sum(items), real)
