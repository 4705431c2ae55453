"""How a task is begun, done, undone, left out, noted and handed to somebody else."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from cabildo.accounts.models import User
from cabildo.documents import actions as documents
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.models import Document
from cabildo.workflow.processes import queries
from cabildo.workflow.processes.actions.changes import By, change, held_planned_task, held_run, held_task, step, tell
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.choices import OPEN_TASKS, EventKind, TaskState
from cabildo.workflow.processes.models import RunRole, TaskRun
from cabildo.workflow.processes.rules.dates import TaskPlan
from cabildo.workflow.processes.rules.states import TASK
from cabildo.workflow.rules.errors import WorkflowError


@transaction.atomic
def begin_task(task: TaskRun, *, by: By, today: date, revision: int | None = None) -> TaskRun:
    """Somebody is at it from today. Refused while what it depends on is not done."""
    held = held_task(task, revision)
    state = step(TASK, "begin", held)
    _refuse_before_others(held)
    change(held, EventKind.TASK_BEGUN, by=by, state=state, started_on=today)
    return held


@transaction.atomic
def finish_task(
    task: TaskRun, *, ended_on: date, by: By, today: date, note: str | None = None, revision: int | None = None
) -> TaskRun:
    """It was done on that day, today or before. Refused while what it depends on is not done."""
    held = held_task(task, revision)
    state = step(TASK, "finish", held)
    _refuse_before_others(held)
    if ended_on > today:
        raise WorkflowError("day_in_future")
    if held.started_on and ended_on < held.started_on:
        raise WorkflowError("day_before_start", started_on=held.started_on)
    days: dict[str, Any] = {"started_on": held.started_on or ended_on, "ended_on": ended_on}
    written: dict[str, Any] = {} if note is None else {"note": note}
    change(held, EventKind.TASK_DONE, by=by, state=state, ended_by=_person(by), **days, **written)
    return held


@transaction.atomic
def skip_task(task: TaskRun, *, reason: str, by: By, today: date, revision: int | None = None) -> TaskRun:
    """It does not apply in this run, for a reason that is shown."""
    held = held_task(task, revision)
    state = step(TASK, "skip", held, reason)
    change(
        held,
        EventKind.TASK_SKIPPED,
        by=by,
        words=reason,
        state=state,
        reason=reason,
        started_on=None,
        ended_on=today,
        ended_by=_person(by),
    )
    return held


@transaction.atomic
def undo_task(task: TaskRun, *, by: By, revision: int | None = None) -> TaskRun:
    """It is pending again. Refused while something that depends on it is done."""
    held = held_task(task, revision)
    state = step(TASK, "undo", held)
    _refuse_under_others(held)
    empty: dict[str, Any] = {"started_on": None, "ended_on": None, "ended_by": None, "reason": ""}
    change(held, EventKind.TASK_UNDONE, by=by, state=state, **empty)
    return held


@transaction.atomic
def write_note(task: TaskRun, *, note: str, by: By, revision: int | None = None) -> TaskRun:
    """What whoever works on it wants others to know."""
    held = held_task(task, revision)
    change(held, EventKind.TASK_CHANGED, by=by, note=note)
    return held


def attach(task: TaskRun, file: Any, *, by: User) -> Document:
    """Keep a paper that the task leaves, while its process is open. DocumentsError says why a file is not taken."""
    if not task.stage.run.is_open:
        raise WorkflowError("run_not_open", state=task.stage.run.get_state_display().lower())
    return documents.store_upload(file, owner=task, kind=Kind.EVIDENCE, visibility=Visibility.INTERNAL, by=by)


@transaction.atomic
def reassign(task: TaskRun, *, to: Holder, by: By, revision: int | None = None) -> TaskRun:
    """Another person or department answers for the task."""
    if to.responsible is None and to.department is None:
        raise WorkflowError("nobody_chosen")
    held = held_planned_task(task, revision)
    words = ", ".join(str(one) for one in (to.responsible, to.department) if one)
    change(held, EventKind.REASSIGNED, by=by, words=words, responsible=to.responsible, department=to.department)
    return held


@transaction.atomic
def assign_role(role: RunRole, *, to: Holder, by: By) -> RunRole:
    """Who holds a role of the run; its open tasks that were nobody's, or of the one before, become theirs."""
    run = held_run(role.run_id)
    held: RunRole = RunRole.objects.get(pk=role.pk)
    before = Q(responsible=held.responsible_id, department=held.department_id)
    free = Q(responsible=None, department=None)
    open_ones = TaskRun.objects.filter(before | free, stage__run=run, role=held.code, state__in=OPEN_TASKS)
    for task in open_ones.select_related("stage"):
        task.stage.run = run
        change(task, EventKind.REASSIGNED, by=by, responsible=to.responsible, department=to.department)
    held.responsible, held.department = to.responsible, to.department
    held.save(update_fields=["responsible", "department"])
    tell(run, EventKind.REASSIGNED, by=by, words=held.label, role=held.code)
    return held


def _refuse_before_others(task: TaskRun) -> None:
    """What a task depends on is done, or does not apply."""
    before = next(plan.after for plan in _plans(task) if plan.code == task.code)
    _refuse("tasks_before_open", task, before, state__in=OPEN_TASKS)


def _refuse_under_others(task: TaskRun) -> None:
    after = [plan.code for plan in _plans(task) if task.code in plan.after]
    _refuse("tasks_after_done", task, after, state=TaskState.DONE)


def _refuse(code: str, task: TaskRun, others: Iterable[str], **condition: object) -> None:
    found = TaskRun.objects.filter(stage=task.stage, code__in=list(others), **condition).order_by("position")
    if names := [other.label for other in found]:
        raise WorkflowError(code, tasks=", ".join(names))


def _plans(task: TaskRun) -> tuple[TaskPlan, ...]:
    return queries.process_of(task.stage.run.pack_version).stage(task.stage.code).plan.tasks


def _person(by: By) -> User | None:
    return by if isinstance(by, User) else None
