"""The dates of a run as one chart with its table: planned against done and expected, with what is late."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.indicators import schedules
from cabildo.indicators.boards import Panel
from cabildo.indicators.schedules import Headings, Line
from cabildo.kit.workdays import Calendar
from cabildo.ui.spanish import short_date
from cabildo.workflow.processes import queries
from cabildo.workflow.processes.models import ProcessRun, StageRun, TaskRun
from cabildo.workflow.processes.rules.dates import Span, slip

# what has dates, and the days on which it was done or is to be expected
Row = tuple[StageRun | TaskRun, Span]


def timetable(
    run: ProcessRun, stages: Sequence[StageRun], chosen: StageRun | None, today: date, days: Calendar
) -> Panel:
    """All stages, or the tasks of the chosen one."""
    rows = _rows(run, stages, chosen, today, days)
    headings = Headings(
        _("Fechas originales"), _("Fechas vigentes"), _("Hecho o esperado"), _("Días hábiles de atraso")
    )
    return schedules.panel(
        _title(rows, days),
        chosen.label if chosen else run.title,
        [_line(row, span, today, days) for row, span in rows],
        headings,
        today=today,
        source=_("Fechas del proceso en Cabildo, al %s. Días hábiles de la municipalidad.") % short_date(today),
        note=_("Barra gris: el plan original. Barra llena: lo hecho. Barra con contorno: lo que se espera."),
    )


def _rows(
    run: ProcessRun, stages: Sequence[StageRun], chosen: StageRun | None, today: date, days: Calendar
) -> list[Row]:
    expected = queries.forecast(stages, queries.process_of(run.pack_version), today, days)
    if chosen is None:
        return [(stage, expected[stage.code].span) for stage in stages]
    spans = expected[chosen.code].tasks
    return [(task, spans[task.code]) for task in chosen.tasks.all() if task.code in spans]


def _title(rows: list[Row], days: Calendar) -> str:
    """What the chart finds: how far the end is from the first plan."""
    if not rows:
        return _("Esta etapa no tiene tareas con fecha.")
    last = max(span.ends_on for _row, span in rows)
    late = slip(max(row.planned_ends_on for row, _span in rows), last, days)
    words = {"day": short_date(last), "days": abs(late)}
    if not late:
        return _("Termina el %(day)s, según el plan") % words
    if late > 0:
        told = ngettext(
            "Termina el %(day)s, %(days)s día hábil después del plan",
            "Termina el %(day)s, %(days)s días hábiles después del plan",
            late,
        )
    else:
        told = ngettext(
            "Termina el %(day)s, %(days)s día hábil antes del plan",
            "Termina el %(day)s, %(days)s días hábiles antes del plan",
            -late,
        )
    return told % words


def _line(row: StageRun | TaskRun, span: Span, today: date, days: Calendar) -> Line:
    late = max(0, slip(row.planned_ends_on, span.ends_on, days))
    done, expected = _bars(row, span, today)
    return Line(
        label=_numbered(row),
        state=row.get_state_display(),
        first=(row.planned_starts_on, row.planned_ends_on),
        present=(row.expected_starts_on, row.expected_ends_on),
        done=done,
        expected=expected,
        told=schedules.between((span.starts_on, span.ends_on)),
        late=late,
        mark=f"+{late}" if late else "",
    )


def _bars(row: StageRun | TaskRun, span: Span, today: date) -> tuple[schedules.Days | None, schedules.Days | None]:
    """What was done ends today at the latest; what is expected begins where that ends."""
    if row.ended_on:
        return (span.starts_on, row.ended_on), None
    if row.started_on is None:
        return None, (span.starts_on, span.ends_on)
    now = min(today, span.ends_on)
    return (row.started_on, now), (now, span.ends_on)


def _numbered(row: StageRun | TaskRun) -> str:
    """Its place and name; a name that begins with its place stays as it is."""
    place = f"{row.position}. "
    return row.label if row.label.startswith(place) else place + row.label
