"""How far a plan is month by month, drawn, with its table."""

from datetime import date

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say

from cabildo.indicators import drawings
from cabildo.kit.rounding import half_up
from cabildo.plans.queries.curves import Moment, moments
from cabildo.plans.queries.tree import Tree, standing, thresholds
from cabildo.ui.parts import Chart, Column, Table
from cabildo.ui.spanish import percentage, short_date

CURVES = (("planned", say("Programado")), ("actual", say("Real")), ("approved", say("Aprobado")))


def progress_chart(grown: Tree, today: date) -> Chart:
    """Planned against actual, and what was approved where it is no longer what is planned. One query."""
    points = moments(grown, today)
    stands = standing(grown.part, thresholds(grown.plan), today)
    title = _("Al %(day)s el plan va en %(actual)s y debía ir en %(planned)s") % {
        "day": short_date(today),
        "actual": percentage(stands.actual),
        "planned": percentage(stands.planned),
    }
    source = _("Informes de avance de cada actividad. Municipalidad, %s.") % short_date(today)
    series = {
        _("Programado"): [(one.point.day, one.point.planned) for one in points],
        _("Real"): [(one.point.day, one.point.actual) for one in points],
    }
    if any(one.approved is not None and one.approved != one.point.planned for one in points):
        series[_("Aprobado")] = [(one.point.day, one.approved) for one in points]
    drawn = tuple(
        (name, tuple((day, None if value is None else half_up(value, 1)) for day, value in line))
        for name, line in series.items()
        if any(value is not None for _day, value in line)
    )
    drawing = drawings.lines(title, source, drawn, _("Avance (%)")) if drawn else ""
    return Chart(title, mark_safe(drawing), _table(points), source)


def _table(points: list[Moment]) -> Table:
    columns = [Column("day", _("Al")), *(Column(key, label, numeric=True) for key, label in CURVES)]
    return Table(_("Avance programado y real"), columns, [_point(one) for one in points])


def _point(one: Moment) -> list[str]:
    values = (one.point.planned, one.point.actual, one.approved)
    return [short_date(one.point.day), *(percentage(value) for value in values)]
