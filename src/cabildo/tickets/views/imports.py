"""Bringing in a spreadsheet, step by step: upload, columns, words, check, import; and the imports there were."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cabildo.accounts.access import requires, saw
from cabildo.db.keyset import InvalidCursor, page
from cabildo.documents.errors import DocumentsError
from cabildo.kit.errors import DomainError
from cabildo.tickets.actions import importing
from cabildo.tickets.choices import ImportState, TicketPermission
from cabildo.tickets.forms.imports import (
    COLUMNS,
    ImportColumnsForm,
    ImportFileForm,
    ImportWordsForm,
    MappingFileForm,
    missing_sentences,
)
from cabildo.tickets.imports import mapping as mappings
from cabildo.tickets.imports.errors import UnreadableFileError, sentence_of
from cabildo.tickets.imports.wording import sentences
from cabildo.tickets.models import ImportProblem, ImportRun
from cabildo.tickets.queries import imports
from cabildo.ui.exports import csv_lines
from cabildo.ui.lists import ListSpec, SortOption
from cabildo.ui.parts import Column, Crumb, Fact, Figure, Table
from cabildo.ui.spanish import number, share

PER_PAGE = 20
SHOWN_PROBLEMS = 100
NEWEST = SortOption("recientes", "Más recientes", ("-pk",))
SHOWS_CELLS = {"preview", "problems"}  # what stands in the file, which names persons
NO_WORDS = gettext_lazy(
    "No hay palabras que elegir: ninguna columna que se lea como Estado, Canal o Tipo tiene algo escrito. Si la "
    "planilla tiene una, dígalo primero en «Cambiar las columnas»."
)
PROBLEM_COLUMNS = ("Fila", "Columna", "Valor", "Qué ocurre", "Cómo se corrige")


def find_run(user: Any, pk: int) -> ImportRun:
    return get_object_or_404(imports.runs().select_related("document"), pk=pk)


def _official(request: HttpRequest) -> Any:
    """Who asks: the door of every page here lets in only people with an account."""
    return request.user


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Importaciones"), reverse("tickets:imports")), *more]


def _back(run: ImportRun) -> Crumb:
    return Crumb(run.file_name, reverse("tickets:import", args=[run.pk]))


@requires(TicketPermission.IMPORT)
def listing(request: HttpRequest) -> HttpResponse:
    state = ListSpec((), (Column("file", _("Archivo")),), (NEWEST,)).read(request.GET)
    try:
        shown = page(imports.visible_runs(request.user), NEWEST.order, state.cursor, PER_PAGE)
    except InvalidCursor:
        return redirect("tickets:imports")
    context = {"heading": _("Importaciones"), "listing": state, "page": shown}
    return render(request, "tickets/imports/list.html", context)


@requires(TicketPermission.IMPORT)
def upload(request: HttpRequest) -> HttpResponse:
    form = ImportFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            run = importing.keep_upload(form.cleaned_data["file"], by=_official(request))
        except (DocumentsError, UnreadableFileError) as refusal:
            form.add_error("file", sentence_of(refusal))
        else:
            return redirect("tickets:import", pk=run.pk)
    context = {
        "heading": _("Subir una planilla"),
        "lead": _("Primero verá sus filas y cómo se entienden. Nada se importa hasta que usted lo pida."),
        "form": form,
        "submit_label": _("Subir y mirar"),
        "cancel_url": reverse("tickets:imports"),
        "crumbs": _crumbs(Crumb(_("Subir una planilla"))),
    }
    return render(request, "ui/form_page.html", context)


@requires(TicketPermission.IMPORT, on=find_run)
def detail(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Where the import is: what the file holds, how far it has come, or what came of it."""
    shown = _state(run)
    if shown.keys() & SHOWS_CELLS:
        saw(request, [run])
    context = {"run": run, "crumbs": _crumbs(Crumb(run.file_name)), **shown}
    return render(request, "tickets/imports/detail.html", context)


def _state(run: ImportRun) -> dict[str, Any]:
    if run.is_under_way:
        return {}
    if run.state in (ImportState.CHECKED, ImportState.DONE):
        figures = {"figures": _figures(run), "enters": run.created + run.updated}
        return (
            {**figures, "problems": _problem_table(imports.problems(run)[:SHOWN_PROBLEMS])} if run.refused else figures
        )
    missing = missing_sentences(run.mapping, mappings.check(run.mapping)[1])
    return {"missing": missing, **_preview(run)}


def _figures(run: ImportRun) -> list[Figure]:
    is_done = run.state == ImportState.DONE
    labels = {
        "created": _("Solicitudes nuevas") if is_done else _("Serán solicitudes nuevas"),
        "updated": _("Cambiadas") if is_done else _("Cambiarán"),
        "unchanged": _("Iguales a las que ya están"),
        "refused": _("Filas rechazadas"),
    }
    counts = {name: getattr(run, name) for name in labels}
    return [Figure(label, number(counts[name]), share(counts[name], run.read)) for name, label in labels.items()]


def _problem_table(found: Any) -> Table:
    columns = [Column(str(position), label) for position, label in enumerate(PROBLEM_COLUMNS)]
    return Table(_("Qué pasa en cada una"), columns, [_problem_row(problem) for problem in found])


def _problem_row(problem: ImportProblem) -> tuple[Any, ...]:
    return (problem.row, problem.column, problem.value, *sentences(problem.code, problem.facts))


def _preview(run: ImportRun) -> dict[str, Any]:
    """The first rows as they would be read; of a file nobody recognises, as they are."""
    try:
        headings, rows = importing.preview(run)
    except DomainError:
        return {}
    taken = [Fact(COLUMNS[field], column) for field, column in _taken(run) if column in headings]
    shown = taken or [Fact(heading, heading) for heading in headings]
    columns = [Column(fact.value, fact.label) for fact in shown]
    values = [[row.cells.get(fact.value, "") for fact in shown] for row in rows]
    read = {fact.value for fact in shown}
    return {
        "preview": Table(_("Primeras filas, como se leerán"), columns, values),
        "taken": taken,
        "left_out": ", ".join(heading for heading in headings if heading not in read),
    }


def _taken(run: ImportRun) -> Iterator[tuple[str, str]]:
    """Each field with its column; what is put together from several, with each of them."""
    chosen = run.mapping.get("columns", {})
    for field in COLUMNS:
        for column in chosen[field] if isinstance(chosen.get(field), list) else [chosen.get(field)]:
            if column:
                yield field, column


@requires(TicketPermission.IMPORT, on=find_run)
def columns(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Which column is which."""
    headings, _rows = importing.preview(run, 0)
    form = ImportColumnsForm(request.POST or None, body=run.mapping, headings=headings)
    if form.is_valid():
        return _chosen(request, run, form, lambda: importing.choose_columns(run, form.changes, by=_official(request)))
    heading = _("Qué columna es cada dato")
    lead = _("Se propone lo que dicen los títulos. Cambie lo que no corresponda.")
    return render(request, "ui/form_page.html", _form_page(run, form, heading, lead))


@requires(TicketPermission.IMPORT, on=find_run)
def words(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """What each state, channel and kind of the file is here."""
    known = importing.with_words(run)
    form = ImportWordsForm(request.POST or None, body=known)
    if not form.fields:
        messages.info(request, NO_WORDS)
        return redirect("tickets:import", pk=run.pk)
    if form.is_valid():
        body = {**known, **form.changes}
        return _chosen(request, run, form, lambda: importing.choose_mapping(run, body, by=_official(request)))
    heading = _("Qué es cada palabra")
    lead = _("Los estados, canales y tipos están en las palabras de la fuente. Diga qué es cada una aquí.")
    return render(request, "ui/form_page.html", _form_page(run, form, heading, lead))


@requires(TicketPermission.IMPORT, on=find_run)
def mapping(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """A mapping written by hand replaces the one chosen so far."""
    form = MappingFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        return _chosen(request, run, form, lambda: importing.choose_mapping(run, form.map.body, by=_official(request)))
    heading = _("Usar un mapa escrito")
    lead = _("El mapa dice todo de una vez: columnas, palabras, plazos y límites.")
    return render(request, "ui/form_page.html", _form_page(run, form, heading, lead))


def _chosen(request: HttpRequest, run: ImportRun, form: Any, change: Any) -> HttpResponse:
    try:
        change()
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Se guardó cómo se lee la planilla."))
    return redirect("tickets:import", pk=run.pk)


def _form_page(run: ImportRun, form: Any, heading: str, lead: str) -> dict[str, Any]:
    return {
        "heading": heading,
        "lead": lead,
        "form": form,
        "submit_label": _("Guardar"),
        "cancel_url": reverse("tickets:import", args=[run.pk]),
        "crumbs": _crumbs(_back(run), Crumb(heading)),
    }


@requires(TicketPermission.IMPORT, on=find_run)
def mapping_file(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """The mapping as a file: to keep, to edit, to give to the command line."""
    answer = HttpResponse(mappings.as_yaml(run.mapping), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="mapa-{run.source}.yaml"'
    return answer


@require_POST
@requires(TicketPermission.IMPORT, on=find_run)
def check(request: HttpRequest, run: ImportRun) -> HttpResponse:
    return _asked(request, run, importing.ask_check)


@require_POST
@requires(TicketPermission.IMPORT, on=find_run)
def start(request: HttpRequest, run: ImportRun) -> HttpResponse:
    return _asked(request, run, importing.ask_import)


def _asked(request: HttpRequest, run: ImportRun, ask: Any) -> HttpResponse:
    try:
        ask(run, by=_official(request))
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("tickets:import", pk=run.pk)


@requires(TicketPermission.IMPORT, on=find_run)
def progress(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """How far it is; once it ends, the page is asked to show what came of it."""
    answer = render(request, "tickets/imports/_progress.html", {"run": run})
    if not run.is_under_way:
        answer["HX-Refresh"] = "true"
    return answer


@requires(TicketPermission.IMPORT, on=find_run)
def problems_file(request: HttpRequest, run: ImportRun) -> StreamingHttpResponse:
    """Every refused row, for whoever mends the source."""
    saw(request, [run])
    rows = (_problem_row(problem) for problem in imports.problems(run))
    answer = StreamingHttpResponse(csv_lines(PROBLEM_COLUMNS, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="filas-rechazadas-{run.pk}.csv"'
    return answer
