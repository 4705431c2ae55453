"""What changed in the plan after its validators wrote their report: what each part said, and what it says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say

from cabildo.accounts.models import Department
from cabildo.indicators.models import Indicator
from cabildo.plans.models import BudgetLine, Milestone, PlanNode
from cabildo.plans.rules.differences import Change, Difference
from cabildo.quality.models import PlanValidation
from cabildo.quality.plan_kind import targets_of
from cabildo.quality.queries.improvement import baseline_of
from cabildo.quality.queries.plan_validation import changes_since_read
from cabildo.ui.parts import Column, Table, Words
from cabildo.ui.spanish import number, short_date

# what hangs from a part, or has no name of its own in its table
NAMED: Mapping[str, Words] = {
    "expected_effect": say("puntajes esperados"),
    "milestones": say("hitos"),
    "budget": say("presupuesto"),
    "indicators": say("indicadores"),
    "participants": say("direcciones que participan"),
}
HANGING: Mapping[str, Any] = {"milestones": Milestone, "budget": BudgetLine, "indicators": Indicator}
NOTHING = "—"


@dataclass(frozen=True)
class Names:
    """How people call what a plan keeps by its code."""

    departments: Mapping[str, str] = field(default_factory=dict)
    elements: Mapping[str, str] = field(default_factory=dict)


def since_validated(validation: PlanValidation | None) -> Table | None:
    """None while nothing changed, or nothing was issued. As many queries whatever changed."""
    found = changes_since_read(validation) if validation else []
    if validation is None or not found:
        return None
    columns = [
        Column("part", _("Parte del plan")),
        Column("change", _("Qué cambió")),
        Column("before", _("Decía")),
        Column("now", _("Dice ahora")),
    ]
    names = _names(validation)
    rows = [row for one in found for row in _rows(one, names)]
    return Table(_("Lo que cambió en el plan después de validado"), columns, rows)


def _names(validation: PlanValidation) -> Names:
    baseline = baseline_of(validation.cycle)
    departments = {one.code: one.name for one in Department.objects.all()}
    return Names(departments, baseline.element_labels() if baseline else {})


def _rows(one: Difference, names: Names) -> Iterator[list[str]]:
    """One for each thing of a part that says something else."""
    if one.change is not Change.CHANGED:
        yield [str(one), _("se agregó") if one.change is Change.ADDED else _("se quitó"), NOTHING, NOTHING]
    for name, values in one.values.items():
        yield [str(one), _label(name), *(_told(name, value, names) for value in values)]


def _label(name: str) -> str:
    return str(NAMED[name]) if name in NAMED else _of_table(PlanNode, name)


def _of_table(table: type[models.Model], name: str) -> str:
    found: Any = table._meta.get_field(name)
    return str(found.verbose_name)


def _told(name: str, value: Any, names: Names) -> str:
    """What a snapshot keeps of a part, in words."""
    if value in (None, "", [], {}):
        return _("nada")
    if name == "expected_effect":
        return "; ".join(f"{names.elements.get(one, one)}: {number(score)}" for one, score in targets_of(value).items())
    if name == "department":
        return names.departments.get(value, value)
    if name == "participants":
        return "; ".join(names.departments.get(code, code) for code in value)
    if name in HANGING:
        return " / ".join(_one_of(HANGING[name], row) for row in value)
    return _plain(PlanNode, name, value)


def _one_of(table: type[models.Model], row: Mapping[str, Any]) -> str:
    """A milestone, an indicator or a line of the budget: «Hito: Acta; debe cumplirse el: 3 mar 2027»."""
    told = [f"{_of_table(table, name)}: {_plain(table, name, row[name])}" for name in row if name != "targets"]
    aims = [
        f"{number(Decimal(value))} ({short_date(date.fromisoformat(day))})" for day, value in row.get("targets", ())
    ]
    if aims:
        told.append(f"{_('metas')}: {', '.join(aims)}")
    return "; ".join(told)


def _plain(table: type[models.Model], name: str, value: Any) -> str:
    """A value by the kind of its field; days and numbers come as text."""
    if value in (None, ""):
        return _("nada")
    found: Any = table._meta.get_field(name)
    if found.choices:
        return str(dict(found.flatchoices).get(value, value))
    if isinstance(found, models.DateField):
        return short_date(date.fromisoformat(value))
    if isinstance(found, models.DecimalField | models.BigIntegerField):
        return number(Decimal(value))
    return str(value)
