"""Stage 5: how does what was chosen become a plan, and what is each line expected to reach?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.instruments.rules.methodologies import product_of
from cabildo.instruments.rules.scoring import State as Scored
from cabildo.plans.actions import planning, tree
from cabildo.plans.models import Plan, PlanNode
from cabildo.plans.rules.states import State
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.actions.improvement import scores_of
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle
from cabildo.quality.plan_kind import LEVELS
from cabildo.quality.queries import improvement as queries
from cabildo.quality.queries.improvement import Baseline, Offer
from cabildo.quality.rules.gaps import next_step
from cabildo.quality.rules.programme import last_day, spread
from cabildo.ui.spanish import number

LABEL = PlanNode._meta.get_field("label").max_length or 250


@transaction.atomic
def write_plan(cycle: Cycle, *, title: str, starts_on: date, ends_on: date, by: User) -> Plan:
    """The plan of the cycle, with a line for each chosen methodology and its steps as activities.

    QualityError cycle_closed, scores_missing, plan_written, nothing_chosen; PlansError dates_outside, dates_reversed.
    """
    cycle = hold_open(cycle.pk)
    if queries.plan_of(cycle) is not None:
        raise QualityError("plan_written")
    plan = planning.create_plan(
        title=title, kind=queries.PLAN_KIND, levels=LEVELS, starts_on=starts_on, ends_on=ends_on, on=cycle, by=by
    )
    _add_lines(cycle, plan, by)
    audit.record("improvement_plan.written", on=plan, by=by, data={"cycle": cycle.pk})
    return plan


@transaction.atomic
def add_chosen(cycle: Cycle, *, by: User) -> list[PlanNode]:
    """Lines for what was chosen after the plan was written; those already in it stay as they are.

    QualityError cycle_closed, scores_missing, plan_missing, plan_not_draft, nothing_chosen.
    """
    cycle = hold_open(cycle.pk)
    plan = queries.plan_of(cycle)
    if plan is None:
        raise QualityError("plan_missing")
    if plan.state != State.DRAFT:
        raise QualityError("plan_not_draft")
    return _add_lines(cycle, plan, by)


def _add_lines(cycle: Cycle, plan: Plan, by: User) -> list[PlanNode]:
    baseline = scores_of(cycle)
    chosen = queries.without_line(queries.offers_of(cycle, baseline))
    if not chosen:
        raise QualityError("nothing_chosen")
    return [_add_line(plan, offer, baseline, by) for offer in chosen]


def _add_line(plan: Plan, offer: Offer, baseline: Baseline, by: User) -> PlanNode:
    labels = baseline.element_labels()
    ends_on = last_day(plan.starts_on, offer.methodology["months"])
    line = tree.add_node(
        plan,
        parent=_area(plan, offer.criterion["label"], by),
        label=offer.methodology["label"][:LABEL],
        problem="\n".join(_problem(offer.part["label"], labels[gap.element]) for gap in offer.gaps),
        objective=offer.part["about"],
        methodology=offer.methodology["about"],
        expected_effect={"elements": {gap.element: next_step(gap) for gap in offer.gaps}},
        starts_on=plan.starts_on,
        ends_on=ends_on,
        by=by,
    )
    steps = offer.methodology["steps"]
    days = spread(plan.starts_on, ends_on, len(steps))
    for step, (begins, ends) in zip(steps, days, strict=True):
        told: dict[str, Any] = {**_activity(step), "starts_on": begins, "ends_on": ends}
        tree.add_node(plan, parent=line, by=by, **told)
    if offer.option is not None:
        offer.option.line = line
        offer.option.save(update_fields=["line"])
    return line


def _problem(part: str, element: str) -> str:
    return part if part == element else f"{part}: {element}"


def _area(plan: Plan, label: str, by: User) -> PlanNode:
    """The area of a criterion, made once."""
    held = PlanNode.objects.filter(plan=plan, level=0, label=label, removed_on__isnull=True).first()
    return held or tree.add_node(plan, label=label, by=by)


def _activity(step: str) -> dict[str, str]:
    """A step of a methodology: what is done, and what shows that it was."""
    done, product = product_of(step)
    told = " ".join(done.split()).rstrip(".;")
    label = told if len(told) <= LABEL else told[: LABEL - 1].rsplit(" ", 1)[0] + "…"
    return {"label": label, "methodology": told, "verification": _sentence(product)}


def _sentence(words: str) -> str:
    told = " ".join(words.split()).rstrip(".")
    return told[:1].upper() + told[1:]


def _must_be_above(element: Any, target: int) -> None:
    """On the scale of the element, and above where it starts, as far as that is known."""
    if not 0 <= target <= element.maximum:
        raise QualityError("target_outside", highest=int(element.maximum))
    if element.state is Scored.ASSESSED and target <= element.points:
        raise QualityError("target_not_above", start=number(element.points))


@transaction.atomic
def expect(line: PlanNode, *, targets: Mapping[str, int], revision: int, by: User, reason: str = "") -> PlanNode:
    """Write the score each element should reach with a line of the plan; an approved plan asks why it changes.

    QualityError cycle_closed, scores_missing, target_outside, target_unknown, target_not_above, reached_sealed once
    it is known what was reached; StaleError; PlansError reason_needed.
    """
    cycle = hold_open(int(line.plan.on_id))
    if cycle.final_assessment_id is not None:
        raise QualityError("reached_sealed")
    elements = {element.id: element for element in scores_of(cycle).result.elements()}
    for element, target in targets.items():
        if element not in elements:
            raise QualityError("target_unknown", element=element)
        _must_be_above(elements[element], target)
    wanted = {"elements": dict(sorted(targets.items()))}
    return tree.change_node(line, revision=revision, by=by, reason=reason, expected_effect=wanted)
