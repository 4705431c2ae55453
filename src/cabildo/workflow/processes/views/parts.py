"""What several pages of the processes show alike."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.accounts.access import StaffRequest
from cabildo.kit.errors import DomainError
from cabildo.kit.workdays import Calendar
from cabildo.ui.parts import Crumb, TimelineEntry
from cabildo.ui.spanish import short_date
from cabildo.workflow.processes import queries
from cabildo.workflow.processes.choices import EventKind, StageState
from cabildo.workflow.processes.gates import Verdict, anchor
from cabildo.workflow.processes.models import ProcessEvent, ProcessRun, StageRun, TaskRun
from cabildo.workflow.processes.rules.dates import Dated, slip
from cabildo.workflow.rules.standing import standing_on

MARKS = {
    StageState.TO_BEGIN: "pending",
    StageState.RUNNING: "current",
    StageState.REOPENED: "current",
    StageState.CLOSED: "done",
}
ICONS = {
    EventKind.STAGE_BEGUN: "play",
    EventKind.STAGE_CLOSED: "check-circle",
    EventKind.RESUMED: "play",
    EventKind.STAGE_REOPENED: "arrow-counterclockwise",
    EventKind.STAGE_REPEATED: "arrow-clockwise",
    EventKind.TASK_DONE: "check2",
    EventKind.TASK_UNDONE: "arrow-counterclockwise",
    EventKind.REPLANNED: "calendar-event",
    EventKind.REASSIGNED: "person",
    EventKind.WITHDRAWN: "x-circle",
    EventKind.GATE_PASSED: "list-check",
}


@dataclass(frozen=True)
class TaskLine:
    """A task in the list of its stage; `standing` is empty when it is not owed."""

    task: TaskRun
    standing: str


@dataclass(frozen=True)
class StageLine:
    """A stage as the guided page shows it."""

    stage: StageRun
    mark: str
    about: str
    days: str
    slip: str
    standing: str
    is_repeatable: bool
    may_begin: bool
    tasks: list[TaskLine] = field(default_factory=list)
    gates: list[tuple[str, Verdict]] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many things are missing to close it, each counted once."""
        return len(queries.all_missing(self.stage, [verdict for _anchor, verdict in self.gates]))


def tasks_of(stage: StageRun, today: date, days: Calendar) -> list[TaskLine]:
    owed = stage.is_open and stage.run.is_open
    return [
        TaskLine(task, standing_on(task.due_on, today, days) if owed and task.is_open else "")
        for task in stage.tasks.all()
    ]


def gates_of(verdicts: list[Verdict]) -> list[tuple[str, Verdict]]:
    return [(anchor(verdict.gate), verdict) for verdict in verdicts]


def days_in_words(row: StageRun | TaskRun) -> str:
    """The days that hold: the true ones, then the planned."""
    first = short_date(row.started_on or row.expected_starts_on)
    last = short_date(row.ended_on or row.expected_ends_on)
    return first if first == last else _("%(first)s al %(last)s") % {"first": first, "last": last}


def slip_in_words(row: StageRun, expected: Dated, days: Calendar) -> str:
    """How far from the first plan it is expected to end, or ended; nothing when on its day."""
    late = slip(row.planned_ends_on, expected.span.ends_on, days)
    if late == 0:
        return ""
    facts = {"days": abs(late), "plan": short_date(row.planned_ends_on), "now": short_date(expected.span.ends_on)}
    return _slip_words(abs(late), is_late=late > 0, has_ended=row.ended_on is not None) % facts


def _slip_words(days: int, *, is_late: bool, has_ended: bool) -> str:
    if has_ended and is_late:
        return ngettext(
            "Terminó %(days)s día hábil después del plan (%(plan)s).",
            "Terminó %(days)s días hábiles después del plan (%(plan)s).",
            days,
        )
    if has_ended:
        return ngettext(
            "Terminó %(days)s día hábil antes del plan (%(plan)s).",
            "Terminó %(days)s días hábiles antes del plan (%(plan)s).",
            days,
        )
    if is_late:
        return ngettext(
            "Se espera su término el %(now)s, %(days)s día hábil después del plan (%(plan)s).",
            "Se espera su término el %(now)s, %(days)s días hábiles después del plan (%(plan)s).",
            days,
        )
    return ngettext(
        "Ahora termina %(days)s día hábil antes del plan (%(plan)s).",
        "Ahora termina %(days)s días hábiles antes del plan (%(plan)s).",
        days,
    )


def lines_of(history: list[ProcessEvent]) -> list[TimelineEntry]:
    return [_line(event) for event in history]


def _line(event: ProcessEvent) -> TimelineEntry:
    about = event.task or event.stage
    title = f"{event.get_kind_display()}: {about}" if about else event.get_kind_display()
    icon = ICONS.get(EventKind(event.kind), "circle")
    return TimelineEntry(at=event.at, title=title, who=str(event.by or ""), text=event.words, icon=icon)


def crumbs(run: ProcessRun, *more: Crumb) -> list[Crumb]:
    """The way to a page of a run; the last one is the page itself."""
    here = Crumb(run.title, reverse("processes:run", args=[run.pk]) if more else "")
    return [Crumb(_("Procesos"), reverse("processes:list")), here, *more]


@dataclass(frozen=True)
class Asked:
    """A page that asks something and does one thing with the answer."""

    heading: Any
    label: Any
    done: Any
    lead: Any = ""


def ask(
    request: StaffRequest,
    asked: Asked,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    run: ProcessRun,
    back: str,
) -> HttpResponse:
    """Show the form; when it is sent and right, act and go back. A refusal is told at the form."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, str(asked.done))
            return redirect(back)
    context = {
        "heading": asked.heading,
        "lead": asked.lead,
        "form": form,
        "submit_label": asked.label,
        "cancel_url": back,
        "crumbs": crumbs(run, Crumb(asked.heading)),
    }
    return render(request, "ui/form_page.html", context)
