"""One task: who answers, how it goes, its papers, and its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.documents.errors import DocumentsError
from cabildo.documents.queries import kept_documents_of
from cabildo.kit.errors import DomainError
from cabildo.ui.parts import Crumb, Fact
from cabildo.ui.spanish import long_date
from cabildo.workflow.processes import forms, queries
from cabildo.workflow.processes.actions import planning
from cabildo.workflow.processes.actions import tasks as actions
from cabildo.workflow.processes.blueprint import Task
from cabildo.workflow.processes.choices import ProcessPermission, TaskState
from cabildo.workflow.processes.models import TaskRun
from cabildo.workflow.processes.views.found import task_at
from cabildo.workflow.processes.views.parts import Asked, ask, crumbs, lines_of
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import standing_on

P = ProcessPermission


@dataclass(frozen=True)
class TaskStep:
    """A step of a task that has a page of its own."""

    asked: Asked
    form: type[django_forms.Form]
    act: Callable[[TaskRun, Any, Any, date], Any]
    permission: str = P.LEAD


def _skip(task: TaskRun, form: Any, by: Any, today: date) -> None:
    actions.skip_task(task, by=by, today=today, **form.cleaned_data)


def _replan(task: TaskRun, form: Any, by: Any, today: date) -> None:
    planning.replan_task(task, by=by, **form.cleaned_data)


def _reassign(task: TaskRun, form: Any, by: Any, today: date) -> None:
    actions.reassign(task, to=form.holder, by=by, revision=form.cleaned_data["revision"])


def _begin(task: TaskRun, form: Any, by: Any, today: date) -> None:
    actions.begin_task(task, by=by, today=today, **form.cleaned_data)


def _undo(task: TaskRun, form: Any, by: Any, today: date) -> None:
    actions.undo_task(task, by=by, **form.cleaned_data)


STEPS = {
    "empezar": TaskStep(
        Asked(_("Empezar la tarea"), _("Empezar"), _("La tarea está en curso.")), forms.RevisionForm, _begin, P.WORK
    ),
    "deshacer": TaskStep(
        Asked(
            _("Dejar pendiente otra vez"),
            _("Dejar pendiente"),
            _("La tarea volvió a quedar pendiente."),
            _("Se borran las fechas en que empezó y terminó. Lo ocurrido queda en la historia."),
        ),
        forms.RevisionForm,
        _undo,
        P.WORK,
    ),
    "no-aplica": TaskStep(
        Asked(
            _("La tarea no aplica"),
            _("Guardar"),
            _("La tarea quedó como «no aplica»."),
            _("La etapa podrá cerrarse sin ella. El motivo se muestra junto a la tarea."),
        ),
        forms.ReasonForm,
        _skip,
    ),
    "replanificar": TaskStep(
        Asked(_("Cambiar las fechas"), _("Cambiar las fechas"), _("Fechas cambiadas. El plan original se conserva.")),
        forms.SpanForm,
        _replan,
    ),
    "asignar": TaskStep(Asked(_("Cambiar quién responde"), _("Guardar"), _("Guardado.")), forms.HolderForm, _reassign),
}


@requires(P.VIEW, on=task_at)
def task(request: StaffRequest, found: TaskRun) -> HttpResponse:
    """One task; whoever works on it says here that it was done."""
    works = can(request.user, P.WORK, found)
    form = _done_form(request, found)
    if request.method == "POST":
        if not works:
            raise Http404
        if form.is_valid() and _is_kept(request, found, form):
            return redirect("processes:run", found.stage.run_id)
    return _shown(request, found, form, works=works)


def _done_form(request: StaffRequest, found: TaskRun) -> forms.DoneForm:
    first = {"revision": found.revision, "ended_on": timezone.localdate(), "note": found.note}
    return forms.DoneForm(request.POST or None, initial=first)


def _is_kept(request: StaffRequest, found: TaskRun, form: forms.DoneForm) -> bool:
    """Done, or only the note kept, as the button said; a refusal is told at the form."""
    given = form.cleaned_data
    try:
        if request.POST.get("action") == "note":
            actions.write_note(found, note=given["note"], revision=given["revision"], by=request.user)
        else:
            actions.finish_task(found, by=request.user, today=timezone.localdate(), **given)
    except DomainError as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, _now("Guardado: %s.") % found.label, extra_tags=f"tarea-{found.pk}")
    return True


def _shown(
    request: StaffRequest, found: TaskRun, form: forms.DoneForm, *, works: bool, paper: forms.PaperForm | None = None
) -> HttpResponse:
    today = timezone.localdate()
    run, stage = found.stage.run, found.stage
    wanted = next(
        task for task in queries.process_of(run.pack_version).stage(stage.code).tasks if task.code == found.code
    )
    under_way = run.is_open and stage.is_open
    context = {
        "task": found,
        "run": run,
        "record": _facts(found, wanted),
        "about": wanted.about,
        "standing": standing_on(found.due_on, today, municipal_calendar(today)) if under_way and found.is_open else "",
        "works": works and under_way,
        "leads": run.is_open and can(request.user, P.LEAD, found),
        "form": form,
        "paper_form": paper or forms.PaperForm(),
        "documents": list(kept_documents_of(found)),
        "history": lines_of(list(queries.history(run).filter(task=found))),
        "crumbs": crumbs(run, Crumb(found.label)),
    }
    return render(request, "processes/task.html", context)


def _facts(task: TaskRun, wanted: Task) -> list[Fact]:
    roles = {role.code: role.label for role in queries.process_of(task.stage.run.pack_version).roles}
    facts = [
        Fact(_("Etapa"), task.stage.label),
        Fact(_("Rol"), roles.get(task.role, task.role)),
        Fact(_("Responde"), task.responsible or _("Nadie todavía")),
        Fact(_("Dirección"), task.department or _("Ninguna")),
        Fact(_("Plan"), _days(task.planned_starts_on, task.planned_ends_on)),
    ]
    if task.replanned_ends_on and task.replanned_starts_on:
        new = f"{_days(task.replanned_starts_on, task.replanned_ends_on)}. {task.replan_reason}"
        facts.append(Fact(_("Nuevas fechas"), new))
    if task.ended_on:
        ended = f"{long_date(task.ended_on)}{f', {task.ended_by}' if task.ended_by else ''}"
        facts.append(Fact(_("Terminó") if task.state == TaskState.DONE else _("Se dejó fuera"), ended))
    if task.reason:
        facts.append(Fact(_("Por qué no aplica"), task.reason))
    if wanted.effort_days is not None:
        facts.append(Fact(_("Jornadas de trabajo"), wanted.effort_days))
    if task.deliverable:
        facts.append(Fact(_("Documento que deja"), task.deliverable))
    return facts


def _days(first: date, last: date) -> str:
    if first == last:
        return long_date(first)
    return _now("Del %(first)s al %(last)s") % {"first": long_date(first), "last": long_date(last)}


@require_POST
@requires(P.WORK, on=task_at)
def attach(request: StaffRequest, found: TaskRun) -> HttpResponse:
    """A paper that the task leaves."""
    form = forms.PaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.attach(found, form.cleaned_data["file"], by=request.user)
        except DocumentsError as refusal:
            form.add_error("file", refusal.sentence)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _now("Documento guardado."))
            return redirect("processes:task", found.pk)
    first = {"revision": found.revision, "ended_on": timezone.localdate(), "note": found.note}
    return _shown(request, found, forms.DoneForm(initial=first), works=True, paper=form)


@requires(P.WORK, on=task_at)
def step(request: StaffRequest, found: TaskRun) -> HttpResponse:
    """Take a step of the task, or ask what it needs."""
    taken = STEPS.get(request.resolver_match.kwargs["step"]) if request.resolver_match else None
    if taken is None or not can(request.user, taken.permission, found):
        raise Http404
    days = {"starts_on": found.expected_starts_on, "ends_on": found.expected_ends_on}
    first = {"revision": found.revision, **days, **forms.HolderForm.of(found)}
    form = taken.form(request.POST or None, initial=first)

    def act(_given: dict[str, Any]) -> None:
        taken.act(found, form, request.user, timezone.localdate())

    asked = Asked(f"{taken.asked.heading}: {found.label}", taken.asked.label, taken.asked.done, taken.asked.lead)
    back = reverse("processes:task", args=[found.pk])
    return ask(request, asked, form, act, run=found.stage.run, back=back)
