"""The two living plans of stage 2, as the engine of plans knows them, and what each starts with."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cabildo.plans import kinds
from cabildo.plans.kinds import PlanKind
from cabildo.plans.models import Plan
from cabildo.quality.choices import WORKED, Content
from cabildo.quality.models import Cycle
from cabildo.quality.plan_shut import shut, why_shut

PROPOSALS = Path(__file__).parent / "proposals"
WORK, COMMUNICATION = "quality-work", "quality-communication"


def _committee_page(plan: Plan) -> str:
    cycle = Cycle.objects.filter(pk=plan.on_id).first() if plan.on_id else None
    return reverse("quality:committee", args=[cycle.number]) if cycle else ""


WORK_PLAN = PlanKind(
    WORK,
    _("Plan de Trabajo del Comité de Mejora"),
    ("Etapa", "Actividad"),
    address=_committee_page,
    places=tuple((stage.value, stage.label) for stage in WORKED),
    why_shut=why_shut,
    shut=shut,
)
STRATEGY = PlanKind(
    COMMUNICATION,
    _("Estrategia Comunicacional Interna"),
    ("Contenido", "Actividad"),
    address=_committee_page,
    places=tuple((content.value, content.label) for content in Content),
    why_shut=why_shut,
    shut=shut,
)


def register() -> None:
    kinds.register(WORK_PLAN)
    kinds.register(STRATEGY)


@lru_cache(maxsize=2)
def proposal(kind: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The activities proposed for a plan of this kind, by the code of their place; `during` in per cent of its days."""
    name = "work" if kind == WORK else "communication"
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load((PROPOSALS / f"{name}.yaml").read_text(encoding="utf-8"))
    return found
