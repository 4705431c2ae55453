"""How an action holds a run, refuses what was changed meanwhile, and tells what it did."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.queries import acting_for
from cabildo.db.locking import lock_rows
from cabildo.workflow.processes.choices import EventKind
from cabildo.workflow.processes.models import ProcessEvent, ProcessRun, StageRun, TaskRun
from cabildo.workflow.rules.errors import WorkflowError
from cabildo.workflow.rules.transitions import Machine

type By = User | audit.Actor


def held_run(run_id: int) -> ProcessRun:
    """The run as it is now, its row locked until the transaction ends. Refused when it has ended."""
    run: ProcessRun = lock_rows(ProcessRun.objects.filter(pk=run_id)).get()
    if not run.is_open:
        raise WorkflowError("run_not_open", state=run.get_state_display().lower())
    return run


def held_stage(stage: StageRun, seen: int | None = None) -> StageRun:
    """The stage as it is now, with its run locked; `seen` is the revision that the person had before them."""
    run = held_run(stage.run_id)
    fresh: StageRun = StageRun.objects.get(pk=stage.pk)
    fresh.run = run
    refuse_stale(fresh, seen)
    return fresh


def held_task(task: TaskRun, seen: int | None = None) -> TaskRun:
    """The task as it is now, with the run locked. Refused when its stage is not under way."""
    fresh = held_planned_task(task, seen)
    if not fresh.stage.is_open:
        raise WorkflowError("stage_not_open", stage=fresh.stage.label)
    return fresh


def held_planned_task(task: TaskRun, seen: int | None = None) -> TaskRun:
    """The same, of a stage that may have yet to begin."""
    stage = held_stage(task.stage)
    fresh: TaskRun = TaskRun.objects.select_related("responsible", "department").get(pk=task.pk)
    fresh.stage = stage
    refuse_stale(fresh, seen)
    return fresh


def refuse_stale(row: StageRun | TaskRun, seen: int | None) -> None:
    """Refuse when somebody changed the row since the revision that was seen, naming what changed."""
    if seen is None or row.revision == seen:
        return
    # a task that its stage carried along, or began anew with it, has no line of its own in the history
    carried = _("sus fechas o su estado, con los de la etapa")
    raise WorkflowError("stale", fields=", ".join(_changed_since(row, seen)) or carried)


def _changed_since(row: StageRun | TaskRun, seen: int) -> list[str]:
    """The names that people read of the fields changed after a revision, from the history."""
    later = [data for data in row.events.values_list("data", flat=True) if data.get("revision", 0) > seen]
    names = {name for data in later for name in data.get("fields", ())}
    return [str(field.verbose_name) for field in row._meta.fields if field.name in names]


def step(machine: Machine, name: str, row: StageRun | TaskRun, reason: str = "") -> str:
    """The state to which a step leads, or a refusal in words."""
    try:
        return machine.apply(name, row.state, reason=reason)
    except WorkflowError as refusal:
        if refusal.code == "reason_required":
            raise WorkflowError("reason_missing") from refusal
        raise WorkflowError("step_not_now", what=row.label, state=row.get_state_display()) from refusal


def change(row: StageRun | TaskRun, kind: EventKind, *, by: By, words: str = "", **values: Any) -> None:
    """Save these values as one new revision, and tell it."""
    fields = [name for name, value in values.items() if getattr(row, name) != value]
    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1
    row.save(update_fields=[*values, "revision"])
    stage = row if isinstance(row, StageRun) else row.stage
    task = row if isinstance(row, TaskRun) else None
    tell(stage.run, kind, by=by, stage=stage, task=task, words=words, revision=row.revision, fields=fields)


def tell(
    run: ProcessRun,
    kind: EventKind,
    *,
    by: By,
    stage: StageRun | None = None,
    task: TaskRun | None = None,
    words: str = "",
    **data: Any,
) -> None:
    """One line of the history and one of the audit, which gets no words."""
    person = by if isinstance(by, User) else None
    department = task.department_id if task else run.department_id
    ProcessEvent.objects.create(
        municipality_id=run.municipality_id,
        run=run,
        stage=stage,
        task=task,
        at=timezone.now(),
        kind=kind,
        by=person,
        standing_in_for_id=acting_for(person, department) if person else None,
        words=words,
        data=data,
    )
    about = {"stage": stage.code} if stage else {}
    audit.record(f"process.{kind}", on=task or stage or run, by=by, data={**about, **data})
