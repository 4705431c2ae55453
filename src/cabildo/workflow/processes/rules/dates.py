"""When stages and tasks are planned, and when they are to be expected after what has happened.

Days are business days of a Calendar. A span includes both its days: ten days from a Monday end on the Friday of the
next week. What follows begins on the business day after.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter

from cabildo.kit.workdays import Calendar


@dataclass(frozen=True)
class Span:
    """From a day to another, both included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class TaskPlan:
    """A task as its process says it: how long, after which others, how many days it waits first."""

    code: str
    days: int
    wait_days: int = 0
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class StagePlan:
    """A stage as its process says it: its business days and its tasks."""

    code: str
    days: int
    tasks: tuple[TaskPlan, ...] = ()


@dataclass(frozen=True)
class Dated:
    """The days of a stage and of each of its tasks."""

    span: Span
    tasks: Mapping[str, Span]


@dataclass(frozen=True)
class Actual:
    """What is known of a stage or task: its days as planned now, and those on which it truly began and ended.

    `is_skipped` is of a task that does not apply: it takes no time and holds nobody up.
    """

    planned: Span
    started_on: date | None = None
    ended_on: date | None = None
    is_skipped: bool = False


@dataclass(frozen=True)
class StageActual:
    """A stage with its tasks, as they stand."""

    plan: StagePlan
    own: Actual
    tasks: Mapping[str, Actual]


def in_order(tasks: Iterable[TaskPlan]) -> list[TaskPlan]:
    """Every task after those it depends on. `graphlib.CycleError` when they go round; names of others are left out."""
    by_code = {task.code: task for task in tasks}
    graph = {code: [name for name in task.after if name in by_code] for code, task in by_code.items()}
    return [by_code[code] for code in TopologicalSorter(graph).static_order()]


def longest_chain(stage: StagePlan) -> int:
    """Business days of the longest chain of tasks, waits included: what the stage must last at least."""
    ends: dict[str, int] = {}
    for task in in_order(stage.tasks):
        before = max((ends[name] for name in task.after if name in ends), default=0)
        ends[task.code] = before + task.wait_days + task.days
    return max(ends.values(), default=0)


def planned(stages: Sequence[StagePlan], start: date, calendar: Calendar) -> dict[str, Dated]:
    """The days of each stage, one after the other from the first business day at or after `start`."""
    found, begins = {}, calendar.next_business_day(start)
    for stage in stages:
        found[stage.code] = _planned_stage(stage, begins, calendar)
        begins = calendar.add(found[stage.code].span.ends_on, 1)
    return found


def _planned_stage(stage: StagePlan, begins: date, calendar: Calendar) -> Dated:
    spans: dict[str, Span] = {}
    for task in in_order(stage.tasks):
        after = [calendar.add(spans[name].ends_on, 1) for name in task.after if name in spans]
        spans[task.code] = _span(calendar.add(max(after, default=begins), task.wait_days), task.days, calendar)
    return Dated(_span(begins, stage.days, calendar), spans)


def _span(begins: date, days: int, calendar: Calendar) -> Span:
    return Span(begins, calendar.add(begins, days - 1))


def forecast(stages: Sequence[StageActual], today: date, calendar: Calendar) -> dict[str, Dated]:
    """When each stage and task is to be expected: what is late pushes what follows; what is early pulls nothing.

    What has ended keeps its true days. Nothing still to begin is expected before today, nor before its plan.
    """
    found: dict[str, Dated] = {}
    free_from = date.min
    for stage in stages:
        found[stage.plan.code] = _expected_stage(stage, free_from, today, calendar)
        free_from = max(free_from, calendar.add(found[stage.plan.code].span.ends_on, 1))
    return found


def _expected_stage(stage: StageActual, free_from: date, today: date, calendar: Calendar) -> Dated:
    begins = stage.own.started_on or _not_before(today, calendar, stage.own.planned.starts_on, free_from)
    tasks = _expected_tasks(stage, begins, today, calendar)
    if stage.own.ended_on:
        return Dated(Span(begins, stage.own.ended_on), tasks)
    last = max((span.ends_on for span in tasks.values()), default=begins)
    expected = calendar.add(calendar.next_business_day(begins), _length(stage.own.planned, calendar) - 1)
    return Dated(Span(begins, _not_before(today, calendar, stage.own.planned.ends_on, expected, last)), tasks)


def _expected_tasks(stage: StageActual, begins: date, today: date, calendar: Calendar) -> dict[str, Span]:
    spans: dict[str, Span] = {}
    free: dict[str, date] = {}  # the first day on which what depends on a task may begin
    for task in in_order(stage.plan.tasks):
        may_begin = max((free[name] for name in task.after if name in free), default=begins)
        known = stage.tasks[task.code]
        if known.is_skipped:
            free[task.code] = may_begin
            continue
        ready = calendar.add(calendar.next_business_day(may_begin), task.wait_days)
        spans[task.code] = _expected_task(known, ready, today, calendar)
        free[task.code] = calendar.add(spans[task.code].ends_on, 1)
    return spans


def _expected_task(known: Actual, ready: date, today: date, calendar: Calendar) -> Span:
    if known.ended_on:
        return Span(known.started_on or min(known.planned.starts_on, known.ended_on), known.ended_on)
    begins = known.started_on or _not_before(today, calendar, known.planned.starts_on, ready)
    expected = calendar.add(calendar.next_business_day(begins), _length(known.planned, calendar) - 1)
    return Span(begins, _not_before(today, calendar, known.planned.ends_on, expected))


def _not_before(today: date, calendar: Calendar, *days: date) -> date:
    return calendar.next_business_day(max(today, *days))


def _length(span: Span, calendar: Calendar) -> int:
    """Business days of a span, both ends counted; one at least."""
    before = calendar.is_business_day(span.starts_on)
    return max(1, calendar.count_between(span.starts_on, span.ends_on) + before)


def slip(planned_on: date, expected_on: date, calendar: Calendar) -> int:
    """Business days by which something comes after its plan; negative when before it."""
    return calendar.count_between(planned_on, expected_on)


def moved(span: Span, by_days: int, calendar: Calendar) -> Span:
    """The span carried so many business days later, or earlier when negative."""
    return Span(_moved_day(span.starts_on, by_days, calendar), _moved_day(span.ends_on, by_days, calendar))


def _moved_day(day: date, by_days: int, calendar: Calendar) -> date:
    return calendar.add(day, by_days) if by_days >= 0 else calendar.subtract(day, -by_days)


def within(span: Span, frame: Span) -> Span:
    """The part of a span that a frame holds; its nearest day when they do not meet."""
    starts = min(max(span.starts_on, frame.starts_on), frame.ends_on)
    return Span(starts, max(starts, min(span.ends_on, frame.ends_on)))
