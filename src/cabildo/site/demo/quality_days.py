"""When everything happened in Puerto Claro, in weeks before this one, so that the story is always of late."""

from dataclasses import dataclass
from datetime import date, timedelta

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Days:
    """The days of the story, seen from today."""

    today: date

    def of(self, weeks_ago: int, weekday: int) -> date:
        """A day of that week; the week 0 is the last one whose Friday has come."""
        friday = self.today - timedelta(days=(self.today.weekday() - FRIDAY) % 7)
        return friday - weeks_ago * WEEK + timedelta(days=weekday - FRIDAY)
