"""The plans of a cycle that ended, or left the programme: nothing of them is written, and nobody owes them anything."""

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from cabildo.plans.models import Plan
from cabildo.quality import queries
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle
from cabildo.quality.queries.cycles import leaving


def why_shut(plan: Plan) -> str:
    """One query, two of a cycle that goes on."""
    cycle = Cycle.objects.filter(pk=plan.on_id).first() if plan.on_id else None
    if cycle is None:
        return ""
    if cycle.closed_on is not None:
        return QualityError("cycle_closed", number=cycle.number).sentence
    return QualityError("cycle_left", number=cycle.number).sentence if queries.has_left(cycle) else ""


def shut() -> QuerySet[Plan]:
    """Of all cycles at once; no query by itself."""
    over = Cycle.objects.filter(Q(closed_on__isnull=False) | leaving()).annotate(key=Cast("pk", CharField()))
    return Plan.objects.filter(on_type=Cycle._meta.label_lower, on_id__in=over.values("key"))
