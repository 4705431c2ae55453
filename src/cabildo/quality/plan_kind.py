"""The improvement plan as the engine of plans knows it: its levels, its page, how an expected effect is said."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say

from cabildo.accounts.access import can
from cabildo.plans.kinds import PlanKind
from cabildo.plans.models import Plan, PlanNode
from cabildo.quality.choices import QualityPermission
from cabildo.quality.models import Cycle
from cabildo.quality.queries.improvement import PLAN_KIND, baseline_of
from cabildo.ui.parts import Fact
from cabildo.ui.spanish import number

LEVELS = ("Área de mejora", "Línea de acción", "Actividad")
LINE = 1  # the level of the lines


def _page(plan: Plan) -> str:
    cycle = Cycle.objects.filter(pk=plan.on_id).first() if plan.on_id else None
    return reverse("quality:improvement", args=[cycle.number]) if cycle else ""


def targets_of(effect: Any) -> dict[str, int]:
    """Element -> expected score, of what a node keeps as its effect."""
    return dict(effect.get("elements", {})) if isinstance(effect, dict) else {}


def _effect(node: PlanNode) -> Sequence[Fact]:
    """The expected scores, by the names that the model of the cycle gives. A few queries, whatever their number."""
    targets = targets_of(node.expected_effect)
    cycle = Cycle.objects.filter(pk=node.plan.on_id).first() if targets and node.plan.on_id else None
    baseline = baseline_of(cycle) if cycle else None
    labels = baseline.element_labels() if baseline else {}
    return [
        Fact(_("Puntaje esperado en %s") % labels.get(element, element), number(target))
        for element, target in targets.items()
    ]


def _targets(node: PlanNode, user: Any) -> str:
    """Where who leads the programme writes the expected scores of a line; the other levels have none."""
    if node.level != LINE or not node.plan.on_id or not can(user, QualityPermission.LEAD, node):
        return ""
    cycle = Cycle.objects.filter(pk=node.plan.on_id).first()
    return reverse("quality:line_targets", args=[cycle.number, node.pk]) if cycle else ""


KIND = PlanKind(
    PLAN_KIND,
    say("Plan de Mejoras"),
    LEVELS,
    address=_page,
    effect=_effect,
    effect_form=_targets,
)
