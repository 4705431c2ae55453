"""How a deadline stands on a day: on time, due soon, late, stopped; how many days are left; which alert is due."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from cabildo.kit.workdays import Calendar
from cabildo.workflow.rules.deadlines import Deadline

DUE_SOON_DAYS = 3
ESCALATION = (3, 0, -1, -5)  # business days left: before, at and after the due date


class Status(StrEnum):
    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    LATE = "late"
    STOPPED = "stopped"
    ANSWERED_ON_TIME = "answered_on_time"
    ANSWERED_LATE = "answered_late"


def status(
    deadline: Deadline,
    today: date,
    calendar: Calendar,
    *,
    answered_on: date | None = None,
    due_soon_days: int = DUE_SOON_DAYS,
) -> Status:
    """The state shown to people. The due date itself is still on time; `due_soon_days` are business days left."""
    if answered_on is not None:
        return Status.ANSWERED_ON_TIME if answered_on <= deadline.expires_on else Status.ANSWERED_LATE
    if is_stopped(deadline, today, calendar):
        return Status.STOPPED
    if today > deadline.expires_on:
        return Status.LATE
    soon = days_left(deadline, today, calendar) <= due_soon_days
    return Status.DUE_SOON if soon else Status.ON_TIME


def standing_on(due_on: date | None, today: date, calendar: Calendar) -> Status:
    """How something open stands against a plain date; without one it is on time."""
    if due_on is None:
        return Status.ON_TIME
    if due_on < today:
        return Status.LATE
    return Status.DUE_SOON if calendar.count_between(today, due_on) <= DUE_SOON_DAYS else Status.ON_TIME


def is_stopped(deadline: Deadline, today: date, calendar: Calendar) -> bool:
    """Whether a pause holds this deadline's clock today; one begun when the term had run out stops nothing."""
    return any(
        pause.stops(deadline.clock) and pause.start < deadline.expires_on and pause.holds(today, calendar)
        for pause in deadline.pauses
    )


def days_left(deadline: Deadline, today: date, calendar: Calendar) -> int:
    """Business days after today up to the due date, stopped ones left out; 0 on the due date; negative when past it.

    On a weekend after the due date it is still 0: no business day has been lost yet.
    """
    if today > deadline.expires_on:
        return calendar.count_between(today, deadline.expires_on)
    return sum(
        (day.counted or day.date == deadline.expires_on) and calendar.is_business_day(day.date)
        for day in deadline.explanation
        if day.date > today
    )


def escalation_level(
    deadline: Deadline, today: date, calendar: Calendar, thresholds: Sequence[int] = ESCALATION
) -> int:
    """How many alerts are due: one for each threshold (business days left) reached; 0 while the clock is stopped."""
    if is_stopped(deadline, today, calendar):
        return 0
    left = days_left(deadline, today, calendar)
    return sum(left <= threshold for threshold in thresholds)
