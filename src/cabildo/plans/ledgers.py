"""What departments owe to the plans under way, for management control."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cabildo.plans.models import CorrectiveMeasure, PlanNode
from cabildo.plans.queries import owed
from cabildo.workflow import ledgers
from cabildo.workflow.ledgers import Ledger, Owed


def _activities(_user: Any) -> QuerySet[PlanNode]:
    return owed.open_activities()


def _measures(_user: Any) -> QuerySet[CorrectiveMeasure]:
    return owed.open_measures()


def _activity(node: PlanNode) -> Owed:
    url = reverse("plans:node", args=[node.pk])
    return Owed(node.code, f"{node.label}. {node.plan}", str(node.responsible or ""), node.ends_on, url)


def _measure(measure: CorrectiveMeasure) -> Owed:
    url = reverse("plans:node", args=[measure.node_id])
    return Owed(
        measure.node.code, f"{measure.what}. {measure.node.plan}", str(measure.responsible), measure.due_on, url
    )


def register() -> None:
    ledgers.register(
        Ledger(
            "actividades",
            _("Actividades de los planes"),
            _activities,
            _activity,
            due="ends_on",
            related=("plan", "responsible"),
            persons=("responsible",),
        )
    )
    ledgers.register(
        Ledger(
            "medidas",
            _("Medidas correctivas de los planes"),
            _measures,
            _measure,
            department="node__department",
            related=("node__plan", "responsible"),
            persons=("responsible",),
        )
    )
