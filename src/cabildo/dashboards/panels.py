"""One panel per question: its finding, its chart, its table twin."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cabildo.dashboards import wording
from cabildo.indicators import Ratio, drawings
from cabildo.indicators.boards import Panel
from cabildo.kit.rounding import half_up
from cabildo.tickets.queries import figures, figures_places
from cabildo.tickets.queries import figures_satisfaction as satisfaction
from cabildo.tickets.queries.figures import Dimension, Row, Scope
from cabildo.tickets.rules.figures import Opinions
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Table

MOST_BARS = 12
NAMES = {
    Dimension.DEPARTMENT: gettext_lazy("Dirección"),
    Dimension.CATEGORY: gettext_lazy("Materia"),
    Dimension.CHANNEL: gettext_lazy("Canal"),
    Dimension.AREA: gettext_lazy("Sector"),
    Dimension.KIND: gettext_lazy("Tipo"),
}


def source_of(today: date) -> str:
    return _("Registro de solicitudes, al %s.") % spanish.short_date(today)


def drawing_of(title: str, source: str, rows: Sequence[tuple[str, int | Decimal]], axis: str) -> str:
    """The largest ones; the table has them all."""
    return drawings.bars(title, source, tuple(rows[:MOST_BARS]), axis) if rows else ""


def numeric(*labels: str) -> list[Column]:
    return [Column(f"n{place}", label, numeric=True) for place, label in enumerate(labels)]


def late_by(dimension: Dimension, departments: tuple[int, ...] | None, today: date) -> Panel:
    """Where are requests past their term?"""
    rows = figures.open_by(dimension, departments, today)
    title, source = wording.most_late(rows), source_of(today)
    late = [(row.label, row.figure.late) for row in rows if row.figure.late]
    table = Table(
        _("Solicitudes abiertas y fuera de plazo, por %s") % str(NAMES[dimension]).lower(),
        [Column("who", NAMES[dimension]), *numeric(_("Abiertas"), _("Fuera de plazo"))],
        [[row.label, row.figure.open, row.figure.late] for row in rows],
    )
    return Panel(title, table, source, drawing_of(title, source, late, _("Solicitudes fuera de plazo")))


def trend(scope: Scope, today: date) -> Panel:
    """What came in each month, and how much of it has an answer?"""
    months = figures.monthly(scope, today)
    title, source = wording.last_month(months), source_of(today)
    series = {
        _("Ingresaron"): tuple((month, tally.received) for month, tally in months),
        _("Con respuesta"): tuple((month, tally.answered) for month, tally in months),
    }
    table = Table(
        _("Solicitudes por mes de ingreso"),
        [Column("month", _("Mes")), *numeric(_("Ingresaron"), _("Con respuesta"), _("En plazo"), _("Sin respuesta"))],
        [[_month(month), tally.received, tally.answered, tally.on_time, tally.unanswered] for month, tally in months],
    )
    drawing = drawings.lines(title, source, tuple(series.items()), _("Solicitudes"))
    return Panel(title, table, source, drawing, note=_("Por mes de ingreso; el último mes puede estar incompleto."))


def _month(day: date) -> str:
    return f"{spanish.MONTHS[day.month - 1]} {day.year}"


def by_area(departments: tuple[int, ...] | None, today: date) -> Panel:
    """In which areas are the open requests? A map of areas, never of homes."""
    rows = figures.open_by(Dimension.AREA, departments, today)
    title, source = wording.most_open(rows), source_of(today)
    table = Table(
        _("Solicitudes abiertas por sector"),
        [Column("area", _("Sector")), *numeric(_("Abiertas"), _("Fuera de plazo"))],
        [[row.label, row.figure.open, row.figure.late] for row in rows],
    )
    still_open = sorted(((row.label, row.figure.open) for row in rows), key=lambda pair: -pair[1])
    drawing = drawing_of(title, source, still_open, _("Solicitudes abiertas"))
    return Panel(title, table, source, drawing, places=figures_places.map_of_areas(rows))


def received_by(dimension: Dimension, scope: Scope, today: date, words: str) -> Panel:
    """What came in, by channel, category or kind; `words` says the finding."""
    rows = figures.tallies(scope, dimension, today)
    medians = figures.median_days_by(scope, dimension, today)
    title, source = wording.most_received(rows, words), source_of(today)
    headings = [_("Ingresaron"), _("En plazo"), _("Sin respuesta"), _("Mediana de días")]
    table = Table(
        _("Solicitudes ingresadas, por %s") % str(NAMES[dimension]).lower(),
        [Column("who", NAMES[dimension]), *numeric(*headings)],
        [
            [
                row.label,
                row.figure.received,
                row.figure.on_time,
                row.figure.without_answer,
                medians.get(row.code),
            ]
            for row in rows
        ],
    )
    bars = [(row.label, row.figure.received) for row in rows]
    return Panel(title, table, source, drawing_of(title, source, bars, _("Solicitudes ingresadas")))


def acknowledged(scope: Scope, now: datetime, today: date) -> Panel:
    """Is what is derived received within 24 hours (Ley 19.880, art. 24)?"""
    rows = figures.acknowledgements(scope, now)
    whole = sum((Ratio(row.figure.within, row.figure.derived) for row in rows), Ratio(0, 0))
    title = _("No hubo derivaciones en el período")
    if whole.denominator:
        title = _("%s derivaciones se recibieron dentro de 24 horas") % wording.of(whole, "").strip()
    table = Table(
        _("Acuse de recibo dentro de 24 horas, por dirección"),
        [Column("who", _("Dirección")), *numeric(_("Derivaciones"), _("Recibidas en 24 horas"))],
        [[row.label, row.figure.derived, Ratio(row.figure.within, row.figure.derived)] for row in rows],
    )
    late = [(row.label, row.figure.derived - row.figure.within) for row in rows if row.figure.derived]
    source = source_of(today)
    drawing = drawing_of(title, source, late, _("Derivaciones recibidas después de 24 horas, o nunca"))
    return Panel(
        title, table, source, drawing, note=_("La ley manda pasarlas dentro de 24 horas (Ley 19.880, art. 24).")
    )


def escalated(scope: Scope, today: date) -> Panel:
    """About how many requests was somebody warned?"""
    rows = figures.escalations(scope)
    total = sum(row.figure for row in rows)
    title = (
        _("Se avisó por el plazo de %s solicitudes") % spanish.number(total) if total else _("No hubo avisos por plazo")
    )
    table = Table(
        _("Solicitudes con aviso por su plazo, por dirección"),
        [Column("who", _("Dirección")), *numeric(_("Solicitudes con aviso"))],
        [[row.label, row.figure] for row in rows],
    )
    source = source_of(today)
    bars = [(row.label, row.figure) for row in rows]
    return Panel(title, table, source, drawing_of(title, source, bars, _("Solicitudes con aviso")))


def opinions_by(dimension: Dimension, scope: Scope, today: date) -> Panel:
    """How was the attention graded? With n and response rate, without margin of error."""
    whole, rows = satisfaction.opinions(scope), satisfaction.opinions_by(scope, dimension)
    title = _("Nadie ha evaluado todavía la atención")
    if whole.grades:
        title = ngettext(
            "La atención recibió nota media %(grade)s de 7 (%(n)s evaluación)",
            "La atención recibió nota media %(grade)s de 7 (%(n)s evaluaciones)",
            whole.grades,
        ) % {"grade": spanish.number(whole.mean_grade, 1), "n": spanish.number(whole.grades)}
    headings = [_("Nota media"), _("Se resolvió"), _("Evaluaciones"), _("Respondió")]
    table = Table(
        _("Evaluación de la atención, por %s") % str(NAMES[dimension]).lower(),
        [Column("who", NAMES[dimension]), *numeric(*headings)],
        [_opinion(row) for row in rows],
    )
    shown = tuple((row.label, _grade(row.figure)) for row in rows[:MOST_BARS])
    source = source_of(today)
    drawing = drawings.bars(title, source, shown, _("Nota media, de 1 a 7"), top=7) if whole.grades else ""
    note = _("Responde quien quiere: no es una muestra al azar y no se le puede dar margen de error.")
    return Panel(title, table, source, drawing, note=note)


def _opinion(row: Row[Opinions]) -> list[object]:
    told = row.figure
    return [row.label, told.mean_grade, told.solved_share, told.grades, told.response]


def _grade(told: Opinions) -> Decimal | None:
    return None if told.mean_grade is None else half_up(told.mean_grade, 1)


def low_reasons(scope: Scope, today: date) -> Panel:
    """Why were grades low?"""
    rows = satisfaction.low_reasons(scope)
    title = _("Nadie dio un motivo de nota baja")
    if rows:
        title = _("El motivo más repetido de nota baja: %s") % rows[0].label.lower()
    table = Table(
        _("Motivos de las notas bajo 4"),
        [Column("reason", _("Motivo")), *numeric(_("Personas"))],
        [[row.label, row.figure] for row in rows],
    )
    source = source_of(today)
    bars = [(row.label, row.figure) for row in rows]
    return Panel(title, table, source, drawing_of(title, source, bars, _("Personas")))
