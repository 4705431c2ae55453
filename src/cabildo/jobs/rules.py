"""When a job runs again, when a schedule is due, what may be told of an error: values in, verdict out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from traceback import walk_tb

from cabildo.kit.errors import DomainError

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
LOSSES_FORGIVEN = 3
SPREAD_STEPS = 10
ONE_DAY = timedelta(days=1)
DAYS_AHEAD = 60


@dataclass(frozen=True)
class Every:
    """Runs again `interval` after it was last due."""

    interval: timedelta


@dataclass(frozen=True)
class Daily:
    """Runs once a day at a local time of day; `business_days` leaves out weekends and holidays."""

    at: time
    business_days: bool = False


Rhythm = Every | Daily


@dataclass(frozen=True)
class Failure:
    """What is kept of an exception: its class and a refusal's code or the line that raised it.

    Never its message, which may quote a name or a RUN.
    """

    error_class: str
    detail: str


def delay_after(attempts: int, *, seed: int = 0) -> timedelta:
    """How long to wait after that many attempts: 10 s, doubled each time, at most an hour.

    `seed` (the job's id) adds up to a tenth, so that jobs which failed together do not return together.
    """
    doubled = FIRST_DELAY * 2 ** min(max(attempts - 1, 0), 20)
    return min(doubled, LONGEST_DELAY) * (1 + (seed % SPREAD_STEPS) / 100)


def may_try_again(error: BaseException, *, attempts: int, max_attempts: int) -> bool:
    """Whether a failed job is worth another run. One that outgrew its memory would outgrow it again."""
    return attempts < max_attempts and not isinstance(error, MemoryError)


def may_survive_loss(times_lost: int) -> bool:
    """Whether a job whose worker died goes back to the queue: three times, since the job may be what kills it."""
    return times_lost <= LOSSES_FORGIVEN


def next_occurrence(
    rhythm: Rhythm, *, after: datetime, zone: tzinfo, is_business_day: Callable[[date], bool]
) -> datetime:
    """The first instant strictly later than `after` (aware) at which the schedule is due, in UTC."""
    if isinstance(rhythm, Every):
        return after.astimezone(UTC) + rhythm.interval
    day = after.astimezone(zone).date()
    for _attempt in range(DAYS_AHEAD):
        # compared in UTC: two datetimes of one zone compare by wall clock, wrong across a clock change
        due_at = datetime.combine(day, rhythm.at, zone).astimezone(UTC)
        if due_at > after and (not rhythm.business_days or is_business_day(day)):
            return due_at
        day += ONE_DAY
    raise ValueError(f"no business day in the {DAYS_AHEAD} days after {after}")


def describe(error: BaseException) -> Failure:
    """Class and place of an exception, and the stable code of a refusal."""
    kind = type(error)
    code = error.code if isinstance(error, DomainError) else ""
    return Failure(f"{kind.__module__}.{kind.__qualname__}", f"{code} {_place(error)}".strip())


def _place(error: BaseException) -> str:
    """The deepest line of our own code, else the deepest of all: `cabildo.tickets.actions:88`."""
    lines = [f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in walk_tb(error.__traceback__)]
    ours = [line for line in lines if line.startswith("cabildo.") and not line.startswith("cabildo.jobs.")]
    return (ours or lines or [""])[-1]
