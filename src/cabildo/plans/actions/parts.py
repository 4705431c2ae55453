"""How do the milestones, the money and the indicators of a node change?"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.indicators.models import Indicator
from cabildo.plans.actions.editing import keep_reason, plain
from cabildo.plans.actions.locking import CARRYING_OUT, PLANNING, locked_node
from cabildo.plans.models import BudgetLine, Milestone, NodeIndicator, PlanNode
from cabildo.plans.rules.errors import PlansError

ONE = Decimal(1)


@transaction.atomic
def add_milestone(
    node: PlanNode, *, label: str, due_on: date, by: User, weight: Decimal = ONE, reason: str = ""
) -> Milestone:
    """Add a milestone within the days of the plan. Raises PlansError dates_outside, already_closed, reason_needed."""
    node = _unclosed(node)
    if not node.plan.starts_on <= due_on <= node.plan.ends_on:
        raise PlansError("dates_outside", since=node.plan.starts_on, until=node.plan.ends_on)
    milestone = Milestone.objects.create(
        municipality=node.municipality, node=node, label=label, due_on=due_on, weight=weight
    )
    keep_reason(node, "milestone", {"milestone": [None, f"{label} ({due_on})"]}, reason=reason, by=by)
    audit.record("plan_milestone.added", on=milestone, by=by, data={"node": node.pk})
    return milestone


@transaction.atomic
def remove_milestone(milestone: Milestone, *, by: User, reason: str = "") -> None:
    """Take out a milestone that was not reached. Raises PlansError milestone_done, reason_needed."""
    node = _unclosed(milestone.node)
    milestone = Milestone.objects.get(pk=milestone.pk)
    if milestone.done_on is not None:
        raise PlansError("milestone_done")
    words = f"{milestone.label} ({milestone.due_on})"
    keep_reason(node, "milestone", {"milestone": [words, None]}, reason=reason, by=by)
    audit.record("plan_milestone.removed", on=milestone, by=by, data={"node": node.pk})
    milestone.delete()


def _unclosed(node: PlanNode) -> PlanNode:
    node = locked_node(node, states=PLANNING)
    if node.closed_on is not None:
        raise PlansError("already_closed", label=node.label)
    return node


@transaction.atomic
def save_budget_line(
    node: PlanNode, *, by: User, line: BudgetLine | None = None, reason: str = "", **fields: Any
) -> BudgetLine:
    """Add a line of money, or change what one is for and how much it has. In pesos."""
    node = _unclosed(node)
    line = BudgetLine(municipality=node.municipality, node=node) if line is None else BudgetLine.objects.get(pk=line.pk)
    moved = {name: value for name, value in fields.items() if getattr(line, name) != value}
    changes = {name: [plain(getattr(line, name)) if line.pk else None, plain(value)] for name, value in moved.items()}
    for name, value in moved.items():
        setattr(line, name, value)
    line.save()
    if changes:
        keep_reason(node, "budget", changes, reason=reason, by=by)
        audit.record("plan_budget.saved", on=line, by=by, data={"node": node.pk, "fields": sorted(changes)})
    return line


@transaction.atomic
def report_spending(line: BudgetLine, *, committed_clp: int, spent_clp: int, by: User) -> BudgetLine:
    """Say how much of a line is committed and how much is spent by now. In pesos."""
    locked_node(line.node, states=CARRYING_OUT)
    line = BudgetLine.objects.get(pk=line.pk)
    line.committed_clp, line.spent_clp = committed_clp, spent_clp
    line.save(update_fields=["committed_clp", "spent_clp"])
    spending = {"committed_clp": committed_clp, "spent_clp": spent_clp}
    audit.record("plan_spending.reported", on=line, by=by, data=spending)
    return line


@transaction.atomic
def link_indicator(node: PlanNode, *, indicator: Indicator, by: User, reason: str = "") -> NodeIndicator:
    """Measure a node by an indicator; twice changes nothing."""
    node = _unclosed(node)
    link, created = NodeIndicator.objects.get_or_create(municipality=node.municipality, node=node, indicator=indicator)
    if created:
        keep_reason(node, "indicator", {"indicator": [None, indicator.label]}, reason=reason, by=by)
        audit.record("plan_indicator.linked", on=node, by=by, data={"indicator": indicator.pk})
    return link
