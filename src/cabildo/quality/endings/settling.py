"""Tasks of the stages under way end by what is on record, and are to do again when it is taken back."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date

from django.db import transaction

from cabildo import audit
from cabildo.quality.endings.facts import today
from cabildo.quality.endings.table import ENDINGS
from cabildo.quality.models import Cycle, Visit
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.actions.changes import By
from cabildo.workflow.processes.actions.tasks import finish_task, undo_task
from cabildo.workflow.processes.choices import EventKind, TaskState
from cabildo.workflow.processes.models import ProcessEvent, ProcessRun, StageRun, TaskRun
from cabildo.workflow.rules.errors import WorkflowError


def settle(cycle: Cycle, run: ProcessRun, *, by: By) -> None:
    """End each task that nothing else keeps waiting and whose record is there, on the day of the record.

    What the process refuses stays as it is: a record is never undone for its task's sake. A task that somebody said is
    not done after all is left to people.
    """
    left = _left_to_people(run)
    for stage in _under_way(run):
        for task in _free(stage):
            done_on = None if task.pk in left else _done_on(cycle, task)
            if done_on is not None:
                _finish(task, done_on, by)


def open_again(cycle: Cycle, run: ProcessRun, codes: Collection[str]) -> None:
    """Those of these tasks that were done and have no record any more are pending, unless others were done on them."""
    for stage in _under_way(run):
        for task in reversed(stage.tasks.all()):
            if task.code in codes and task.state == TaskState.DONE and _done_on(cycle, task) is None:
                with suppress(WorkflowError), transaction.atomic():
                    undo_task(task, by=audit.SYSTEM)


def _under_way(run: ProcessRun) -> Iterator[StageRun]:
    return (stage for stage in processes.stages_of(run) if stage.is_open)


def _free(stage: StageRun) -> Iterator[TaskRun]:
    """The open tasks in order, each once what it waits for is done; the caller ends them as they come."""
    after = {
        plan.code: plan.after for plan in processes.process_of(stage.run.pack_version).stage(stage.code).plan.tasks
    }
    tasks = {task.code: task for task in stage.tasks.all()}
    for code, task in tasks.items():
        if task.is_open and not any(tasks[other].is_open for other in after[code]):
            yield task


def _left_to_people(run: ProcessRun) -> set[int | None]:
    undone = ProcessEvent.objects.filter(run=run, kind=EventKind.TASK_UNDONE).exclude(by=None)
    return set(undone.values_list("task_id", flat=True))


def _done_on(cycle: Cycle, task: TaskRun) -> date | None:
    """By the record; what is older than a stage that began anew was of its earlier round."""
    stage, done_on = task.stage, _recorded_on(cycle, task)
    is_earlier = done_on is not None and stage.round > 1 and stage.started_on and done_on < stage.started_on
    return None if is_earlier else done_on


def _recorded_on(cycle: Cycle, task: TaskRun) -> date | None:
    if task.is_visit:
        visit = Visit.objects.filter(task=task).exclude(held_on=None).first()
        return visit.held_on if visit else None
    fact = ENDINGS.get(task.code)
    return fact(cycle) if fact else None


def _finish(task: TaskRun, done_on: date, by: By) -> None:
    """On its day; on the first of its stage, or of the task, when the record is older than they are."""
    now, since = today(), task.started_on or task.stage.started_on or date.min
    day = min(max(done_on, since), now)
    with suppress(WorkflowError), transaction.atomic():
        done = finish_task(task, ended_on=day, by=by, today=now)
        task.state, task.ended_on = done.state, done.ended_on
