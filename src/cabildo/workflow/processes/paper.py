"""A run on paper: who leads it, its dates drawn, its stages with tasks and requirements, what happened."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.queries import arms_png
from cabildo.documents.papers import Letterhead
from cabildo.documents.reports import Block, Drawing, Facts, Grid, Heading, Prose, Report
from cabildo.indicators.schedules import between
from cabildo.ui.spanish import short_date
from cabildo.workflow.processes import queries
from cabildo.workflow.processes.exports import GateLine, RunRecord, led_by, notice_of
from cabildo.workflow.processes.models import ProcessEvent, ProcessRun, StageRun, TaskRun
from cabildo.workflow.processes.timetable import timetable


def run_report(record: RunRecord, *, at: datetime) -> Report:
    """The run as it stands. Two queries beside the record's."""
    run, municipality = record.run, record.run.municipality
    return Report(
        title=run.title,
        letterhead=Letterhead(
            municipality=municipality.name,
            department=str(run.department or ""),
            hue=municipality.hue,
            arms=arms_png(municipality),
        ),
        issued_at=at,
        lead=run.pack_version.pack.title,
        standing=notice_of(run),
        facts=[
            (_("Estado"), run.get_state_display()),
            (_("Conduce"), led_by(run)),
            (_("Ciclo"), str(run.cycle)),
            (_("Inicio previsto"), short_date(run.planned_start_on)),
            (_("Empezó"), short_date(run.started_on) if run.started_on else _("todavía no")),
            (_("Terminó"), short_date(run.ended_on) if run.ended_on else _("todavía no")),
        ],
        blocks=list(_blocks(record)),
    )


def _blocks(record: RunRecord) -> Iterator[Block]:
    yield Heading(_("Fechas y participantes"))
    yield Heading(_("Fechas"), 2)
    drawn = timetable(record.run, record.stages, None, record.today, record.calendar)
    if drawn.drawing:
        yield Drawing(drawn.title, drawn.drawing, drawn.title, f"{drawn.note} {drawn.source}")
    yield Heading(_("Quiénes participan"), 2)
    yield _roles(record.run)
    yield Heading(_("Etapas"))
    for stage in record.stages:
        yield from _stage(stage, [line for line in record.gates if line.stage == stage])
    yield Heading(_("Historia"))
    yield _history(record.run)


def _roles(run: ProcessRun) -> Block:
    rows = [
        [role.label, role.get_side_display(), ", ".join(str(one) for one in (role.responsible, role.department) if one)]
        for role in queries.roles_of(run)
    ]
    told = [[label, side, who or _("nadie todavía")] for label, side, who in rows]
    return Grid([_("Rol"), _("Desde dónde"), _("Quién")], told, [4, 2, 5]) if told else Prose([_("Nadie todavía.")])


def _stage(stage: StageRun, gates: list[GateLine]) -> Iterator[Block]:
    yield Heading(stage.label, 2)
    facts = [(_("Estado"), stage.get_state_display()), (_("Plan original"), _planned(stage))]
    if stage.replanned_ends_on:
        present = between((stage.expected_starts_on, stage.expected_ends_on))
        facts.append((_("Plan vigente"), f"{present}. {stage.replan_reason}"))
    facts += [(label, short_date(day)) for label, day in _true_days(stage) if day]
    yield Facts(facts)
    tasks = [_task(task) for task in stage.tasks.all()]
    if tasks:
        yield Grid([_("Tarea"), _("Responde"), _("Plan"), _("Estado")], tasks, [6, 4, 3, 3], _("Tareas"))
    if gates:
        rows = [[line.gate.label, line.state, line.told] for line in gates]
        yield Grid([_("Requisito"), _("Estado"), _("En qué se funda o qué falta")], rows, [5, 2, 6], _("Requisitos"))


def _true_days(stage: StageRun) -> list[tuple[str, date | None]]:
    return [(_("Empezó"), stage.started_on), (_("Terminó"), stage.ended_on)]


def _planned(row: StageRun | TaskRun) -> str:
    return between((row.planned_starts_on, row.planned_ends_on))


def _task(task: TaskRun) -> list[str]:
    """What it is with what was written of it; who; its days; how it stands."""
    notes = [_("Deja: %s") % task.deliverable if task.deliverable else "", task.note, task.reason]
    what = ". ".join(part.rstrip(".") for part in (task.label, *notes) if part)
    who = ", ".join(str(one) for one in (task.responsible, task.department) if one) or _("nadie todavía")
    days = between((task.expected_starts_on, task.expected_ends_on))
    ended = f" {short_date(task.ended_on)}" if task.ended_on else ""
    return [what, who, days, f"{task.get_state_display()}{ended}"]


def _history(run: ProcessRun) -> Block:
    rows = [_event(event) for event in queries.history(run).order_by("at", "pk")]
    return Grid([_("Cuándo"), _("Qué"), _("Quién")], rows, [2, 7, 3])


def _event(event: ProcessEvent) -> list[str]:
    about = event.task or event.stage
    title = f"{event.get_kind_display()}: {about}" if about else event.get_kind_display()
    at = timezone.localtime(event.at)
    return [short_date(at.date()), f"{title}. {event.words}" if event.words else title, str(event.by or "")]
