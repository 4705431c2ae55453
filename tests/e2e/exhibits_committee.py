"""Stage 2 of the cycle in the demonstration: one of each row, and a plan that is still to begin."""

from cabildo.plans.models import Plan, PlanNode
from cabildo.quality.choices import CONDUCTED, Content
from cabildo.quality.models import FollowUp, GoodPractice
from cabildo.quality.plans import COMMUNICATION, WORK
from e2e.site_map import Values

CYCLE = "mesa/calidad/{number}/comite"


def gather() -> Values:
    """The page that begins the work plan shows while there is none; the strategy keeps its channels."""
    Plan.objects.filter(kind=WORK).update(on_type="", on_id="")
    channel = PlanNode.objects.filter(plan__kind=COMMUNICATION, parent__code=Content.CHANNELS).earliest("pk")
    return {
        f"{CYCLE}/canales/node_id": [channel.pk],
        f"{CYCLE}/metodologia/stage": [CONDUCTED[0], CONDUCTED[-1]],
        f"{CYCLE}/seguimiento/pk": [FollowUp.objects.earliest("pk").pk],
        f"{CYCLE}/practicas/pk": [*GoodPractice.objects.order_by("pk").values_list("pk", flat=True)],
        "mesa/calidad/buenas-practicas/pk": [GoodPractice.objects.exclude(published_on=None).earliest("pk").pk],
    }
