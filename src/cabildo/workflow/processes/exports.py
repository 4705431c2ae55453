"""A run as rows: its roles, stages, tasks, requirements and history, the same for its workbook and its paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.kit.workdays import Calendar
from cabildo.ui.engine_workbooks import Heading, Sheet, book
from cabildo.workflow.processes import queries
from cabildo.workflow.processes.blueprint import Gate
from cabildo.workflow.processes.gates import Verdict
from cabildo.workflow.processes.models import GatePass, ProcessRun, StageRun, TaskRun
from cabildo.workflow.processes.rules.dates import slip
from cabildo.workflow.queries import calendar

Row = list[Any]
Headings = list[tuple[str, int]]  # each with its width in characters


@dataclass(frozen=True)
class GateLine:
    """A requirement of a stage: how it stands, and on what that is founded or what is missing."""

    stage: StageRun
    gate: Gate
    state: str
    told: str


@dataclass(frozen=True)
class RunRecord:
    """A run with everything that is kept of it."""

    run: ProcessRun
    stages: Sequence[StageRun]
    gates: Sequence[GateLine]
    calendar: Calendar
    today: date


def run_record(run: ProcessRun, today: date) -> RunRecord:
    """Stages, tasks and requirements: four queries, and those of the checks of the stages under way."""
    stages = queries.stages_of(run)
    return RunRecord(run, stages, list(_gate_lines(run, stages)), calendar(today), today)


def _gate_lines(run: ProcessRun, stages: Sequence[StageRun]) -> Iterator[GateLine]:
    """Those of a stage under way as they stand now; of a closed one, what was found; the others wait."""
    process, kept = queries.process_of(run.pack_version), _passes(run)
    for stage in stages:
        if run.is_open and stage.is_open:
            yield from (_standing(stage, verdict) for verdict in queries.verdicts(stage))
            continue
        for gate in process.stage(stage.code).gates:
            given = kept.get((stage.pk, stage.round, gate.code))
            state = _("Cumplido") if given else _("Se revisa al cerrar la etapa")
            yield GateLine(stage, gate, state, _said(given) if given else "")


def _passes(run: ProcessRun) -> dict[tuple[int, int, str], GatePass]:
    """The passes in force of a run, by stage, round and gate. One query."""
    found = GatePass.objects.filter(stage__run=run, withdrawn_at=None).select_related("by")
    return {(given.stage_id, given.round, given.code): given for given in found}


def _standing(stage: StageRun, verdict: Verdict) -> GateLine:
    if verdict.holds:
        return GateLine(stage, verdict.gate, _("Cumplido"), _said(verdict.passed) if verdict.passed else "")
    return GateLine(stage, verdict.gate, _("Falta"), "; ".join(item.what for item in verdict.missing))


def _said(given: GatePass) -> str:
    return ", ".join(str(part) for part in (given.said, given.by, timezone.localdate(given.at).isoformat()) if part)


def notice_of(run: ProcessRun) -> str:
    """What a reader must know of a process that is not official; empty of one that is."""
    return "" if run.pack_version.pack.official else _("Proceso de demostración, no oficial.")


def led_by(run: ProcessRun) -> str:
    """Who leads it: the person, their department, or nobody in particular."""
    return ", ".join(str(one) for one in (run.leader, run.department) if one) or _("Nadie en particular")


def run_workbook(record: RunRecord) -> bytes:
    """A sheet for each matter, days as days; no text is a formula."""
    run = record.run
    intro = [run.title, _("Conduce: %s") % led_by(run), notice_of(run)]
    return book([_sheet(*matter, tuple(line for line in intro if line)) for matter in _matters(record)])


def _sheet(title: str, headings: Headings, rows: Sequence[Row], intro: tuple[str, ...]) -> Sheet:
    return Sheet(title, tuple(Heading(text, width) for text, width in headings), rows, intro=intro, frozen=1)


def _matters(record: RunRecord) -> list[tuple[str, Headings, list[Row]]]:
    """Title, headings and rows of each sheet."""
    tasks = [_task(stage, task) for stage in record.stages for task in stage.tasks.all()]
    gates = [[line.stage.label, line.gate.label, line.state, line.told] for line in record.gates]
    days = [
        (_("Debía empezar"), 14), (_("Debía terminar"), 14), (_("Nuevo inicio"), 14), (_("Nuevo término"), 14),
        (_("Motivo del cambio"), 40), (_("Empezó"), 14), (_("Terminó"), 14),
    ]  # fmt: skip
    who = [(_("Responde"), 28), (_("Dirección"), 28)]
    return [
        (_("Participan"), [(_("Rol"), 40), (_("Desde dónde"), 18), *who], list(_roles(record))),
        (
            _("Etapas"),
            [(_("Etapa"), 40), (_("Estado"), 14), *days, (_("Días hábiles de atraso"), 14)],
            [_stage(stage, record.calendar) for stage in record.stages],
        ),
        (_("Tareas"), _task_headings(who, days), tasks),
        (
            _("Requisitos"),
            [(_("Etapa"), 32), (_("Requisito"), 40), (_("Estado"), 18), (_("En qué se funda o qué falta"), 60)],
            gates,
        ),
        (
            _("Historia"),
            [
                (_("Cuándo"), 18),
                (_("Qué"), 36),
                (_("Etapa"), 32),
                (_("Tarea"), 32),
                (_("Quién"), 28),
                (_("Detalle"), 50),
            ],
            list(_events(record)),
        ),
    ]


def _task_headings(who: Headings, days: Headings) -> Headings:
    return [
        (_("Tarea"), 40), (_("Etapa"), 32), (_("Estado"), 14), *who, *days, (_("Terminada por"), 28),
        (_("Obligatoria"), 12), (_("Visita"), 10), (_("Documento que deja"), 32), (_("Nota"), 40),
        (_("Por qué no aplica"), 32),
    ]  # fmt: skip


def _roles(record: RunRecord) -> Iterator[Row]:
    for role in queries.roles_of(record.run):
        yield [role.label, role.get_side_display(), str(role.responsible or ""), str(role.department or "")]


def _days(row: StageRun | TaskRun) -> Row:
    return [
        row.planned_starts_on, row.planned_ends_on, row.replanned_starts_on, row.replanned_ends_on, row.replan_reason,
        row.started_on, row.ended_on,
    ]  # fmt: skip


def _stage(stage: StageRun, days: Calendar) -> Row:
    last = stage.ended_on or stage.expected_ends_on
    return [stage.label, stage.get_state_display(), *_days(stage), max(0, slip(stage.planned_ends_on, last, days))]


def _task(stage: StageRun, task: TaskRun) -> Row:
    answers = [str(task.responsible or ""), str(task.department or "")]
    told = [_yes(task.is_required), _yes(task.is_visit), task.deliverable, task.note, task.reason]
    ended_by = str(task.ended_by or "")
    return [task.label, stage.label, task.get_state_display(), *answers, *_days(task), ended_by, *told]


def _yes(holds: bool) -> str:
    return _("sí") if holds else _("no")


def _events(record: RunRecord) -> Iterator[Row]:
    """The first first: a workbook is read downwards."""
    for event in queries.history(record.run).order_by("at", "pk"):
        at = timezone.localtime(event.at).replace(tzinfo=None, microsecond=0)
        about = [event.stage.label if event.stage else "", event.task.label if event.task else ""]
        yield [at, event.get_kind_display(), *about, str(event.by or ""), event.words]
