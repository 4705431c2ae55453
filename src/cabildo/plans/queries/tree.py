"""A plan as a tree with its numbers: read in a fixed number of queries, however large it is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from cabildo.indicators.rules import Light, Thresholds
from cabildo.plans.models import Evidence, Milestone, Plan, PlanNode, ProgressReport
from cabildo.plans.rules import progress
from cabildo.plans.rules.progress import Mark, Part, Rule


@dataclass(frozen=True)
class Span:
    """From the first to the last day; None is unknown."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class Branch:
    """A node with its parts below it, and what the rules make of it."""

    node: PlanNode
    part: Part
    branches: tuple["Branch", ...]

    @property
    def is_activity(self) -> bool:
        """What is done and closed: a node without parts."""
        return not self.branches

    @property
    def days(self) -> Span:
        """Its own days; of a part that has none, those of what it holds."""
        held = [branch.days for branch in self.branches]
        first = min((one.first for one in held if one.first), default=None)
        last = max((one.last for one in held if one.last), default=None)
        return Span(self.node.starts_on or first, self.node.ends_on or last)

    def walk(self) -> Iterator["Branch"]:
        """This branch and all below it, in the order of the plan."""
        yield self
        for branch in self.branches:
            yield from branch.walk()


@dataclass(frozen=True)
class Standing:
    """How far something is, how far it should be, their index, and the light; percentages from 0 to 100."""

    actual: Fraction | None
    planned: Fraction | None
    index: Fraction | None
    light: Light


@dataclass(frozen=True)
class Tree:
    """A whole plan."""

    plan: Plan
    branches: tuple[Branch, ...]

    @property
    def part(self) -> Part:
        return Part(parts=tuple(branch.part for branch in self.branches))

    def walk(self) -> Iterator[Branch]:
        for branch in self.branches:
            yield from branch.walk()

    @property
    def activities(self) -> list[Branch]:
        return [branch for branch in self.walk() if branch.is_activity]


def nodes_of(plans: Iterable[Plan]) -> QuerySet[PlanNode]:
    """The nodes in force, with whom they name, and how many proofs each has in `proofs`."""
    proofs = Count("evidence", filter=Q(evidence__document__erased_at__isnull=True), distinct=True)
    found = PlanNode.objects.filter(plan__in=list(plans), removed_on__isnull=True)
    found = found.select_related("department", "responsible", "closed_by").annotate(proofs=proofs)
    return found.order_by("level", "position", "pk")


def tree(plan: Plan) -> Tree:
    """The plan with all that its progress needs. Three queries."""
    return trees([plan])[plan.pk]


def trees(plans: Sequence[Plan]) -> dict[int, Tree]:
    """Several plans by id. Three queries, however many they are."""
    below: dict[tuple[int, int | None], list[PlanNode]] = defaultdict(list)
    for node in nodes_of(plans):
        below[node.plan_id, node.parent_id].append(node)
    reports = _reports(ProgressReport.objects.filter(node__plan__in=plans))
    marks = _marks(Milestone.objects.filter(node__plan__in=plans))

    def grow(node: PlanNode) -> Branch:
        branches = tuple(grow(part) for part in below[node.plan_id, node.pk])
        return Branch(node, _part(node, branches, reports[node.pk], marks[node.pk]), branches)

    return {plan.pk: Tree(plan, tuple(grow(node) for node in below[plan.pk, None])) for plan in plans}


def _part(
    node: PlanNode, branches: tuple[Branch, ...], reports: list[tuple[date, Fraction]], marks: list[Mark]
) -> Part:
    return Part(
        weight=Fraction(node.weight),
        rule=Rule(node.rule),
        starts_on=node.starts_on,
        ends_on=node.ends_on,
        reports=tuple(reports),
        marks=tuple(marks),
        parts=tuple(branch.part for branch in branches),
    )


def _reports(rows: QuerySet[ProgressReport]) -> dict[int, list[tuple[date, Fraction]]]:
    found: dict[int, list[tuple[date, Fraction]]] = defaultdict(list)
    for node_id, on, percent in rows.order_by("pk").values_list("node_id", "on", "percent"):
        found[node_id].append((on, Fraction(percent)))
    return found


def _marks(rows: Iterable[Milestone]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = defaultdict(list)
    for milestone in rows:
        found[milestone.node_id].append(Mark(Fraction(milestone.weight), milestone.due_on, milestone.done_on))
    return found


def thresholds(plan: Plan) -> Thresholds:
    return Thresholds(Fraction(plan.green_from, 100), Fraction(plan.yellow_from, 100))


def standing(part: Part, limits: Thresholds, today: date) -> Standing:
    """How a node or a whole plan stands today. With nothing due yet there is no light to give."""
    done, due = progress.actual(part, today), progress.planned(part, today)
    ratio = progress.index(done, due)
    light = Light.NOT_YET if due == 0 else limits.light(ratio)
    return Standing(done, due, ratio, light)


def live_parts(node: PlanNode) -> QuerySet[PlanNode]:
    """The parts of a node that are still in the plan."""
    return PlanNode.objects.filter(parent=node, removed_on__isnull=True)


def milestones_pending(node: PlanNode) -> QuerySet[Milestone]:
    return Milestone.objects.filter(node=node, done_on__isnull=True)


def proofs_of(node: PlanNode) -> QuerySet[Evidence]:
    """What proves a node and can still be opened."""
    return Evidence.objects.filter(node=node, document__erased_at__isnull=True).select_related("document")
