"""How much of the time of a meeting has gone by, against the minutes that its questionnaire says?"""

from dataclasses import dataclass
from datetime import datetime

SECONDS = 60


@dataclass(frozen=True)
class Timer:
    """Whole minutes. `spent` is None while the meeting has no start: then nothing is known of its time."""

    minutes: int
    spent: int | None = None
    is_running: bool = False

    @property
    def left(self) -> int:
        return max(0, self.minutes - (self.spent or 0))

    @property
    def over(self) -> int:
        return max(0, (self.spent or 0) - self.minutes)


def timer(minutes: int, started_at: datetime | None, ended_at: datetime | None, now: datetime) -> Timer:
    """Time runs from the real start of the meeting to its real end, and no further."""
    if started_at is None or started_at > now:
        return Timer(minutes)
    ended = ended_at is not None and ended_at <= now
    last = ended_at if ended_at is not None and ended else now
    return Timer(minutes, int((last - started_at).total_seconds()) // SECONDS, is_running=not ended)
