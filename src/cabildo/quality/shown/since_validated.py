"""What changed in the plan after its validators wrote their report, part by part."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say

from cabildo.plans.models import PlanNode
from cabildo.plans.rules.differences import Change, Difference
from cabildo.quality.models import PlanValidation
from cabildo.quality.queries.plan_validation import changes_since_read
from cabildo.ui.parts import Column, Table, Words

# what hangs from a part, or has no name of its own in its table
NAMED: Mapping[str, Words] = {
    "expected_effect": say("puntajes esperados"),
    "milestones": say("hitos"),
    "budget": say("presupuesto"),
    "indicators": say("indicadores"),
    "participants": say("direcciones que participan"),
}


def since_validated(validation: PlanValidation | None) -> Table | None:
    """None while nothing changed, or nothing was issued."""
    found = changes_since_read(validation) if validation else []
    if not found:
        return None
    columns = [Column("part", _("Parte del plan")), Column("change", _("Qué cambió"))]
    rows = [[f"{one.code} {one.label}", _words(one)] for one in found]
    return Table(_("Lo que cambió en el plan después de validado"), columns, rows)


def _words(one: Difference) -> str:
    if one.change is Change.ADDED:
        return _("se agregó")
    if one.change is Change.REMOVED:
        return _("se quitó")
    return ", ".join(_field(name) for name in one.fields)


def _field(name: str) -> str:
    if name in NAMED:
        return str(NAMED[name])
    field: Any = PlanNode._meta.get_field(name)
    return str(field.verbose_name)
