"""How a run is planned, withdrawn, taken up again, and followed by another cycle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import can
from cabildo.accounts.models import Department, User
from cabildo.accounts.scoping import current_municipality
from cabildo.content.models import PackVersion
from cabildo.content.queries import version_of
from cabildo.db.locking import lock_rows
from cabildo.workflow.processes import queries
from cabildo.workflow.processes.actions.changes import By, held_run, tell
from cabildo.workflow.processes.blueprint import Process, Stage, Task
from cabildo.workflow.processes.choices import EventKind, ProcessPermission, RunState
from cabildo.workflow.processes.models import ProcessRun, RunRole, StageRun, TaskRun
from cabildo.workflow.processes.rules import dates
from cabildo.workflow.processes.rules.dates import Dated
from cabildo.workflow.queries import calendar
from cabildo.workflow.rules.errors import WorkflowError


@dataclass(frozen=True)
class Holder:
    """Who answers: a person, a department, or both."""

    responsible: User | None = None
    department: Department | None = None


NOBODY = Holder()


@transaction.atomic
def start(
    *,
    version: PackVersion,
    title: str,
    planned_start_on: date,
    by: By,
    on_type: str = "",
    on_id: str = "",
    department: Department | None = None,
    leader: User | None = None,
    holders: Mapping[str, Holder] | None = None,
) -> ProcessRun:
    """Plan a run of a process: every stage and task with its days, in the municipality of the scope.

    `holders` says who holds each role, by code; its tasks are theirs. `on_type` and `on_id` name what it is about.
    """
    if version.pack.kind != queries.KIND:
        raise WorkflowError("process_without_stages")
    _refuse_without_role(leader)
    run = ProcessRun.objects.create(
        municipality=current_municipality(),
        pack_version=version,
        title=title,
        planned_start_on=planned_start_on,
        on_type=on_type,
        on_id=on_id,
        department=department,
        leader=leader,
    )
    _lay_out(run, holders or {}, {})
    tell(run, EventKind.CREATED, by=by, version=version.version)
    return run


@transaction.atomic
def new_cycle(
    run: ProcessRun,
    *,
    planned_start_on: date,
    by: By,
    version: PackVersion | None = None,
    title: str = "",
    on_id: str = "",
) -> ProcessRun:
    """Plan the next cycle of a run that has ended, in the last version of its process unless another is given.

    Roles, who leads and who answers for each task are the same; states and dates begin anew. `on_id` names
    what it is about when each cycle is a record of its own.
    """
    ended: ProcessRun = lock_rows(ProcessRun.objects.filter(pk=run.pk)).get()
    if ended.is_open:
        raise WorkflowError("run_open")
    if ProcessRun.objects.filter(previous=ended).exists():
        raise WorkflowError("run_has_next")
    following = ProcessRun.objects.create(
        municipality_id=ended.municipality_id,
        pack_version=version or version_of(ended.pack_version.pack),
        title=title or ended.title,
        planned_start_on=planned_start_on,
        on_type=ended.on_type,
        on_id=on_id or ended.on_id,
        department_id=ended.department_id,
        leader=ended.leader if ended.leader and can(ended.leader, ProcessPermission.LEAD) else None,
        cycle=ended.cycle + 1,
        previous=ended,
    )
    _lay_out(following, _holders_of(ended), _answering_in(ended))
    tell(following, EventKind.CYCLE, by=by, cycle=following.cycle, previous=ended.pk)
    return following


@transaction.atomic
def name_leader(run: ProcessRun, *, to: User | None, reason: str, by: By) -> ProcessRun:
    """Another person leads the run from now on, or nobody in particular: then who directs its department does.

    Raises WorkflowError reason_missing, leader_unchanged, leader_without_role.
    """
    if not reason.strip():
        raise WorkflowError("reason_missing")
    held = held_run(run.pk)
    if held.leader_id == (to.pk if to else None):
        raise WorkflowError("leader_unchanged")
    _refuse_without_role(to)
    before, held.leader = held.leader_id, to
    held.revision += 1
    held.save(update_fields=["leader", "revision"])
    words = f"{to or _('Nadie en particular')}. {reason}"
    tell(held, EventKind.LED, by=by, words=words, before=before, now=held.leader_id)
    return held


def _refuse_without_role(leader: User | None) -> None:
    if leader and not can(leader, ProcessPermission.LEAD):
        raise WorkflowError("leader_without_role", person=str(leader))


@transaction.atomic
def withdraw(run: ProcessRun, *, reason: str, by: By) -> ProcessRun:
    """End a run that will not be finished. Its history stays."""
    if not reason.strip():
        raise WorkflowError("reason_missing")
    held = held_run(run.pk)
    held.state, held.ended_on = RunState.WITHDRAWN, timezone.localdate()
    held.revision += 1
    held.save(update_fields=["state", "ended_on", "revision"])
    tell(held, EventKind.WITHDRAWN, by=by, words=reason)
    return held


@transaction.atomic
def resume(run: ProcessRun, *, reason: str, by: By) -> ProcessRun:
    """A run that was withdrawn goes on where it was: its stages, tasks and dates are as they were left.

    Raises WorkflowError reason_missing, run_not_withdrawn, run_has_next.
    """
    if not reason.strip():
        raise WorkflowError("reason_missing")
    held: ProcessRun = lock_rows(ProcessRun.objects.filter(pk=run.pk)).get()
    if held.state != RunState.WITHDRAWN:
        raise WorkflowError("run_not_withdrawn", state=held.get_state_display().lower())
    if ProcessRun.objects.filter(previous=held).exists():
        raise WorkflowError("run_has_next")
    held.state, held.ended_on = RunState.RUNNING if held.started_on else RunState.PLANNED, None
    held.revision += 1
    held.save(update_fields=["state", "ended_on", "revision"])
    tell(held, EventKind.RESUMED, by=by, words=reason)
    return held


def _holders_of(run: ProcessRun) -> dict[str, Holder]:
    return {role.code: Holder(role.responsible, role.department) for role in queries.roles_of(run)}


def _answering_in(run: ProcessRun) -> dict[tuple[str, str], Holder]:
    """Who answered for each task, by code of stage and task."""
    tasks = TaskRun.objects.filter(stage__run=run).select_related("stage", "responsible", "department")
    return {(task.stage.code, task.code): Holder(task.responsible, task.department) for task in tasks}


def _lay_out(run: ProcessRun, holders: Mapping[str, Holder], answering: Mapping[tuple[str, str], Holder]) -> None:
    """The roles, stages and tasks of a run that has none yet, with their first dates."""
    process = queries.process_of(run.pack_version)
    RunRole.objects.bulk_create(_roles(run, process, holders))
    days = dates.planned([stage.plan for stage in process.stages], run.planned_start_on, calendar(run.planned_start_on))
    stages = StageRun.objects.bulk_create(_stage(run, stage, days[stage.code]) for stage in process.stages)
    TaskRun.objects.bulk_create(
        _task(row, task, days[stage.code], position, answering.get((stage.code, task.code)) or holders.get(task.role))
        for row, stage in zip(stages, process.stages, strict=True)
        for position, task in enumerate(stage.tasks, 1)
    )


def _roles(run: ProcessRun, process: Process, holders: Mapping[str, Holder]) -> list[RunRole]:
    return [
        RunRole(
            municipality_id=run.municipality_id,
            run=run,
            code=role.code,
            label=role.label,
            side=role.side,
            position=position,
            responsible=holders.get(role.code, NOBODY).responsible,
            department=holders.get(role.code, NOBODY).department,
        )
        for position, role in enumerate(process.roles, 1)
    ]


def _stage(run: ProcessRun, stage: Stage, dated: Dated) -> StageRun:
    return StageRun(
        municipality_id=run.municipality_id,
        run=run,
        code=stage.code,
        position=stage.order,
        label=stage.label,
        planned_starts_on=dated.span.starts_on,
        planned_ends_on=dated.span.ends_on,
    )


def _task(row: StageRun, task: Task, dated: Dated, position: int, holder: Holder | None) -> TaskRun:
    span = dated.tasks[task.code]
    return TaskRun(
        municipality_id=row.municipality_id,
        stage=row,
        code=task.code,
        position=position,
        label=task.label,
        role=task.role,
        responsible=(holder or NOBODY).responsible,
        department=(holder or NOBODY).department,
        is_required=task.is_required,
        is_visit=task.is_visit,
        deliverable=task.deliverable,
        planned_starts_on=span.starts_on,
        planned_ends_on=span.ends_on,
    )
