"""The commitment's three baseline indicators, for the register of indicators (CLPLN0001: 20 %, 89,86 %, 17,4 %)."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.indicators import Definition, Direction, Observation, Period, Ratio, register
from cabildo.tickets.queries.figures import Scope, tally
from cabildo.tickets.rules.figures import Tally

UNIT = "%"
SOURCE = str(_("Registro de solicitudes de la municipalidad"))
DEFINITIONS = (
    Definition(
        "tickets.unanswered",
        str(_("Solicitudes sin respuesta")),
        str(
            _(
                "Solicitudes ingresadas en el período que no tienen respuesta, de todas las ingresadas en él. "
                "Las desistidas y las repetidas no esperan respuesta. "
                "Una que se reabre sigue contando por cómo terminó la primera vez."
            )
        ),
        UNIT,
        Direction.DOWN,
        SOURCE,
    ),
    Definition(
        "tickets.overdue",
        str(_("Sin respuesta y fuera de plazo")),
        str(_("Las que tienen vencido el plazo legal, de las solicitudes sin respuesta que tienen plazo.")),
        UNIT,
        Direction.DOWN,
        SOURCE,
    ),
    Definition(
        "tickets.criticism",
        str(_("Reclamos y sugerencias")),
        str(_("Reclamos y sugerencias ingresados en el período, de todas las solicitudes ingresadas en él.")),
        UNIT,
        Direction.NEUTRAL,
        SOURCE,
    ),
)
RATIOS: dict[str, Callable[[Tally], Ratio]] = {
    "tickets.unanswered": lambda tally: tally.without_answer,
    "tickets.overdue": lambda tally: tally.overdue_share,
    "tickets.criticism": lambda tally: tally.criticism,
}


def register_indicators() -> None:
    for definition in DEFINITIONS:
        register(definition, _compute(definition.code))


def _compute(code: str) -> Callable[[Period], Observation]:
    def compute(period: Period) -> Observation:
        now = timezone.now()
        ratio = RATIOS[code](tally(Scope(period), timezone.localdate(now)))
        return Observation(ratio.numerator, ratio.denominator, now)

    return compute
