"""How standings are said: the state that colours them and the word beside it; and how a change is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from cabildo.indicators.rules import Light
from cabildo.kit.rounding import half_up
from cabildo.plans.models import PlanNode
from cabildo.plans.queries.tree import Standing
from cabildo.ui.parts import Words
from cabildo.ui.spanish import NO_DATA, number, percentage, short_date

LIGHTS: dict[Light, tuple[str, Words]] = {
    Light.GREEN: ("on_time", _("Al día")),
    Light.YELLOW: ("due_soon", _("Con retraso leve")),
    Light.RED: ("late", _("Con retraso")),
    Light.NO_DATA: ("neutral", _("Sin dato")),
    Light.NOT_YET: ("neutral", _("Aún no le toca")),
}
# the same lights for an indicator against its target
TARGETS: dict[Light, tuple[str, Words]] = {
    Light.GREEN: ("on_time", _("Cumple la meta")),
    Light.YELLOW: ("due_soon", _("Cerca de la meta")),
    Light.RED: ("late", _("Lejos de la meta")),
    Light.NO_DATA: ("neutral", _("Sin dato")),
    Light.NOT_YET: ("neutral", _("Aún no corresponde")),
}
# what was done to a node of an approved plan
VERBS: dict[str, Words] = {
    "added": _("Se agregó"),
    "changed": _("Se cambió"),
    "moved": _("Se movió"),
    "removed": _("Se quitó"),
    "milestone": _("Cambiaron sus hitos"),
    "budget": _("Cambió su presupuesto"),
    "indicator": _("Cambiaron sus indicadores"),
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CHANGED: dict[str, Words] = {
    "milestone": _("hito"),
    "concept": _("en qué"),
    "source": _("fuente de financiamiento"),
    "year": _("año"),
    "amount_clp": _("presupuesto (pesos)"),
    "indicator": _("indicador"),
    "participants": _("direcciones que participan"),
    "place": _("lugar en el plan"),
    "expected_effect": _("efecto esperado"),
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


def change_words(changes: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """«termina: de 3 mar 2027 a 5 abr 2027», a line for each field; `names` words the keys of an expected effect."""
    return "\n".join(_changed(field, before, now, names) for field, (before, now) in changes.items())


def _changed(field: str, before: Any, now: Any, names: Mapping[str, str]) -> str:
    label = CHANGED.get(field) or PlanNode._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    if field == "place":
        return str(label)  # numbers of the database
    words = {"label": label, "before": _value(before, names), "now": _value(now, names)}
    return str(_("%(label)s: de %(before)s a %(now)s")) % words


def _value(value: Any, names: Mapping[str, str]) -> str:
    """What an approved plan kept of a field; days come as text."""
    if value in (None, "", [], {}):
        return str(_("nada"))
    if isinstance(value, dict):
        return "; ".join(_entry(name, each, names) for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return short_date(date.fromisoformat(value)) if DAY.fullmatch(str(value)) else str(value)


def _entry(name: str, value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        return _value(value, names)
    return f"{names.get(name, name)}: {value}"
