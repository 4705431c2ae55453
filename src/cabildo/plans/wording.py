"""How standings are said: the state that colours them and the word beside it."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from cabildo.indicators.rules import Light
from cabildo.kit.rounding import half_up
from cabildo.plans.queries.tree import Standing
from cabildo.ui.parts import Words
from cabildo.ui.spanish import NO_DATA, number, percentage

LIGHTS: dict[Light, tuple[str, Words]] = {
    Light.GREEN: ("on_time", _("Al día")),
    Light.YELLOW: ("due_soon", _("Con retraso leve")),
    Light.RED: ("late", _("Con retraso")),
    Light.NO_DATA: ("neutral", _("Sin dato")),
    Light.NOT_YET: ("neutral", _("Aún no comienza")),
}
# the same lights for an indicator against its target
TARGETS: dict[Light, tuple[str, Words]] = {
    Light.GREEN: ("on_time", _("Cumple la meta")),
    Light.YELLOW: ("due_soon", _("Cerca de la meta")),
    Light.RED: ("late", _("Lejos de la meta")),
    Light.NO_DATA: ("neutral", _("Sin dato")),
    Light.NOT_YET: ("neutral", _("Aún no corresponde")),
}


@dataclass(frozen=True)
class Worded:
    """A standing as a page shows it."""

    actual: str
    planned: str
    index: str
    state: str
    word: Words


def worded(standing: Standing) -> Worded:
    """Percentages with one decimal and the index with three, half-up; what is unknown is «sin dato»."""
    state, word = LIGHTS[standing.light]
    return Worded(
        actual=percentage(standing.actual),
        planned=percentage(standing.planned),
        index=ratio(standing.index),
        state=state,
        word=word,
    )


def ratio(value: Fraction | None) -> str:
    return NO_DATA if value is None else number(half_up(value, 3))
