"""The dates of a plan as one chart with its table: what was approved against what is planned now, and what is late."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from cabildo.indicators import schedules
from cabildo.indicators.boards import Panel
from cabildo.indicators.schedules import Days, Headings, Line
from cabildo.kit.rounding import half_up
from cabildo.plans.queries.lateness import days_now, days_of, is_late, late_days, waits_to_close
from cabildo.plans.queries.tree import Branch, Standing, Tree, standing, thresholds
from cabildo.plans.rules.progress import WHOLE
from cabildo.plans.wording import worded
from cabildo.ui.spanish import percentage, short_date

ONE_DAY = timedelta(days=1)


def timetable(grown: Tree, chosen: Branch | None, today: date) -> Panel:
    """The whole plan, or the chosen branch with all below it. No query."""
    branches = list((chosen or grown).walk())
    limits = thresholds(grown.plan)
    headings = Headings(
        _("Fechas aprobadas"), _("Fechas vigentes"), _("Avance"), _("Días corridos de atraso"), _("sin aprobar")
    )
    return schedules.panel(
        _title(branches, today),
        chosen.node.label if chosen else grown.plan.title,
        [_line(branch, standing(branch.part, limits, today), today) for branch in branches],
        headings,
        today=today,
        source=_("Plan en Cabildo, al %s. El atraso se cuenta desde el término vigente.") % short_date(today),
        note=_("Barra gris: lo aprobado. Barra con contorno: las fechas vigentes. Barra llena: lo avanzado."),
    )


def _title(branches: Sequence[Branch], today: date) -> str:
    """What the chart finds: how many activities are past their day."""
    dated = [branch for branch in branches if branch.is_activity and branch.node.ends_on]
    if not dated:
        return _("Ninguna actividad tiene fechas todavía")
    late = sum(is_late(branch, today) for branch in dated)
    words = {"late": late, "all": len(dated), "day": short_date(today)}
    if late:
        return _("Al %(day)s, %(late)s de %(all)s actividades con fecha están atrasadas") % words
    return _("Al %(day)s, ninguna de las %(all)s actividades con fecha está atrasada") % words


def _line(branch: Branch, stands: Standing, today: date) -> Line:
    node, present, late = branch.node, days_now(branch), late_days(branch, today)
    done, expected = _bars(stands, present)
    return Line(
        label=f"{node.code} {node.label}",
        state=_state(branch, stands, today),
        first=_approved(branch),
        present=present,
        done=done,
        expected=expected,
        told=percentage(stands.actual),
        late=late if present else None,
        mark=_("+%s días") % late if late else "",
    )


def _state(branch: Branch, stands: Standing, today: date) -> str:
    if branch.node.closed_on:
        return _("Cerrada")
    return _("Hecha, por cerrar") if waits_to_close(branch, today) else str(worded(stands).word)


def _bars(stands: Standing, present: Days | None) -> tuple[Days | None, Days | None]:
    """The days now planned, parted where the progress reaches: a half done is drawn to the middle."""
    if present is None or not stands.actual:
        return None, present
    first, last = present
    length = (last - first).days + 1
    reached = first + timedelta(days=int(half_up(stands.actual * length / WHOLE))) - ONE_DAY
    if reached >= last:
        return present, None
    return ((first, reached), (reached + ONE_DAY, last)) if reached >= first else (None, present)


def _approved(branch: Branch) -> Days | None:
    return days_of(branch, "approved_starts_on", "approved_ends_on")
