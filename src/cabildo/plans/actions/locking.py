"""What every action does first: lock the plan it decides on, and see that its state allows it."""

from collections.abc import Collection

from cabildo.db.locking import lock_rows
from cabildo.plans.kinds import kind_of
from cabildo.plans.models import Plan, PlanNode
from cabildo.plans.rules.errors import PlansError
from cabildo.plans.rules.states import State


def locked_plan(plan_id: int, *, states: Collection[str], though_shut: bool = False) -> Plan:
    """The plan, locked to the end of the transaction. Raises PlansError state_refused; step_refused of a shut one."""
    plan: Plan = lock_rows(Plan.objects.filter(pk=plan_id)).get()
    if plan.state not in states:
        raise PlansError("state_refused", state=plan.get_state_display())
    if not though_shut and (why := kind_of(plan).why_shut(plan)):
        raise PlansError("step_refused", why=why)
    return plan


def locked_node(node: PlanNode, *, states: Collection[str]) -> PlanNode:
    """The node as it is now, under the lock of its plan. Raises PlansError state_refused, node_removed."""
    plan = locked_plan(node.plan_id, states=states)
    fresh = PlanNode.objects.select_related("department", "responsible", "parent").get(pk=node.pk)
    fresh.plan = plan
    if fresh.removed_on is not None:
        raise PlansError("node_removed", label=fresh.label)
    return fresh


PLANNING = (State.DRAFT, State.APPROVED, State.IN_EXECUTION)
CARRYING_OUT = (State.IN_EXECUTION,)
