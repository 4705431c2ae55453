"""The pages of the historic backlog: the whole municipality's, and one department's with its plan's curve."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from cabildo.accounts.models import Department
from cabildo.indicators import drawings
from cabildo.indicators.boards import Board, Group, Panel
from cabildo.tickets.models import ClearingPlan
from cabildo.tickets.queries import backlog
from cabildo.tickets.queries.backlog import Aged
from cabildo.tickets.queries.figures import Row
from cabildo.tickets.rules.backlog import AGE_BANDS, HISTORIC_AFTER_DAYS, Curve
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Figure, Table

Rows = Sequence[Row[Aged]]


def overview(departments: tuple[int, ...] | None, today: date) -> Board:
    """What waits since long ago, by department, year and age, and how each plan goes. Three queries."""
    rows = backlog.by_department(departments, today)
    plans = backlog.plans_in_force(departments, today)
    curves = backlog.progress(plans.values(), today)
    return Board(
        title=_("Rezago histórico"),
        scope=_("Solicitudes abiertas que ingresaron hace más de %s días corridos") % HISTORIC_AFTER_DAYS,
        groups=[Group(_("Hoy"), _figures(rows))],
        panels=[_by_department(rows, today), _by_age(rows, today), _plans(plans, curves, today)],
        sources=_sources(),
    )


def of_department(department: Department, plan: ClearingPlan | None, today: date) -> Board:
    """One department's backlog and the curve of its plan. Two queries."""
    rows = backlog.by_department((department.pk,), today)
    panels = [_by_age(rows, today)]
    groups = [Group(_("Hoy"), _figures(rows))]
    if plan is not None:
        curve = backlog.progress([plan], today)[department.pk]
        groups.append(Group(_("El plan"), _plan_figures(plan, curve)))
        panels.insert(0, _curve(curve, plan, today))
    return Board(
        title=_("Rezago: %s") % department.name,
        scope=_("Solicitudes abiertas que ingresaron hace más de %s días corridos") % HISTORIC_AFTER_DAYS,
        groups=groups,
        panels=panels,
        sources=_sources(),
    )


def _sources() -> list[str]:
    return [
        _("Rezago: solicitudes abiertas que ingresaron hace más de %s días corridos, tengan o no plazo legal.")
        % HISTORIC_AFTER_DAYS,
        _("Un plan cuenta las que estaban en rezago y abiertas el día en que empezó. Una reabierta vuelve a contar."),
    ]


def _source(today: date) -> str:
    return _("Registro de solicitudes, al %s.") % spanish.short_date(today)


def _figures(rows: Rows) -> list[Figure]:
    total = sum(row.figure.total for row in rows)
    old = sum(row.figure.by_age[-1] for row in rows)
    oldest = min((row.figure.oldest_on for row in rows), default=None)
    return [
        Figure(_("En rezago"), spanish.number(total), _("solicitudes abiertas")),
        Figure(_("De más de un año"), spanish.number(old), spanish.share(old, total)),
        Figure(_("La más antigua ingresó"), spanish.short_date(oldest) if oldest else _("ninguna")),
    ]


def _by_department(rows: Rows, today: date) -> Panel:
    years = sorted({year for row in rows for year in row.figure.by_year})
    total = sum(row.figure.total for row in rows)
    title = _("No hay rezago")
    if total:
        title = _("%(who)s tiene %(n)s de las %(total)s solicitudes en rezago") % {
            "who": rows[0].label,
            "n": spanish.number(rows[0].figure.total),
            "total": spanish.number(total),
        }
    table = Table(
        _("Rezago por dirección y año de ingreso"),
        [
            Column("who", _("Dirección")),
            *[Column(str(year), str(year), numeric=True) for year in years],
            Column("total", _("Total"), numeric=True),
        ],
        [[row.label, *[row.figure.by_year.get(year, 0) for year in years], row.figure.total] for row in rows],
    )
    bars = tuple((row.label, row.figure.total) for row in rows)
    drawing = drawings.bars(title, _source(today), bars, _("Solicitudes en rezago")) if rows else ""
    return Panel(title, table, _source(today), drawing)


def _age_label(band: tuple[int, int | None]) -> str:
    youngest, eldest = band
    if eldest is None:
        return _("Más de un año")
    return _("De %(youngest)s a %(eldest)s días") % {"youngest": youngest, "eldest": eldest}


def _by_age(rows: Rows, today: date) -> Panel:
    labels = [_age_label(band) for band in AGE_BANDS]
    totals = [sum(row.figure.by_age[place] for row in rows) for place in range(len(AGE_BANDS))]
    title = _("No hay rezago")
    if any(totals):
        most = totals.index(max(totals))
        title = _("La mayor parte lleva esperando: %(age)s (%(share)s)") % {
            "age": labels[most].lower(),
            "share": spanish.share(totals[most], sum(totals)),
        }
    table = Table(
        _("Rezago por dirección y antigüedad"),
        [Column("who", _("Dirección")), *[Column(label, label, numeric=True) for label in labels]],
        [[row.label, *row.figure.by_age] for row in rows],
    )
    bars = tuple(zip(labels, totals, strict=True))
    drawing = drawings.bars(title, _source(today), bars, _("Solicitudes en rezago")) if any(totals) else ""
    return Panel(title, table, _source(today), drawing)


def _plans(plans: Mapping[int, ClearingPlan], curves: Mapping[int, Curve], today: date) -> Panel:
    behind = sum(curve.behind > 0 for curve in curves.values())
    title = _("Ninguna dirección tiene un plan todavía")
    if plans:
        title = _("Planes atrasados: %s") % spanish.share(behind, len(plans))
    headings = [_("Por semana"), _("Al empezar"), _("Cerradas"), _("Quedan"), _("Atraso")]
    table = Table(
        _("Planes de puesta al día"),
        [
            Column("who", _("Dirección")),
            Column("responsible", _("Responsable")),
            Column("starts_on", _("Empieza")),
            *[Column(heading, heading, numeric=True) for heading in headings],
        ],
        [_plan_row(plan, curves[department]) for department, plan in plans.items()],
    )
    return Panel(title, table, _source(today))


def _plan_row(plan: ClearingPlan, curve: Curve) -> list[object]:
    return [
        plan.department.name,
        str(plan.responsible),
        plan.starts_on,
        plan.weekly_target,
        curve.initial,
        curve.done,
        curve.left,
        max(curve.behind, 0),
    ]


def _plan_figures(plan: ClearingPlan, curve: Curve) -> list[Figure]:
    late = _("Va según lo planeado") if curve.behind <= 0 else _("%s más de lo planeado") % spanish.number(curve.behind)
    return [
        Figure(
            _("Meta"),
            _("%s por semana") % spanish.number(plan.weekly_target),
            _("Responsable: %s") % plan.responsible,
            _("Desde el %s") % spanish.short_date(plan.starts_on),
        ),
        Figure(_("Cerradas"), spanish.number(curve.done), spanish.share(curve.done, curve.initial)),
        Figure(_("Quedan"), spanish.number(curve.left), _("de %s al empezar") % spanish.number(curve.initial), late),
    ]


def _curve(curve: Curve, plan: ClearingPlan, today: date) -> Panel:
    title = _("Quedan %(left)s de %(initial)s: según el plan") % {"left": curve.left, "initial": curve.initial}
    if curve.behind > 0:
        title = _("Quedan %(left)s de %(initial)s: %(behind)s más de lo planeado") % {
            "left": curve.left,
            "initial": curve.initial,
            "behind": curve.behind,
        }
    ends = [week.starts_on + timedelta(weeks=1) for week in curve.weeks]
    start = (plan.starts_on, curve.initial)
    planned = (start, *((day, week.planned_left) for day, week in zip(ends, curve.weeks, strict=True)))
    actual = (start, *((day, week.left) for day, week in zip(ends, curve.weeks, strict=True)))
    headings = [_("Cerradas"), _("Quedan según el plan"), _("Quedan")]
    table = Table(
        _("El plan, semana por semana"),
        [Column("week", _("Semana que empieza")), *[Column(heading, heading, numeric=True) for heading in headings]],
        [[week.starts_on, _happened(week.done), week.planned_left, _happened(week.left)] for week in curve.weeks],
    )
    series = ((_("Planeado"), planned), (_("Real"), actual))
    drawing = drawings.lines(title, _source(today), series, _("Solicitudes que quedan"), "%d %b")
    return Panel(title, table, _source(today), drawing, note=plan.notes)


def _happened(count: int | None) -> int | str:
    """A week that has not begun is no missing datum."""
    return _("por venir") if count is None else count
