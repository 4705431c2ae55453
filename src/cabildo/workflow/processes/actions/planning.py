"""How dates are planned again. The first plan is never written over."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from cabildo.kit.workdays import Calendar
from cabildo.workflow.processes.actions.changes import By, change, held_planned_task, held_stage
from cabildo.workflow.processes.choices import OPEN_TASKS, EventKind, StageState
from cabildo.workflow.processes.models import ProcessRun, StageRun, TaskRun
from cabildo.workflow.processes.rules import dates
from cabildo.workflow.processes.rules.dates import Span
from cabildo.workflow.queries import calendar
from cabildo.workflow.rules.errors import WorkflowError

MOST_YEARS = 10  # after the year in which a run begins


@transaction.atomic
def replan_stage(
    stage: StageRun, *, starts_on: date, ends_on: date, reason: str, by: By, revision: int | None = None
) -> StageRun:
    """Give a stage other days. Its open tasks move with its beginning; the stages after it, with its end.

    What has begun keeps its true days. The first plan stays beside the new one, with the reason.
    Raises WorkflowError reason_missing, dates_inverted, dates_unchanged, day_far, step_not_now.
    """
    held = held_stage(stage, revision)
    if held.state == StageState.CLOSED:
        raise WorkflowError("step_not_now", what=held.label, state=held.get_state_display())
    new = _new_span(held, starts_on, ends_on, reason)
    days = calendar(starts_on)
    later_by = dates.slip(held.expected_ends_on, ends_on, days)
    _move_tasks(held, dates.slip(held.expected_starts_on, starts_on, days), new, reason, days)
    _replan(held, new, reason, by)
    if later_by:
        _move_following(held, later_by, reason, by, days)
    return held


@transaction.atomic
def replan_task(
    task: TaskRun, *, starts_on: date, ends_on: date, reason: str, by: By, revision: int | None = None
) -> TaskRun:
    """Give an open task other days, inside those of its stage."""
    held = held_planned_task(task, revision)
    if not held.is_open:
        raise WorkflowError("step_not_now", what=held.label, state=held.get_state_display())
    new = _new_span(held, starts_on, ends_on, reason)
    frame = Span(held.stage.expected_starts_on, held.stage.expected_ends_on)
    if dates.within(new, frame) != new:
        raise WorkflowError("task_outside_stage", starts_on=frame.starts_on, ends_on=frame.ends_on)
    _replan(held, new, reason, by)
    return held


def _new_span(row: StageRun | TaskRun, starts_on: date, ends_on: date, reason: str) -> Span:
    if not reason.strip():
        raise WorkflowError("reason_missing")
    if ends_on < starts_on:
        raise WorkflowError("dates_inverted")
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        _must_be_near(_run_of(row), day, field)
    if (starts_on, ends_on) == (row.expected_starts_on, row.expected_ends_on):
        raise WorkflowError("dates_unchanged")
    return Span(starts_on, ends_on)


def _must_be_near(run: ProcessRun, day: date, field: str) -> None:
    """WorkflowError day_far for a year that cannot be of this run: no calendar reaches it, or it was mistyped."""
    first, last = run.planned_start_on.year - 1, run.planned_start_on.year + MOST_YEARS
    if not first <= day.year <= last:
        raise WorkflowError("day_far", field=field, year=run.planned_start_on.year, first=first, last=last)


def _run_of(row: StageRun | TaskRun) -> ProcessRun:
    return row.stage.run if isinstance(row, TaskRun) else row.run


def _replan(row: StageRun | TaskRun, span: Span, reason: str, by: By) -> None:
    words = f"{span.starts_on:%d-%m-%Y} – {span.ends_on:%d-%m-%Y}. {reason}"
    new = {"replanned_starts_on": span.starts_on, "replanned_ends_on": span.ends_on, "replan_reason": reason}
    change(row, EventKind.REPLANNED, by=by, words=words, **new)


def _move_following(stage: StageRun, by_days: int, reason: str, by: By, days: Calendar) -> None:
    later = StageRun.objects.filter(run=stage.run, position__gt=stage.position, state=StageState.TO_BEGIN)
    for following in later.order_by("position"):
        following.run = stage.run
        span = dates.moved(Span(following.expected_starts_on, following.expected_ends_on), by_days, days)
        _must_be_near(stage.run, span.ends_on, "ends_on")
        _move_tasks(following, by_days, span, reason, days)
        _replan(following, span, reason, by)


def _move_tasks(stage: StageRun, by_days: int, frame: Span, reason: str, days: Calendar) -> None:
    """Carry the open tasks along, and keep them inside the stage's new days. The stage's line tells it."""
    found: Iterable[TaskRun] = TaskRun.objects.filter(stage=stage, state__in=OPEN_TASKS)
    moved = []
    for task in found:
        before = Span(task.expected_starts_on, task.expected_ends_on)
        span = dates.within(dates.moved(before, by_days, days), frame)
        if span != before:
            task.replanned_starts_on, task.replanned_ends_on = span.starts_on, span.ends_on
            task.replan_reason, task.revision = reason, task.revision + 1
            moved.append(task)
    fields = ["replanned_starts_on", "replanned_ends_on", "replan_reason", "revision"]
    TaskRun.objects.bulk_update(moved, fields)
