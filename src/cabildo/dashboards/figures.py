"""The figures at the head of a board: each with its denominator and how it compares."""

from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.models import Department
from cabildo.dashboards import wording
from cabildo.indicators.boards import Group
from cabildo.tickets.queries import figures
from cabildo.tickets.queries.figures import Scope, Today
from cabildo.ui import spanish
from cabildo.ui.parts import Figure


def today(departments: tuple[int, ...] | None, now: datetime) -> Group:
    """What waits now, whatever the period. Three queries at most."""
    standing, where = figures.standing_now(departments, now), _where(departments)
    first = _now(_("Vencen hoy"), standing.due_today, standing, "situacion=due_today", where)
    return Group(_("Hoy"), [first, *_waiting(standing, where)])


def office_today(now: datetime) -> Group:
    """The same for the whole municipality, and first what the office has yet to send to a department. Two queries."""
    standing = figures.standing_now(None, now)
    first = _now(_("Por clasificar"), standing.unclassified, standing, "estado=intake", "")
    return Group(_("Hoy"), [first, *_waiting(standing, "")])


def _where(departments: tuple[int, ...] | None) -> str | None:
    """What narrows the list to the same departments: nothing for all, None for several, which the list cannot."""
    if departments is None:
        return ""
    codes = list(Department.objects.filter(pk__in=departments).values_list("code", flat=True))
    return f"&{urlencode({'direccion': codes[0]})}" if len(codes) == 1 else None


def _waiting(standing: Today, where: str | None) -> list[Figure]:
    late = _("Sin acuse de recibo hace más de 24 horas")
    return [
        _now(_("Fuera de plazo"), standing.late, standing, "situacion=late", where),
        _now(late, standing.unacknowledged, standing, "situacion=unacknowledged", where),
        _now(_("Esperando antecedentes del vecino"), standing.waiting, standing, "estado=waiting", where),
    ]


def _now(label: str, count: int, standing: Today, address: str, where: str | None) -> Figure:
    """A figure and the list of exactly its rows; without link where no list has just them."""
    of_open = _("de %s abiertas") % spanish.number(standing.open)
    url = f"{reverse('tickets:list')}?{address}{where}" if where is not None else ""
    return Figure(label, spanish.number(count), of_open, url=url)


def of_period(scope: Scope, day: date) -> Group:
    """What came in during the period and what became of it, against the period before at the same age. Four queries."""
    then = day - (scope.period.since - scope.period.before.since)
    now, before = figures.tally(scope, day), figures.tally(scope.before, then)
    median, old_median = figures.median_days(scope, day), figures.median_days(scope.before, then)
    return Group(
        _("Lo que ingresó en el período"),
        [
            Figure(
                _("Ingresaron"),
                spanish.number(now.received),
                _("%s con respuesta") % spanish.number(now.answered),
                wording.count_change(now.received, before.received),
            ),
            Figure(
                _("Respondidas dentro del plazo"),
                wording.percentage(now.on_time),
                wording.of(now.on_time, _("respondidas con plazo")),
                wording.share_change(now.on_time, before.on_time),
            ),
            Figure(
                _("Sin respuesta"),
                wording.percentage(now.without_answer),
                wording.of(now.without_answer, _("ingresadas")),
                wording.share_change(now.without_answer, before.without_answer),
            ),
            Figure(
                _("Fuera de plazo entre las sin respuesta"),
                wording.percentage(now.overdue_share),
                wording.of(now.overdue_share, _("sin respuesta con plazo")),
                wording.share_change(now.overdue_share, before.overdue_share),
            ),
            Figure(
                _("Reclamos y sugerencias"),
                wording.percentage(now.criticism),
                wording.of(now.criticism, _("ingresadas")),
                wording.share_change(now.criticism, before.criticism),
            ),
            Figure(
                _("Mediana de días hasta responder"),
                spanish.number(median, 1),
                _("días corridos, %s respondidas") % spanish.number(now.answered),
                wording.days_change(median, old_median),
            ),
        ],
    )
