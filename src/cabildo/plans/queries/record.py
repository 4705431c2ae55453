"""One plan or one node, with what hangs from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.shortcuts import get_object_or_404

from cabildo.indicators.models import Indicator
from cabildo.indicators.queries import Standing, standings
from cabildo.plans.models import (
    BudgetLine,
    CorrectiveMeasure,
    Evidence,
    Milestone,
    NodeIndicator,
    Participation,
    Plan,
    PlanNode,
    PlanVersion,
    ProgressReport,
    Rebaseline,
)
from cabildo.plans.queries.tree import live_parts, proofs_of


def find_plan(user: Any, plan_id: int) -> Plan:
    return get_object_or_404(Plan.objects.select_related("department"), pk=plan_id)


def find_node(user: Any, node_id: int) -> PlanNode:
    found = PlanNode.objects.select_related("plan", "department", "responsible", "parent", "closed_by")
    return get_object_or_404(found, pk=node_id)


def find_milestone(user: Any, milestone_id: int) -> Milestone:
    return get_object_or_404(Milestone.objects.select_related("node__plan"), pk=milestone_id)


def find_line(user: Any, line_id: int) -> BudgetLine:
    return get_object_or_404(BudgetLine.objects.select_related("node__plan"), pk=line_id)


def find_measure(user: Any, measure_id: int) -> CorrectiveMeasure:
    return get_object_or_404(CorrectiveMeasure.objects.select_related("node__plan"), pk=measure_id)


def find_link(user: Any, link_id: int) -> NodeIndicator:
    return get_object_or_404(NodeIndicator.objects.select_related("node__plan", "indicator"), pk=link_id)


@dataclass(frozen=True)
class NodeRecord:
    """Everything that hangs from a node."""

    node: PlanNode
    parts: Sequence[PlanNode]
    participants: Sequence[str]
    milestones: Sequence[Milestone]
    budget: Sequence[BudgetLine]
    evidence: Sequence[Evidence]
    reports: Sequence[ProgressReport]
    measures: Sequence[CorrectiveMeasure]
    rebaselines: Sequence[Rebaseline]
    indicators: Sequence[tuple[NodeIndicator, Standing]]


def node_record(node: PlanNode, today: date) -> NodeRecord:
    """The node with its lists. Eleven queries at most."""
    participants = Participation.objects.filter(node=node).order_by("department__name")
    return NodeRecord(
        node=node,
        parts=list(live_parts(node).order_by("position", "pk")),
        participants=list(participants.values_list("department__name", flat=True)),
        milestones=list(Milestone.objects.filter(node=node)),
        budget=list(BudgetLine.objects.filter(node=node)),
        evidence=list(proofs_of(node)),
        reports=list(ProgressReport.objects.filter(node=node).select_related("by").order_by("-on", "-pk")),
        measures=list(CorrectiveMeasure.objects.filter(node=node).select_related("responsible")),
        rebaselines=list(Rebaseline.objects.filter(node=node).select_related("by")),
        indicators=_indicators(node, today),
    )


def _indicators(node: PlanNode, today: date) -> list[tuple[NodeIndicator, Standing]]:
    links = list(NodeIndicator.objects.filter(node=node).select_related("indicator").order_by("pk"))
    measured: list[Indicator] = [link.indicator for link in links]
    return list(zip(links, standings(measured, today), strict=True)) if links else []


def participants_by_node(plan: Plan) -> QuerySet[Participation]:
    return Participation.objects.filter(node__plan=plan).select_related("department").order_by("department__name")


def proofs_by_node(plan: Plan) -> QuerySet[Evidence]:
    """What proves the nodes of a plan and can still be opened."""
    return Evidence.objects.filter(node__plan=plan, document__erased_at__isnull=True).select_related("document")


def measures_by_node(plan: Plan) -> QuerySet[CorrectiveMeasure]:
    """What was decided because a node was behind; in the order of their days."""
    return CorrectiveMeasure.objects.filter(node__plan=plan).select_related("node", "responsible", "created_by")


def rebaselines_of(plan: Plan) -> QuerySet[Rebaseline]:
    """How the plan moved away from what was approved, the first change first."""
    return Rebaseline.objects.filter(plan=plan).select_related("node", "by").order_by("at", "pk")


def versions_of(plan: Plan) -> QuerySet[PlanVersion]:
    """What acts approved of it, the first first, without the plan that each keeps."""
    return PlanVersion.objects.filter(plan=plan).select_related("approved_by").defer("snapshot").order_by("number")


def money_by_source(plan: Plan) -> list[dict[str, Any]]:
    """Pesos by year and source over the nodes in force. One query."""
    lines = BudgetLine.objects.filter(node__plan=plan, node__removed_on__isnull=True).order_by("year", "source")
    sums = {name: Sum(f"{name}_clp") for name in ("amount", "committed", "spent")}
    return list(lines.values("year", "source").annotate(**sums))
