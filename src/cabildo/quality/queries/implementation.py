"""Stage 7: whom the validated plan reached, how each activity stands, and what its elements won."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cabildo.accounts.models import Department
from cabildo.content.models import PackVersion
from cabildo.instruments.models import Layer
from cabildo.instruments.queries import layers as layer_queries
from cabildo.instruments.queries.mappings import Compared as LayersCompared
from cabildo.instruments.queries.mappings import compare_layers
from cabildo.instruments.rules.scoring import State
from cabildo.plans.models import PlanNode, PlanVersion
from cabildo.plans.queries.tree import Branch, Tree
from cabildo.plans.rules.states import State as PlanState
from cabildo.quality.models import Cycle, DiffusionReach
from cabildo.quality.plan_kind import LINE, targets_of
from cabildo.quality.queries.improvement import Baseline, plan_of
from cabildo.quality.queries.validation import DECLARED

REACHED = "reached"


def reach_by_department(cycle: Cycle) -> list[tuple[Department, DiffusionReach | None]]:
    """Every department at work, and whom it was told to, if anybody noted it. Two queries."""
    noted = {one.department_id: one for one in DiffusionReach.objects.filter(cycle=cycle)}
    return [(one, noted.get(one.pk)) for one in Department.objects.filter(is_active=True).order_by("name")]


def lines_of(tree: Tree) -> list[Branch]:
    """The lines of action of a plan."""
    return [branch for branch in tree.walk() if branch.node.level == LINE]


def expected_of(effects: Iterable[Any]) -> dict[str, int]:
    """Element -> score expected of lines, by what they keep of it; of two that name an element, the higher."""
    found: dict[str, int] = {}
    for effect in effects:
        for element, target in targets_of(effect).items():
            found[element] = max(target, found.get(element, target))
    return found


@dataclass(frozen=True)
class Expected:
    """Element -> score: `approved`, as the first act that names it approved it, or as written while none did; `now`, as
    the plan says today."""

    approved: dict[str, int]
    now: dict[str, int]


def expected_in(cycle: Cycle) -> Expected:
    """What the plan of the cycle expects. Three queries."""
    plan = plan_of(cycle)
    if plan is None:
        return Expected({}, {})
    nodes = PlanNode.objects.filter(plan=plan, level=LINE, removed_on__isnull=True)
    now = expected_of([node.expected_effect for node in nodes])
    approved: dict[str, int] = {}
    for snapshot in PlanVersion.objects.filter(plan=plan).order_by("number").values_list("snapshot", flat=True):
        lines = [node["expected_effect"] for node in snapshot["nodes"] if node["level"] == LINE]
        approved = expected_of(lines) | approved
    return Expected(approved or now, now)


def is_carried_out(cycle: Cycle) -> bool:
    """Is the plan of the cycle under way, or ended? Only then something was reached with it. One query."""
    plan = plan_of(cycle)
    return plan is not None and plan.state in {PlanState.IN_EXECUTION, PlanState.CLOSED}


def reached_layer(cycle: Cycle) -> Layer | None:
    """What was reached: the final assessment of the cycle, else what the next cycle declares of itself."""
    if cycle.final_assessment is not None:
        return layer_queries.latest(cycle.final_assessment, REACHED)
    following = Cycle.objects.filter(previous=cycle).select_related("self_assessment").first()
    if following is None or following.self_assessment is None:
        return None
    return layer_queries.latest(following.self_assessment, DECLARED)


@dataclass(frozen=True)
class Before:
    """An element of the plan: where it started, what was expected, what was reached; None is «sin dato»."""

    element: str
    start: Fraction | None
    expected: int
    reached: Fraction | None  # on the scale of the start
    maximum: Fraction
    ended: bool = False  # the version that tells what was reached has it no more
    expected_now: int | None = None  # when the plan says otherwise today; None, that it is no longer in the plan

    @property
    def gain(self) -> Fraction | None:
        return None if self.start is None or self.reached is None else self.reached - self.start

    @property
    def is_changed(self) -> bool:
        """Does the plan say another score today than the act that approved it?"""
        return self.expected_now != self.expected

    @property
    def is_reached(self) -> bool | None:
        return None if self.reached is None else self.reached >= self.expected


@dataclass(frozen=True)
class Compared:
    """Before and after of every element of the plan. `is_comparable` is False when both use different versions and no
    mapping is published for them; `mapping` is the one that was used."""

    rows: list[Before]
    layer: Layer | None
    is_comparable: bool
    mapping: PackVersion | None = None

    @property
    def is_complete(self) -> bool:
        known = all(row.reached is not None or row.ended for row in self.rows)
        return bool(self.rows) and self.layer is not None and (known or not self.is_comparable)


def before_and_after(cycle: Cycle, baseline: Baseline) -> Compared:
    """The start is what the plan was made from; another version of the model compares along its mapping alone."""
    expected = expected_in(cycle)
    starts = {one.id: one for one in baseline.result.elements()}
    layer = reached_layer(cycle)
    found = compare_layers(baseline.layer, layer) if layer else None
    after, ended = _after(found)
    rows = [
        Before(
            element=element,
            start=starts[element].points if starts[element].state is State.ASSESSED else None,
            expected=target,
            reached=_scaled(after.get(element), starts[element].maximum),
            maximum=starts[element].maximum,
            ended=element in ended,
            expected_now=expected.now.get(element),
        )
        for element, target in expected.approved.items()
        if element in starts
    ]
    return Compared(rows, layer, found is None or found.found is not None, found.mapping if found else None)


def _after(compared: LayersCompared | None) -> tuple[dict[str, Fraction | None], frozenset[str]]:
    """Element -> share of its scale that was reached; and the elements that the later version has no more."""
    if compared is None or compared.found is None:
        return {}, frozenset()
    return {one.before_id: one.after for one in compared.found.changes}, frozenset(compared.found.only_before)


def _scaled(share: Fraction | None, maximum: Fraction) -> Fraction | None:
    return None if share is None else share * maximum
