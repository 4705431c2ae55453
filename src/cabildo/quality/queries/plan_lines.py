"""Stage 5: what each line of the improvement plan holds, and which programme it belongs to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cabildo.plans.models import BudgetLine, NodeIndicator, Participation, Plan, PlanNode
from cabildo.plans.queries.tree import Branch, Tree, tree
from cabildo.quality.plan_kind import LINE
from cabildo.quality.rules.programme import is_annual


@dataclass(frozen=True)
class Hanging:
    """Ids of the nodes of a plan that have each thing hanging from them."""

    measured: frozenset[int]
    formulated: frozenset[int]
    based: frozenset[int]
    aimed: frozenset[int]
    funded: frozenset[int]
    shared: frozenset[int]


@dataclass(frozen=True)
class PlanLine:
    """A line of action with its activities, its days and what hangs from it or from them."""

    branch: Branch
    plan: Plan
    hanging: Hanging

    @property
    def node(self) -> PlanNode:
        return self.branch.node

    @property
    def nodes(self) -> list[PlanNode]:
        """The line and all below it."""
        return [branch.node for branch in self.branch.walk()]

    @property
    def activities(self) -> list[PlanNode]:
        return [branch.node for branch in self.branch.walk() if branch.is_activity]

    @property
    def starts_on(self) -> date | None:
        """The first day of its activities; its own while they have none."""
        return min(self._days("starts_on"), default=self.node.starts_on)

    @property
    def ends_on(self) -> date | None:
        return max(self._days("ends_on"), default=self.node.ends_on)

    def _days(self, name: str) -> Iterable[date]:
        return (day for one in self.activities if (day := getattr(one, name)) is not None)

    @property
    def is_annual(self) -> bool:
        return is_annual(self.starts_on, self.plan.starts_on)

    def has(self, nodes: frozenset[int]) -> bool:
        """Does the line, or anything below it, have what these nodes have?"""
        return any(node.pk in nodes for node in self.nodes)


def plan_lines(plan: Plan, grown: Tree | None = None) -> list[PlanLine]:
    """The lines of a plan in its order. Seven queries, four when its tree is given."""
    hanging = _hanging(plan)
    branches = (grown or tree(plan)).walk()
    return [PlanLine(branch, plan, hanging) for branch in branches if branch.node.level == LINE]


def _hanging(plan: Plan) -> Hanging:
    found: dict[str, set[int]] = defaultdict(set)
    links = NodeIndicator.objects.filter(node__plan=plan).select_related("indicator")
    for link in links.prefetch_related("indicator__targets"):
        indicator = link.indicator
        found["measured"].add(link.node_id)
        if indicator.formula.strip():
            found["formulated"].add(link.node_id)
        if indicator.baseline is not None:
            found["based"].add(link.node_id)
        if indicator.targets.all():
            found["aimed"].add(link.node_id)
    money = BudgetLine.objects.filter(node__plan=plan).exclude(source="").values_list("node_id", flat=True)
    shared = Participation.objects.filter(node__plan=plan).values_list("node_id", flat=True)
    return Hanging(
        **{name: frozenset(found[name]) for name in ("measured", "formulated", "based", "aimed")},
        funded=frozenset(money),
        shared=frozenset(shared),
    )
