"""The list of processes, the board of their stages, one process, and what is done with it as a whole."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.content.models import PackVersion
from cabildo.db import counting
from cabildo.db.folded import matching
from cabildo.db.keyset import InvalidCursor, Page, page
from cabildo.kit.errors import DomainError
from cabildo.kit.workdays import Calendar
from cabildo.ui.lists import ListSpec, ListState, SortOption, TextFilter
from cabildo.ui.parts import Column, Crumb
from cabildo.ui.spanish import counted
from cabildo.workflow.processes import forms, queries, subjects
from cabildo.workflow.processes.actions import runs as actions
from cabildo.workflow.processes.actions import tasks
from cabildo.workflow.processes.choices import OPEN_RUNS, ProcessPermission, StageState
from cabildo.workflow.processes.models import ProcessRun, RunRole, StageRun
from cabildo.workflow.processes.views.found import role_at, run_at
from cabildo.workflow.processes.views.parts import (
    MARKS,
    Asked,
    StageLine,
    ask,
    crumbs,
    days_in_words,
    gates_of,
    lines_of,
    slip_in_words,
    tasks_of,
)
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import standing_on

PAGE_SIZE = 20
LATEST = 12  # lines of the history beside a process, until all are asked for
OPEN, LATE, ENDED = "abiertos", "atrasados", "terminados"
TABS = {OPEN: gettext_lazy("En curso"), LATE: gettext_lazy("Atrasados"), ENDED: gettext_lazy("Terminados")}
PACK = "pack_version__pack"
SEARCHED = ("title", f"{PACK}__title", "department__name", "leader__full_name")
LISTED = ListSpec(
    filters=[TextFilter("q", gettext_lazy("Buscar"))],
    columns=[
        Column("title", gettext_lazy("Proceso")),
        Column("stage", gettext_lazy("Etapa")),
        Column("closed", gettext_lazy("Avance")),
        Column("leader", gettext_lazy("Conduce")),
        Column("due", gettext_lazy("Plazo")),
    ],
    sorts=[SortOption("recientes", gettext_lazy("Más recientes primero"), ("-planned_start_on", "-pk"))],
)

Shown = tuple[Page[ProcessRun], list[queries.Standing], counting.Count]


@requires(ProcessPermission.VIEW)
def process_runs(request: StaffRequest) -> HttpResponse:
    """The processes of the municipality: open, late, ended."""
    listing, tab = LISTED.read(request.GET), request.GET.get("ver", OPEN)
    today = timezone.localdate()
    days = municipal_calendar(today)
    found = queries.runs().filter(matching(listing.values["q"], *SEARCHED))
    try:
        shown, rows, count = _late(found, today, days) if tab == LATE else _paged(found, tab, listing, today, days)
    except InvalidCursor:
        return redirect("processes:list")
    context = {
        "heading": _("Procesos"),
        "tab": tab if tab in TABS else OPEN,
        "tabs": [(code, label, listing.url(ver=code)) for code, label in TABS.items()],
        "listing": listing,
        "rows": rows,
        "page": shown,
        "count_words": counted(count, _("proceso"), _("procesos")),
        **_ways_to_start(request, today),
    }
    return render(request, "processes/list.html", context)


def _ways_to_start(request: StaffRequest, today: date) -> dict[str, bool]:
    """May this person start a process on these pages, or be told at least on which others they begin?"""
    if not can(request.user, ProcessPermission.DIRECT):
        return {}
    begins = _beginnings(request, today).values()
    return {"may_start": None in begins, "begin_elsewhere": any(begins)}


def _beginnings(request: StaffRequest, today: date) -> dict[PackVersion, subjects.Beginning | None]:
    """Every process the municipality may start, with where it begins; None: here."""
    known = queries.available_processes(request.municipality.pk, today)
    return {version: subjects.beginning_of(queries.process_of(version)) for version in known}


def _late(found: QuerySet[ProcessRun], today: date, days: Calendar) -> Shown:
    """All that are late, the latest first, on one page."""
    rows = queries.late_runs(found, today, days)
    return Page([row.run for row in rows], None, None), rows, counting.capped(len(rows))


def _paged(found: QuerySet[ProcessRun], tab: str, listing: ListState, today: date, days: Calendar) -> Shown:
    chosen = found.exclude(state__in=OPEN_RUNS) if tab == ENDED else found.filter(state__in=OPEN_RUNS)
    shown = page(chosen, listing.sort.order, listing.cursor, PAGE_SIZE)
    return shown, queries.standings(shown.items, today, days), counting.capped_count(chosen)


@requires(ProcessPermission.VIEW)
def board(request: StaffRequest) -> HttpResponse:
    """Open processes by the stage they are in, one process at a time: that with most of them first."""
    today = timezone.localdate()
    found = queries.runs().filter(state__in=OPEN_RUNS)
    counted = found.values(PACK, f"{PACK}__title").annotate(many=Count("pk")).order_by("-many", f"{PACK}__title")
    kinds = {row[PACK]: row[f"{PACK}__title"] for row in counted}
    chosen = request.GET.get("proceso", "")
    kind = int(chosen) if chosen.isdecimal() and int(chosen) in kinds else next(iter(kinds), None)
    columns = queries.runs_by_stage(found.filter(**{PACK: kind}), today, municipal_calendar(today))
    context = {
        "kinds": kinds.items(),
        "kind": kind,
        "columns": [(label, rows) for (_position, _code, label), rows in columns.items()],
    }
    return render(request, "processes/board.html", context)


@requires(ProcessPermission.VIEW, on=run_at)
def run(request: StaffRequest, found: ProcessRun) -> HttpResponse:
    """One process, guided: where it is, what is missing, what comes next."""
    stages = queries.stages_of(found)
    context = {
        "run": found,
        "process": queries.process_of(found.pack_version),
        "lines": _lines(found, stages),
        "closed": sum(stage.state == StageState.CLOSED for stage in stages),
        "roles": queries.roles_of(found),
        "leads": can(request.user, ProcessPermission.LEAD, found),
        "next": ProcessRun.objects.filter(previous=found).first(),
        "pages": subjects.pages_of(found),
        "withdrawal": queries.withdrawal_of(found),
        **_history(found, whole=request.GET.get("historia") == "toda"),
        "crumbs": crumbs(found),
    }
    return render(request, "processes/run.html", context)


def _history(found: ProcessRun, *, whole: bool) -> dict[str, Any]:
    told = list(queries.history(found)[: None if whole else LATEST + 1])
    has_more = not whole and len(told) > LATEST
    return {"history": lines_of(told[:LATEST] if has_more else told), "has_more": has_more}


def _lines(found: ProcessRun, stages: list[StageRun]) -> list[StageLine]:
    process, today = queries.process_of(found.pack_version), timezone.localdate()
    days = municipal_calendar(today)
    expected = queries.forecast(stages, process, today, days)
    now = queries.current_stage(stages) if found.is_open else None
    return [
        StageLine(
            stage=stage,
            mark=MARKS[StageState(stage.state)],
            about=process.stage(stage.code).about,
            days=days_in_words(stage),
            slip=slip_in_words(stage, expected[stage.code], days),
            standing=standing_on(stage.due_on, today, days) if found.is_open and stage.is_open else "",
            is_repeatable=process.stage(stage.code).is_repeatable,
            may_begin=stage == now and stage.state == StageState.TO_BEGIN,
            tasks=tasks_of(stage, today, days),
            gates=gates_of(queries.verdicts(stage)) if found.is_open and stage.is_open else [],
        )
        for stage in stages
    ]


@requires(ProcessPermission.DIRECT)
def start(request: StaffRequest) -> HttpResponse:
    """Start a process among those that may be started here."""
    today = timezone.localdate()
    begins = _beginnings(request, today)
    offered = [version for version, place in begins.items() if place is None]
    form = forms.StartForm(request.POST or None, user=request.user, offered=offered, today=today)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            begun = actions.start(version=given.pop("process"), by=request.user, **given)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("El proceso quedó planificado. Diga quién cumple cada rol."))
            return redirect("processes:run", begun.pk)
    context = {
        "heading": _("Iniciar un proceso"),
        "offered": offered,
        "elsewhere": [(version.pack.title, place) for version, place in begins.items() if place is not None],
        "lead": _("Las fechas de cada etapa y tarea se calculan en días hábiles desde el inicio."),
        "form": form,
        "submit_label": _("Planificar"),
        "cancel_url": reverse("processes:list"),
        "crumbs": [Crumb(_("Procesos"), reverse("processes:list")), Crumb(_("Iniciar"))],
    }
    return render(request, "processes/start.html", context)


WITHDRAWING = Asked(
    gettext_lazy("Retirar el proceso"),
    gettext_lazy("Retirar"),
    gettext_lazy("El proceso quedó retirado."),
    gettext_lazy("Deja de contar en listas y avisos, y nada cambia en él. Se puede retomar, con su motivo."),
)
RESUMING = Asked(
    gettext_lazy("Retomar el proceso"),
    gettext_lazy("Retomar"),
    gettext_lazy("El proceso sigue donde quedó."),
    gettext_lazy("Sus etapas y tareas siguen donde quedaron. Las fechas no se corren solas: muestran el atraso."),
)
CYCLE = Asked(
    gettext_lazy("Empezar un nuevo ciclo"),
    gettext_lazy("Planificar el ciclo"),
    gettext_lazy("El nuevo ciclo quedó planificado."),
    gettext_lazy("Se copia quién cumple cada rol y cada tarea. Los estados y las fechas empiezan de nuevo."),
)
LEADER = Asked(
    gettext_lazy("Cambiar quién conduce el proceso"),
    gettext_lazy("Guardar"),
    gettext_lazy("Guardado."),
    gettext_lazy("Quien lo conduce comienza y cierra sus etapas, cambia sus fechas y dice quién responde."),
)
ROLE = Asked(
    gettext_lazy("Decir quién cumple un rol"),
    gettext_lazy("Guardar"),
    gettext_lazy("Guardado. Sus tareas pendientes quedaron a su cargo."),
    gettext_lazy("Las tareas pendientes del rol que no tenga otra persona pasan a quien elija."),
)


def _to(page: str, found: ProcessRun) -> HttpResponse:
    """The page of who owns the run, or the run, when that is not done by hand."""
    return redirect(page or reverse("processes:run", args=[found.pk]))


@requires(ProcessPermission.LEAD, on=run_at)
def withdraw(request: StaffRequest, found: ProcessRun) -> HttpResponse:
    """End a process that will not be finished."""
    if owned := subjects.owned_pages(found):
        return _to(owned.withdraw, found)

    def act(given: dict[str, Any]) -> None:
        actions.withdraw(found, reason=given["reason"], by=request.user)

    form = forms.ReasonForm(request.POST or None)
    return ask(request, WITHDRAWING, form, act, run=found, back=reverse("processes:run", args=[found.pk]))


@requires(ProcessPermission.LEAD, on=run_at)
def resume(request: StaffRequest, found: ProcessRun) -> HttpResponse:
    """Go on with a process that was withdrawn."""
    if owned := subjects.owned_pages(found):
        return _to(owned.resume, found)

    def act(given: dict[str, Any]) -> None:
        actions.resume(found, reason=given["reason"], by=request.user)

    form = forms.ReasonForm(request.POST or None)
    return ask(request, RESUMING, form, act, run=found, back=reverse("processes:run", args=[found.pk]))


@requires(ProcessPermission.LEAD, on=run_at)
def new_cycle(request: StaffRequest, found: ProcessRun) -> HttpResponse:
    """Plan the next cycle of a process that has ended."""
    if owned := subjects.owned_pages(found):
        return _to(owned.next_cycle, found)

    def act(given: dict[str, Any]) -> None:
        actions.new_cycle(found, by=request.user, **given)

    first = {"title": found.title, "planned_start_on": timezone.localdate()}
    form = forms.CycleForm(request.POST or None, initial=first)
    return ask(request, CYCLE, form, act, run=found, back=reverse("processes:list"))


@requires(ProcessPermission.LEAD, on=run_at)
def name_leader(request: StaffRequest, found: ProcessRun) -> HttpResponse:
    """Who leads the process from now on, and why it changes."""

    def act(given: dict[str, Any]) -> None:
        actions.name_leader(found, to=given["to"], reason=given["reason"], by=request.user)

    form = forms.LeaderForm(request.POST or None, initial={"to": found.leader})
    return ask(request, LEADER, form, act, run=found, back=reverse("processes:run", args=[found.pk]))


@requires(ProcessPermission.LEAD, on=role_at)
def assign_role(request: StaffRequest, role: RunRole) -> HttpResponse:
    """Who holds a role of the process."""
    form = forms.HolderForm(request.POST or None, initial=forms.HolderForm.of(role))

    def act(_given: dict[str, Any]) -> None:
        tasks.assign_role(role, to=form.holder, by=request.user)

    asked = Asked(role.label, ROLE.label, ROLE.done, ROLE.lead)
    return ask(request, asked, form, act, run=role.run, back=reverse("processes:run", args=[role.run_id]))
