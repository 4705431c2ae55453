"""The public page of figures: one sentence, charts with their tables, a file and the method.

Periods are fixed whole months, so that nobody subtracts two that differ by a day; counts from 1 to 4 are withheld.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cabildo.indicators import Period, Ratio, drawings
from cabildo.indicators.boards import Group, Panel
from cabildo.indicators.rules import first_of_month, last_month, month_of
from cabildo.kit.rounding import half_up
from cabildo.tickets.queries import figures
from cabildo.tickets.queries import figures_satisfaction as satisfaction
from cabildo.tickets.queries.figures import Dimension, Row, Scope
from cabildo.tickets.queries.public import newest_received_on
from cabildo.tickets.rules.figures import Opinions, Tally
from cabildo.tickets.rules.suppression import SMALLEST, suppressed
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Figure, Table

TWELVE_MONTHS, LAST_MONTH, LAST_ACTIVE = "12-meses", "mes-pasado", "ultimos-meses"
PERIODS = {
    TWELVE_MONTHS: gettext_lazy("Los últimos 12 meses completos"),
    LAST_MONTH: gettext_lazy("El último mes completo"),
    LAST_ACTIVE: gettext_lazy("Los últimos 12 meses con solicitudes"),
}
BY = {
    Dimension.DEPARTMENT: (
        gettext_lazy("Dirección"),
        gettext_lazy("por dirección"),
        gettext_lazy("La dirección que más recibe"),
    ),
    Dimension.KIND: (gettext_lazy("Tipo"), gettext_lazy("por tipo"), gettext_lazy("El tipo más frecuente")),
    Dimension.CHANNEL: (gettext_lazy("Canal"), gettext_lazy("por canal"), gettext_lazy("El canal más usado")),
    Dimension.AREA: (gettext_lazy("Sector"), gettext_lazy("por sector"), gettext_lazy("El sector con más solicitudes")),
}
COUNTED = (
    gettext_lazy("Con respuesta"),
    gettext_lazy("Sin respuesta"),
    gettext_lazy("Desistidas o repetidas"),
    gettext_lazy("Ingresaron"),
)
HEADINGS = (
    "desde",
    "hasta",
    "segun",
    "valor",
    "con_respuesta",
    "sin_respuesta",
    "desistidas_o_repetidas",
    "ingresaron",
)


@dataclass(frozen=True)
class Chosen:
    """A period that was asked for, and the code and label of each other that may be."""

    code: str
    label: Any
    period: Period
    others: Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Story:
    """The page: its sentence, the figures, one panel per question."""

    sentence: str
    group: Group
    panels: Sequence[Panel]


def chosen(code: str, today: date) -> Chosen:
    """The period of that code, or the usual one."""
    periods = _periods(today)
    code = code if code in periods else next(iter(periods))
    others = [(other, PERIODS[other]) for other in periods if other != code]
    return Chosen(code, PERIODS[code], periods[code], others)


def _periods(today: date) -> dict[str, Period]:
    """The usual first. Where nothing has come in for a year, as in a file of another time, its last months."""
    month = last_month(today)
    year = Period(first_of_month(today, -12), month.until)
    newest = newest_received_on()
    if newest is None or newest >= year.since:
        return {TWELVE_MONTHS: year, LAST_MONTH: month}
    return {LAST_ACTIVE: Period(first_of_month(newest, -11), month_of(newest).until)}


def story(chosen: Chosen, today: date) -> Story:
    """A constant number of queries, kept a minute."""
    scope = Scope(chosen.period)
    tally = figures.tally(scope, today)
    panels = [_by(dimension, scope, today) for dimension in BY]
    if len(chosen.period.months) > 1:
        panels.insert(0, _monthly(scope, today))
    return Story(_sentence(tally, chosen), _group(tally, scope, today), [*panels, _opinions(scope, today)])


def _source(today: date) -> str:
    return _("Registro de solicitudes de la municipalidad, al %s.") % spanish.short_date(today)


def _sentence(tally: Tally, chosen: Chosen) -> str:
    between = {
        "since": spanish.short_date(chosen.period.since),
        "until": spanish.short_date(chosen.period.until),
        "n": spanish.number(tally.received),
        "share": spanish.percentage(tally.on_time.share()),
    }
    if not tally.received:
        return _("Entre el %(since)s y el %(until)s no recibimos solicitudes.") % between
    if _withheld(tally.answered_on_time) or not tally.answered_with_term:
        return _("Recibimos %(n)s solicitudes entre el %(since)s y el %(until)s.") % between
    return (
        _(
            "Recibimos %(n)s solicitudes entre el %(since)s y el %(until)s. "
            "De las que respondimos, el %(share)s fue dentro del plazo."
        )
        % between
    )


def _withheld(count: int) -> bool:
    return 0 < count < SMALLEST


def _group(tally: Tally, scope: Scope, today: date) -> Group:
    median = figures.median_days(scope, today)
    return Group(
        _("En este período"),
        [
            Figure(_("Recibidas"), _count(tally.received)),
            _share(_("Respondidas dentro del plazo"), tally.on_time, _("respondidas con plazo")),
            _share(_("Sin respuesta"), tally.without_answer, _("recibidas")),
            _share(_("Fuera de plazo entre las sin respuesta"), tally.overdue_share, _("sin respuesta con plazo")),
            Figure(
                _("Días hasta responder"),
                spanish.number(median if tally.answered >= SMALLEST else None, 1),
                _("mediana, en días corridos"),
            ),
        ],
    )


def _count(count: int) -> str:
    return _("menos de %s") % SMALLEST if _withheld(count) else spanish.number(count)


def _share(label: str, ratio: Ratio, what: str) -> Figure:
    if _withheld(ratio.numerator) or _withheld(ratio.denominator):
        return Figure(label, _("menos de %s") % SMALLEST)
    of = f"{spanish.number(ratio.numerator)} de {spanish.number(ratio.denominator)} {what}"
    return Figure(label, spanish.percentage(ratio.share()), of)


def _published(labels: Sequence[str], tallies: Sequence[Tally]) -> list[list[Any]]:
    """Label and counts of each row, then the totals; None where a count is withheld. Nothing without rows."""
    if not tallies:
        return []
    inside = [[tally.answered, tally.unanswered, tally.ended_otherwise] for tally in tallies]
    return [[label, *counts] for label, counts in zip([*labels, _("Total")], suppressed(inside), strict=True)]


def _table(caption: str, heading: Any, published: list[list[Any]]) -> Table:
    """A withheld count says so: it is known, and not told."""
    columns = [Column("who", heading), *[Column(f"n{place}", name, numeric=True) for place, name in enumerate(COUNTED)]]
    told = [[label, *[_("reservado") if count is None else count for count in counts]] for label, *counts in published]
    return Table(caption, columns, told)


def finding(bars: tuple[tuple[str, Any], ...], by: Any, most: Any) -> str:
    """Which is the first, unless it shares its place or nothing is told."""
    if not bars:
        return _("No hay solicitudes que mostrar %s") % by
    (who, first), *others = bars
    if others and others[0][1] == first:
        return _("Solicitudes %s") % by
    words = ngettext("%(most)s: %(who)s, con %(n)s solicitud", "%(most)s: %(who)s, con %(n)s solicitudes", first)
    return words % {"most": most, "who": who, "n": spanish.number(first)}


def _by(dimension: Dimension, scope: Scope, today: date) -> Panel:
    rows = figures.tallies(scope, dimension, today)
    heading, by, most = BY[dimension]
    published = _published([row.label for row in rows], [row.figure for row in rows])
    bars = tuple((label, counts[-1]) for label, *counts in published[:-1] if counts[-1] is not None)
    title = finding(bars, by, most)
    drawing = drawings.bars(title, _source(today), bars[:12], _("Solicitudes recibidas")) if bars else ""
    return Panel(title, _table(_("Solicitudes %s") % by, heading, published), _source(today), drawing)


def _monthly(scope: Scope, today: date) -> Panel:
    months = figures.monthly(scope, today)
    labels = [f"{spanish.MONTHS[month.month - 1]} {month.year}" for month, _tally in months]
    published = _published(labels, [tally for _month, tally in months])
    days = [month for month, _tally in months]
    lines = (
        (_("Ingresaron"), tuple(zip(days, [counts[-1] for counts in published[:-1]], strict=True))),
        (_("Con respuesta"), tuple(zip(days, [counts[1] for counts in published[:-1]], strict=True))),
    )
    title = _("Solicitudes recibidas cada mes, y cuántas ya tienen respuesta")
    drawing = drawings.lines(title, _source(today), lines, _("Solicitudes"))
    return Panel(title, _table(_("Solicitudes por mes"), _("Mes"), published), _source(today), drawing)


def _opinions(scope: Scope, today: date) -> Panel:
    rows = [row for row in satisfaction.opinions_by(scope, Dimension.DEPARTMENT) if row.figure.grades >= SMALLEST]
    whole = satisfaction.opinions(scope)
    title = _("Todavía hay muy pocas evaluaciones para publicarlas")
    if whole.grades >= SMALLEST:
        title = _("Las personas pusieron nota media %(grade)s de 7 a la atención") % {
            "grade": spanish.number(whole.mean_grade, 1)
        }
    headings = [_("Nota media"), _("Evaluaciones"), _("Respondió")]
    table = Table(
        _("Evaluación de la atención, por dirección"),
        [Column("who", _("Dirección")), *[Column(heading, heading, numeric=True) for heading in headings]],
        [[row.label, row.figure.mean_grade, row.figure.grades, row.figure.response] for row in rows],
    )
    bars = tuple((row.label, _grade(row.figure)) for row in rows)
    drawing = drawings.bars(title, _source(today), bars, _("Nota media, de 1 a 7"), top=7) if bars else ""
    note = _("Responde quien quiere: no es una muestra al azar, y por eso no lleva margen de error.")
    return Panel(title, table, _source(today), drawing, note=note)


def _grade(told: Opinions) -> Decimal:
    return half_up(told.mean_grade or 0, 1)


def rows(chosen: Chosen, today: date) -> Iterator[list[Any]]:
    """The counts of every table of the page, for the data file; an empty cell is a withheld count."""
    scope = Scope(chosen.period)
    between = [chosen.period.since, chosen.period.until]
    for dimension in BY:
        found: list[Row[Tally]] = figures.tallies(scope, dimension, today)
        for published in _published([row.label for row in found], [row.figure for row in found]):
            yield [*between, dimension.value, *published]
