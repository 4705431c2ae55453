"""What each board shows: for the mayor, for a head of department, for the office of requests."""

from datetime import datetime

from django.utils.translation import gettext as _

from cabildo.dashboards import figures, inner_work, panels
from cabildo.dashboards.filters import Selection
from cabildo.indicators.boards import Board
from cabildo.tickets.queries.figures import Dimension

BY_CHANNEL = "%(who)s es el canal más usado: %(share)s"
BY_CATEGORY = "%(who)s es lo más pedido: %(share)s"
BY_KIND = "%(who)s es el tipo más frecuente: %(share)s"


def _sources() -> list[str]:
    return [
        _("Se cuentan las solicitudes por el día en que ingresaron; su respuesta, según está hoy."),
        _("El período anterior se mira como estaba entonces, para comparar solicitudes de la misma edad."),
        _("Sin respuesta: las abiertas y las que terminaron por silencio administrativo. "
          "Las desistidas y las repetidas no esperan respuesta."),
        _("En plazo: respondidas hasta el último día de su plazo legal. "
          "Las traídas de otras fuentes sin plazo legal no se cuentan en esa cifra."),
        _("Días hasta responder: días corridos desde el ingreso, mediana exacta de las respondidas."),
    ]  # fmt: skip


def mayor(selection: Selection, now: datetime) -> Board:
    """Today, overdue by department, trend, areas, kinds."""
    scope, today = selection.scope, selection.today
    return Board(
        title=_("Tablero de la alcaldía"),
        scope=selection.words,
        groups=[figures.today(scope.departments, now), figures.of_period(scope, today)],
        panels=[
            panels.late_by(Dimension.DEPARTMENT, scope.departments, today),
            panels.trend(selection.trend, today),
            panels.by_area(scope.departments, today),
            panels.received_by(Dimension.KIND, scope, today, _(BY_KIND)),
            panels.received_by(Dimension.DEPARTMENT, scope, today, _("%(who)s recibe más que ninguna: %(share)s")),
        ],
        sources=_sources(),
    )


def department(selection: Selection, now: datetime, name: str) -> Board:
    """What a head of department has to answer for."""
    scope, today = selection.scope, selection.today
    between, inner_panels = inner_work.board_parts(scope, now, today)
    return Board(
        title=_("Tablero: %s") % name,
        scope=selection.words,
        groups=[figures.today(scope.departments, now), figures.of_period(scope, today), between],
        panels=[
            panels.late_by(Dimension.CATEGORY, scope.departments, today),
            panels.trend(selection.trend, today),
            panels.received_by(Dimension.CATEGORY, scope, today, _(BY_CATEGORY)),
            panels.by_area(scope.departments, today),
            panels.acknowledged(scope, now, today),
            *inner_panels,
            panels.opinions_by(Dimension.CHANNEL, scope, today),
            panels.low_reasons(scope, today),
        ],
        sources=_sources(),
    )


def office(selection: Selection, now: datetime) -> Board:
    """Intake, the 24-hour rule, the work between departments, channels, satisfaction, warnings."""
    scope, today = selection.scope, selection.today
    between, inner_panels = inner_work.board_parts(scope, now, today)
    return Board(
        title=_("Tablero de la oficina de solicitudes"),
        scope=selection.words,
        groups=[figures.office_today(now), figures.of_period(scope, today), between],
        panels=[
            panels.received_by(Dimension.CHANNEL, scope, today, _(BY_CHANNEL)),
            panels.trend(selection.trend, today),
            panels.acknowledged(scope, now, today),
            *inner_panels,
            panels.escalated(scope, today),
            panels.opinions_by(Dimension.CHANNEL, scope, today),
            panels.opinions_by(Dimension.DEPARTMENT, scope, today),
            panels.low_reasons(scope, today),
        ],
        sources=_sources(),
    )
