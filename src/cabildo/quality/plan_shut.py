"""The plans of a cycle that ended, or left the programme: nothing of them is written, and nobody owes them anything."""

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from cabildo.plans.models import Plan
from cabildo.quality.cycle_over import why_over
from cabildo.quality.models import Cycle
from cabildo.quality.queries.cycles import leaving


def why_shut(plan: Plan) -> str:
    return why_over(plan.on_id)


def shut() -> QuerySet[Plan]:
    """Of all cycles at once; no query by itself."""
    over = Cycle.objects.filter(Q(closed_on__isnull=False) | leaving()).annotate(key=Cast("pk", CharField()))
    return Plan.objects.filter(on_type=Cycle._meta.label_lower, on_id__in=over.values("key"))
