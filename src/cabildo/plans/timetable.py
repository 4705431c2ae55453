"""The dates of a plan as one chart with its table: what was approved against what is planned now, and what is late."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from cabildo.indicators import schedules
from cabildo.indicators.boards import Panel
from cabildo.indicators.schedules import Days, Headings, Line
from cabildo.kit.rounding import half_up
from cabildo.plans.queries.tree import Branch, Standing, Tree, standing, thresholds
from cabildo.plans.rules.progress import WHOLE, actual
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
    late = sum(branch.node.closed_on is None and late_days(branch, today) > 0 for branch in dated)
    words = {"late": late, "all": len(dated), "day": short_date(today)}
    if late:
        return _("Al %(day)s, %(late)s de %(all)s actividades con fecha están atrasadas") % words
    return _("Al %(day)s, ninguna de las %(all)s actividades con fecha está atrasada") % words


def late_days(branch: Branch, today: date) -> int:
    """Days past the end now planned: until it was closed, or until today while something of it is to do.

    What is wholly done and only waits for its proof to be closed is late no longer; nobody knows since when.
    """
    present = _present(branch)
    if present is None:
        return 0
    activities = [part for part in branch.walk() if part.is_activity and not waits_to_close(part, today)]
    closed = [part.node.closed_on for part in activities if part.node.closed_on]
    ended = today if len(closed) < len(activities) else max(closed, default=present[1])
    return max(0, (ended - present[1]).days)


def waits_to_close(branch: Branch, today: date) -> bool:
    """An activity reported as wholly done that nobody closed: that takes its means of verification."""
    return branch.is_activity and branch.node.closed_on is None and actual(branch.part, today) == WHOLE


def _line(branch: Branch, stands: Standing, today: date) -> Line:
    node, present, late = branch.node, _present(branch), late_days(branch, today)
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


def _present(branch: Branch) -> Days | None:
    return _span(branch, "starts_on", "ends_on")


def _approved(branch: Branch) -> Days | None:
    return _span(branch, "approved_starts_on", "approved_ends_on")


def _span(branch: Branch, first: str, last: str) -> Days | None:
    """Its own days; of what has none, from the first to the last of those of its parts."""
    own = getattr(branch.node, first), getattr(branch.node, last)
    if all(own):
        return own
    below = [days for part in branch.branches if (days := _span(part, first, last))]
    return (min(day for day, _last in below), max(day for _first, day in below)) if below else None
