"""What an act approves: the plan as plain values, without progress, money spent or proofs."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from cabildo.content.validation import digest
from cabildo.plans.models import BudgetLine, Milestone, NodeIndicator, Participation, Plan, PlanNode, PlanVersion

PLAN_FIELDS = ("title", "kind", "levels", "starts_on", "ends_on", "green_from", "yellow_from")
NODE_FIELDS = (
    "level", "position", "code", "label", "problem", "objective", "methodology", "verification", "risks",
    "expected_effect", "weight", "rule", "manual_reason", "starts_on", "ends_on",
)  # fmt: skip
MILESTONE_FIELDS = ("label", "weight", "due_on")
BUDGET_FIELDS = ("concept", "source", "year", "amount_clp")
INDICATOR_FIELDS = ("label", "formula", "unit", "direction", "band_low", "band_high", "baseline", "baseline_on")
type Rows = dict[int, list[Any]]


def snapshot(plan: Plan) -> dict[str, Any]:
    """The plan in force as JSON: the same plan always gives the same text. Six queries."""
    nodes = PlanNode.objects.filter(plan=plan, removed_on__isnull=True)
    nodes = nodes.select_related("department", "responsible", "parent").order_by("level", "position", "pk")
    hanging = {
        "milestones": _rows(Milestone.objects.filter(node__plan=plan), MILESTONE_FIELDS),
        "budget": _rows(BudgetLine.objects.filter(node__plan=plan), BUDGET_FIELDS),
        "indicators": _indicators(plan),
        "participants": _participants(plan),
    }
    written = {name: _plain(getattr(plan, name)) for name in PLAN_FIELDS}
    department = plan.department.code if plan.department else ""
    return {**written, "department": department, "nodes": [_node(node, hanging) for node in nodes]}


def _node(node: PlanNode, hanging: dict[str, Rows]) -> dict[str, Any]:
    return {
        **{name: _plain(getattr(node, name)) for name in NODE_FIELDS},
        "parent": node.parent.code if node.parent else "",
        "department": node.department.code if node.department else "",
        "responsible": str(node.responsible or ""),
        **{name: rows.get(node.pk, []) for name, rows in hanging.items()},
    }


def _rows(found: Iterable[Any], fields: tuple[str, ...]) -> Rows:
    rows: Rows = defaultdict(list)
    for row in found:
        rows[row.node_id].append({name: _plain(getattr(row, name)) for name in fields})
    return rows


def _indicators(plan: Plan) -> Rows:
    rows: Rows = defaultdict(list)
    links = NodeIndicator.objects.filter(node__plan=plan).select_related("indicator").order_by("pk")
    for link in links.prefetch_related("indicator__targets"):
        targets = [[_plain(target.due_on), _plain(target.value)] for target in link.indicator.targets.all()]
        words = {name: _plain(getattr(link.indicator, name)) for name in INDICATOR_FIELDS}
        rows[link.node_id].append({**words, "targets": targets})
    return rows


def _participants(plan: Plan) -> Rows:
    rows: Rows = defaultdict(list)
    found = Participation.objects.filter(node__plan=plan).order_by("department__code")
    for node_id, code in found.values_list("node_id", "department__code"):
        rows[node_id].append(code)
    return rows


def _plain(value: Any) -> Any:
    """Numbers and days as text, so that a database's way of writing them changes nothing."""
    if value is None or isinstance(value, bool | int | list | dict):
        return value
    return format(value.normalize(), "f") if hasattr(value, "normalize") else str(value)


def last_version(plan: Plan) -> PlanVersion | None:
    return PlanVersion.objects.filter(plan=plan).order_by("-number").first()


def differs_from_approved(plan: Plan, version: PlanVersion | None) -> bool:
    """Has the plan moved away from what its last act approved?"""
    return version is not None and digest(snapshot(plan)) != version.sha256
