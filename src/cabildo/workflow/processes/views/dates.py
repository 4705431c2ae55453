"""The dates of a process: its chart with its table, and its calendar for telephones and desks."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cabildo.accounts.access import StaffRequest, public, requires
from cabildo.accounts.links import absolute
from cabildo.documents import engine_charts
from cabildo.documents.engine_charts import Caption, Scheduled
from cabildo.kit.workdays import Calendar
from cabildo.ui.parts import Chart, Column, Crumb, Table
from cabildo.ui.spanish import short_date
from cabildo.workflow.processes import queries, run_feed
from cabildo.workflow.processes.choices import ProcessPermission
from cabildo.workflow.processes.models import ProcessRun, StageRun, TaskRun
from cabildo.workflow.processes.rules.dates import Span, slip
from cabildo.workflow.processes.views.found import run_at
from cabildo.workflow.processes.views.parts import crumbs
from cabildo.workflow.queries import calendar as municipal_calendar

# a row of the chart and of its table, with the days on which it is to be expected
Row = tuple[str, StageRun | TaskRun, Span]


@requires(ProcessPermission.VIEW, on=run_at)
def schedule(request: StaffRequest, found: ProcessRun) -> HttpResponse:
    """Planned against actual, as a chart and as a table: all stages, or the tasks of one."""
    today = timezone.localdate()
    days, stages = municipal_calendar(today), queries.stages_of(found)
    chosen = next((stage for stage in stages if stage.code == request.GET.get("etapa")), None)
    rows = _rows(found, stages, chosen, today, days)
    context = {
        "run": found,
        "stages": stages,
        "chosen": chosen,
        "chart": _chart(found, chosen, rows, today, days),
        "crumbs": crumbs(found, Crumb(_("Fechas"))),
    }
    return render(request, "processes/schedule.html", context)


def _rows(found: ProcessRun, stages: list[StageRun], chosen: StageRun | None, today: date, days: Calendar) -> list[Row]:
    expected = queries.forecast(stages, queries.process_of(found.pack_version), today, days)
    if chosen is None:
        return [(_numbered(stage), stage, expected[stage.code].span) for stage in stages]
    spans = expected[chosen.code].tasks
    return [(_numbered(task), task, spans[task.code]) for task in chosen.tasks.all() if task.code in spans]


def _numbered(row: StageRun | TaskRun) -> str:
    """Its place and name; a name that begins with its place stays as it is."""
    place = f"{row.position}. "
    return row.label if row.label.startswith(place) else place + row.label


def _chart(found: ProcessRun, chosen: StageRun | None, rows: list[Row], today: date, days: Calendar) -> Chart:
    title = _title(found, rows, days)
    source = _("Fechas del proceso en Cabildo, al %s. Días hábiles de la municipalidad.") % short_date(today)
    drawn = engine_charts.schedule(Caption(title, source), [_bars(*row, today) for row in rows], today=today)
    return Chart(
        title,
        mark_safe(engine_charts.svg(drawn, captioned=False)) if rows else "",
        _table(chosen.label if chosen else found.title, rows, days),
        source,
        _("Barra gris: el plan original. Barra llena: lo hecho. Barra con contorno: lo que se espera."),
    )


def _title(found: ProcessRun, rows: list[Row], days: Calendar) -> str:
    """What the chart finds: how far the end is from the first plan."""
    if not rows:
        return _("Esta etapa no tiene tareas con fecha.")
    last = max(span.ends_on for _label, _row, span in rows)
    late = slip(max(row.planned_ends_on for _label, row, _span in rows), last, days)
    words = {"day": short_date(last), "days": abs(late)}
    if late > 0:
        return _("Termina el %(day)s, %(days)s días hábiles después del plan") % words
    return (
        _("Termina el %(day)s, %(days)s días hábiles antes del plan")
        if late
        else _("Termina el %(day)s, según el plan")
    ) % words


def _bars(label: str, row: StageRun | TaskRun, span: Span, today: date) -> Scheduled:
    """What was done ends today at the latest; what is expected begins where that ends."""
    planned = (row.planned_starts_on, row.planned_ends_on)
    if row.ended_on:
        return Scheduled(label, planned, done=(span.starts_on, row.ended_on))
    if row.started_on is None:
        return Scheduled(label, planned, expected=(span.starts_on, span.ends_on))
    return Scheduled(
        label, planned, (row.started_on, min(today, span.ends_on)), (min(today, span.ends_on), span.ends_on)
    )


def _table(caption: str, rows: list[Row], days: Calendar) -> Table:
    columns = [
        Column("name", _("Nombre")),
        Column("state", _("Estado")),
        Column("planned", _("Plan original")),
        Column("now", _("Plan vigente")),
        Column("expected", _("Hecho o esperado")),
        Column("slip", _("Días hábiles de atraso"), numeric=True),
    ]
    return Table(caption, columns, [_cells(*row, days) for row in rows])


def _cells(label: str, row: StageRun | TaskRun, span: Span, days: Calendar) -> list[str | int]:
    return [
        label,
        row.get_state_display(),
        _days(row.planned_starts_on, row.planned_ends_on),
        _days(row.expected_starts_on, row.expected_ends_on) if row.replanned_ends_on else _("El mismo"),
        _days(span.starts_on, span.ends_on),
        max(0, slip(row.planned_ends_on, span.ends_on, days)),
    ]


def _days(first: date, last: date) -> str:
    return short_date(first) if first == last else f"{short_date(first)} – {short_date(last)}"


@requires(ProcessPermission.VIEW, on=run_at)
def calendar(request: StaffRequest, found: ProcessRun) -> HttpResponse:
    """The secret address of the dates of a process: made, shown once, taken back."""
    address = ""
    if request.method == "POST":
        if request.POST.get("action") == "revoke":
            run_feed.revoke(found, by=request.user)
            messages.success(request, _("La dirección anterior ya no funciona."))
            return redirect("processes:calendar", found.pk)
        address = absolute("processes:calendar_feed", run_feed.open_feed(found, by=request.user))
    context = {
        "heading": _("Fechas del proceso en el calendario"),
        "lead": _(
            "Agregue esta dirección al calendario de su teléfono o computador y verá ahí las etapas, tareas y visitas."
            " Si las fechas cambian, cambian también ahí."
        ),
        "feed": run_feed.feed_of(found, request.user),
        "address": address,
        "crumbs": crumbs(found, Crumb(_("Calendario"))),
    }
    return render(request, "ui/secret_address.html", context)


@public
@never_cache
@require_safe
def run_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself: whoever has the secret address reads stages, tasks and dates, nobody's name."""
    found = run_feed.run_of(token)
    if found is None:
        raise Http404
    host = request.get_host().partition(":")[0]
    content = run_feed.calendar_of(found, now=timezone.now(), place=f"{found.municipality.slug}.{host}")
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
