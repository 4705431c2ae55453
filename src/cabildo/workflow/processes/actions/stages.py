"""How a stage begins, closes, is opened again, and how its gates are passed by hand."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.locking import lock_rows
from cabildo.workflow.processes import queries
from cabildo.workflow.processes.actions.changes import By, change, held_stage, refuse_stale, step, tell
from cabildo.workflow.processes.blueprint import Gate
from cabildo.workflow.processes.choices import EventKind, RunState, StageState, TaskState
from cabildo.workflow.processes.gates import Missing
from cabildo.workflow.processes.models import GatePass, ProcessRun, StageRun, TaskRun
from cabildo.workflow.processes.rules.states import STAGE
from cabildo.workflow.rules.errors import WorkflowError


@transaction.atomic
def begin_stage(stage: StageRun, *, by: By, today: date, revision: int | None = None) -> StageRun:
    """The stage is under way from today. Refused while an earlier one is not closed."""
    held = held_stage(stage, revision)
    state = step(STAGE, "begin", held)
    earlier = StageRun.objects.filter(run=held.run, position__lt=held.position).exclude(state=StageState.CLOSED)
    if waiting := [before.label for before in earlier]:
        raise WorkflowError("earlier_stages_open", stages=", ".join(waiting))
    change(held, EventKind.STAGE_BEGUN, by=by, state=state, started_on=today)
    if held.run.state == RunState.PLANNED:
        _save_run(held.run, state=RunState.RUNNING, started_on=today)
    return held


@transaction.atomic
def close_stage(stage: StageRun, *, by: By, today: date, revision: int | None = None) -> StageRun:
    """Close a stage. Refused with `stage_incomplete`, whose fact `missing` lists each missing thing with its address.

    What each check said is kept. The run ends when its last stage closes.
    """
    held = held_stage(stage, revision)
    state = step(STAGE, "close", held)
    verdicts = queries.verdicts(held)
    if missing := queries.all_missing(held, verdicts):
        raise _incomplete(held, missing)
    for verdict in verdicts:
        if not verdict.gate.is_manual:
            _keep_pass(held, verdict.gate, by=by, said=_("La revisión no encontró nada que falte."))
    change(held, EventKind.STAGE_CLOSED, by=by, state=state, ended_on=today)
    _end_run_if_done(held.run, by=by, today=today)
    return held


@transaction.atomic
def reopen_stage(stage: StageRun, *, reason: str, by: By, revision: int | None = None) -> StageRun:
    """Open a closed stage again to mend something. Its tasks stay as they are; its gates must pass once more."""
    held = _held_to_reopen(stage, revision)
    state = step(STAGE, "reopen", held, reason)
    change(held, EventKind.STAGE_REOPENED, by=by, words=reason, state=state, ended_on=None, round=held.round + 1)
    return held


@transaction.atomic
def repeat_stage(stage: StageRun, *, reason: str, by: By, today: date, revision: int | None = None) -> StageRun:
    """Do a closed stage again from its beginning, if its process allows it: its tasks become pending."""
    held = _held_to_reopen(stage, revision)
    if not queries.process_of(held.run.pack_version).stage(held.code).is_repeatable:
        raise WorkflowError("stage_not_repeatable", stage=held.label)
    state = step(STAGE, "reopen", held, reason)
    TaskRun.objects.filter(stage=held).update(
        state=TaskState.PENDING,
        started_on=None,
        ended_on=None,
        ended_by=None,
        reason="",
        revision=F("revision") + 1,
    )
    beginning = {"state": state, "started_on": today, "ended_on": None, "round": held.round + 1}
    change(held, EventKind.STAGE_REPEATED, by=by, words=reason, **beginning)
    return held


@transaction.atomic
def pass_gate(stage: StageRun, code: str, *, said: str, by: User) -> GatePass:
    """A person declares that a requirement holds, and why. Only those that the system does not review."""
    held, gate = _manual_gate(stage, code)
    if not said.strip():
        raise WorkflowError("reason_missing")
    if _in_force(held, gate).exists():
        raise WorkflowError("gate_passed_already", gate=gate.label)
    given = _keep_pass(held, gate, by=by, said=said)
    tell(held.run, EventKind.GATE_PASSED, by=by, stage=held, words=f"{gate.label}. {said}", gate=code)
    return given


@transaction.atomic
def withdraw_pass(stage: StageRun, code: str, *, reason: str, by: User) -> None:
    """What a person declared no longer holds."""
    held, gate = _manual_gate(stage, code)
    if not reason.strip():
        raise WorkflowError("reason_missing")
    if not _in_force(held, gate).update(withdrawn_at=timezone.now()):
        raise WorkflowError("gate_not_passed", gate=gate.label)
    tell(held.run, EventKind.GATE_WITHDRAWN, by=by, stage=held, words=f"{gate.label}. {reason}", gate=code)


def _incomplete(stage: StageRun, missing: Sequence[Missing]) -> WorkflowError:
    count = ngettext("falta %d cosa", "faltan %d cosas", len(missing)) % len(missing)
    return WorkflowError("stage_incomplete", stage=stage.label, count=count, missing=tuple(missing))


def _keep_pass(stage: StageRun, gate: Gate, *, by: By, said: str) -> GatePass:
    return GatePass.objects.create(
        municipality=current_municipality(),
        stage=stage,
        code=gate.code,
        round=stage.round,
        check_name=gate.check,
        at=timezone.now(),
        by=by if isinstance(by, User) else None,
        said=said,
    )


def _manual_gate(stage: StageRun, code: str) -> tuple[StageRun, Gate]:
    """The stage, held and under way, and its gate of that code, which must be one that people pass."""
    held = held_stage(stage)
    if not held.is_open:
        raise WorkflowError("stage_not_open", stage=held.label)
    gates = queries.process_of(held.run.pack_version).stage(held.code).gates
    gate = next((gate for gate in gates if gate.code == code), None)
    if gate is None:
        raise WorkflowError("gate_unknown", stage=held.label)
    if not gate.is_manual:
        raise WorkflowError("gate_not_manual", gate=gate.label)
    return held, gate


def _in_force(stage: StageRun, gate: Gate) -> QuerySet[GatePass]:
    return GatePass.objects.filter(stage=stage, code=gate.code, round=stage.round, withdrawn_at=None)


def _held_to_reopen(stage: StageRun, revision: int | None) -> StageRun:
    """The stage with its run locked, which is under way again when it had ended by itself."""
    run: ProcessRun = lock_rows(ProcessRun.objects.filter(pk=stage.run_id)).get()
    if run.state == RunState.WITHDRAWN:
        raise WorkflowError("run_not_open", state=run.get_state_display().lower())
    if ProcessRun.objects.filter(previous=run).exists():
        raise WorkflowError("run_has_next")
    held: StageRun = StageRun.objects.get(pk=stage.pk)
    held.run = run
    refuse_stale(held, revision)
    if run.state == RunState.ENDED:
        _save_run(run, state=RunState.RUNNING, ended_on=None)
    return held


def _end_run_if_done(run: ProcessRun, *, by: By, today: date) -> None:
    if StageRun.objects.filter(run=run).exclude(state=StageState.CLOSED).exists():
        return
    _save_run(run, state=RunState.ENDED, ended_on=today)
    tell(run, EventKind.ENDED, by=by)


def _save_run(run: ProcessRun, **values: object) -> None:
    for name, value in values.items():
        setattr(run, name, value)
    run.revision += 1
    run.save(update_fields=[*values, "revision"])
