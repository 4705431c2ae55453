"""What do people owe to the plans that are being carried out?"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cabildo.plans.kinds import shut_plans
from cabildo.plans.models import CorrectiveMeasure, PlanNode
from cabildo.plans.rules.states import State


def open_activities() -> QuerySet[PlanNode]:
    """Activities to be done in plans under way, the first due first."""
    parts = PlanNode.objects.filter(parent=OuterRef("pk"), removed_on__isnull=True)
    found = PlanNode.objects.filter(
        ~Exists(parts), plan__state=State.IN_EXECUTION, closed_on__isnull=True, removed_on__isnull=True
    )
    for shut in shut_plans():
        found = found.exclude(plan__in=shut)
    return found.select_related("plan", "department", "responsible").order_by("ends_on", "pk")


def activities_of(user: Any, department_ids: Collection[int]) -> QuerySet[PlanNode]:
    """Those that name this person, and those of these departments that name nobody."""
    return open_activities().filter(Q(responsible=user) | Q(responsible=None, department__in=department_ids))


def open_measures() -> QuerySet[CorrectiveMeasure]:
    """Corrective measures to be carried out in plans under way, the first due first."""
    found = CorrectiveMeasure.objects.filter(
        done_on__isnull=True, node__plan__state=State.IN_EXECUTION, node__removed_on__isnull=True
    )
    for shut in shut_plans():
        found = found.exclude(node__plan__in=shut)
    return found.select_related("node__plan", "node__department").order_by("due_on", "pk")


def measures_of(user: Any) -> QuerySet[CorrectiveMeasure]:
    """Those that this person has to carry out."""
    return open_measures().filter(responsible=user)
