"""Stage 2 of the open cycle of the demonstration: one of each row, and a plan that is still to begin."""

from cabildo.plans.models import Plan, PlanNode
from cabildo.quality.choices import CONDUCTED, Content
from cabildo.quality.models import Cycle, FollowUp, GoodPractice
from cabildo.quality.plans import COMMUNICATION, WORK
from e2e.site_map import Values

CYCLE = "mesa/calidad/{number}/comite"


def gather(cycle: Cycle) -> Values:
    """The page that begins the work plan shows while there is none; the strategy keeps its channels."""
    Plan.objects.filter(kind=WORK, on_id=str(cycle.pk)).update(on_type="", on_id="")
    channels = PlanNode.objects.filter(plan__kind=COMMUNICATION, plan__on_id=str(cycle.pk))
    channel = channels.filter(parent__place=Content.CHANNELS).earliest("pk")
    practices = GoodPractice.objects.order_by("pk")
    return {
        f"{CYCLE}/canales/node_id": [channel.pk],
        f"{CYCLE}/metodologia/stage": [CONDUCTED[0], CONDUCTED[-1]],
        f"{CYCLE}/seguimiento/pk": [FollowUp.objects.filter(cycle=cycle).earliest("pk").pk],
        f"{CYCLE}/practicas/pk": [*practices.filter(cycle=cycle).values_list("pk", flat=True)],
        "mesa/calidad/buenas-practicas/pk": [practices.exclude(published_on=None)[0].pk],
    }
