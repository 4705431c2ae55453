"""How does a plan begin, get approved by an act, start, get a new version, and end?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.accounts.scoping import current_municipality
from cabildo.content.validation import digest
from cabildo.plans.actions.editing import apply
from cabildo.plans.actions.locking import locked_plan
from cabildo.plans.kinds import kind_of
from cabildo.plans.models import Milestone, Plan, PlanNode, PlanVersion
from cabildo.plans.queries.completeness import lacks
from cabildo.plans.queries.snapshot import differs_from_approved, last_version, snapshot
from cabildo.plans.queries.tree import tree
from cabildo.plans.rules import states
from cabildo.plans.rules.errors import PlansError
from cabildo.plans.rules.states import REBASELINED, State

NAMED = 3  # of what a plan lacks, in the sentence that refuses it


@dataclass(frozen=True)
class Act:
    """The act that approves: its kind (`ActKind`), number and date."""

    kind: str
    number: str
    on: date


@transaction.atomic
def create_plan(
    *,
    title: str,
    kind: str,
    levels: Sequence[str],
    starts_on: date,
    ends_on: date,
    by: User | audit.Actor,
    on: Any = None,
    department: Department | None = None,
    **more: Any,
) -> Plan:
    """Start a plan as a draft, with the places of its kind; `on` is the record of the programme that owns it.

    Raises PlansError dates_reversed, light_reversed.
    """
    plan = Plan(
        municipality=current_municipality(),
        title=title,
        kind=kind,
        levels=list(levels),
        starts_on=starts_on,
        ends_on=ends_on,
        on_type=on._meta.label_lower if on is not None else "",
        on_id=str(on.pk) if on is not None else "",
        department=department,
        created_by=by if isinstance(by, User) else None,
        **more,
    )
    _must_agree(plan)
    plan.save()
    audit.record("plan.created", on=plan, by=by, data={"kind": kind})
    PlanNode.objects.bulk_create(
        PlanNode(
            municipality=plan.municipality,
            plan=plan,
            position=position,
            code=str(position),
            place=place,
            label=str(name),
        )
        for position, (place, name) in enumerate(kind_of(plan).places, start=1)
    )
    return plan


@transaction.atomic
def change_plan(plan: Plan, *, revision: int, by: User, **wanted: Any) -> Plan:
    """Write title, department, dates or thresholds of a draft, as seen at `revision`.

    Raises StaleError, PlansError state_refused, dates_reversed, light_reversed, and dates_outside when a node
    would fall outside.
    """
    plan = locked_plan(plan.pk, states=[State.DRAFT])
    changes = apply(plan, wanted, revision=revision)
    _must_agree(plan)
    nodes = PlanNode.objects.filter(plan=plan)
    if nodes.filter(starts_on__lt=plan.starts_on).exists() or nodes.filter(ends_on__gt=plan.ends_on).exists():
        raise PlansError("dates_outside", since=plan.starts_on, until=plan.ends_on)
    if changes:
        plan.save()
        audit.record("plan.changed", on=plan, by=by, data={"fields": sorted(changes)})
    return plan


def _must_agree(plan: Plan) -> None:
    if plan.ends_on < plan.starts_on:
        raise PlansError("dates_reversed")
    if plan.green_from <= plan.yellow_from:
        raise PlansError("light_reversed")


def _go(plan: Plan, step: str, *, by: User, reason: str = "") -> Plan:
    """Lock the plan and take it along one transition. Raises PlansError state_refused, step_refused."""
    source = next(one for one in states.MACHINE.transitions if one.name == step).sources
    plan = locked_plan(plan.pk, states=source, though_shut=step == states.CLOSE)
    if why := kind_of(plan).refuses(plan, step):
        raise PlansError("step_refused", why=why)
    plan.state = states.MACHINE.apply(step, plan.state, reason=reason)
    plan.save(update_fields=["state"])
    audit.record(f"plan.{plan.state}", on=plan, by=by)
    return plan


@transaction.atomic
def submit(plan: Plan, *, by: User) -> Plan:
    """Send a draft to whoever approves it. Raises PlansError plan_incomplete with what it lacks."""
    plan = _go(plan, states.SUBMIT, by=by)
    missing = lacks(tree(plan))
    if missing:
        raise PlansError("plan_incomplete", what="; ".join(str(lack) for lack in missing[:NAMED]))
    return plan


@transaction.atomic
def send_back(plan: Plan, *, reason: str, by: User) -> Plan:
    """Return a plan to those who write it. WorkflowError reason_required without a reason."""
    return _go(plan, states.SEND_BACK, by=by, reason=reason)


@transaction.atomic
def approve(plan: Plan, *, act: Act, by: User) -> PlanVersion:
    """Approve by an act: keeps the whole plan as version 1 and writes the approved dates, once and for all."""
    plan = _go(plan, states.APPROVE, by=by)
    live = PlanNode.objects.filter(plan=plan, removed_on__isnull=True)
    live.update(approved_starts_on=F("starts_on"), approved_ends_on=F("ends_on"))
    Milestone.objects.filter(node__plan=plan).update(approved_due_on=F("due_on"))
    return _keep_version(plan, 1, act, by)


@transaction.atomic
def new_version(plan: Plan, *, act: Act, by: User) -> PlanVersion:
    """Approve by another act what has changed since the last one; the dates approved first stay.

    Raises PlansError state_refused, nothing_changed.
    """
    plan = locked_plan(plan.pk, states=REBASELINED)
    last = last_version(plan)
    if last is None or not differs_from_approved(plan, last):
        raise PlansError("nothing_changed", number=last.number if last else 0)
    return _keep_version(plan, last.number + 1, act, by)


def _keep_version(plan: Plan, number: int, act: Act, by: User) -> PlanVersion:
    said = snapshot(plan)
    version = PlanVersion.objects.create(
        municipality=plan.municipality,
        plan=plan,
        number=number,
        snapshot=said,
        sha256=digest(said),
        act_kind=act.kind,
        act_number=act.number,
        act_on=act.on,
        approved_by=by,
        approved_at=timezone.now(),
    )
    audit.record("plan_version.approved", on=version, by=by, data={"plan": plan.pk, "sha256": version.sha256})
    return version


@transaction.atomic
def start(plan: Plan, *, by: User) -> Plan:
    """From now on progress is reported."""
    return _go(plan, states.START, by=by)


@transaction.atomic
def close(plan: Plan, *, by: User, note: str = "") -> Plan:
    """End the plan. Raises PlansError plan_unfinished when activities stay open and no note says why."""
    plan = _go(plan, states.CLOSE, by=by)
    open_ones = sum(branch.node.closed_on is None for branch in tree(plan).activities)
    if open_ones and not note.strip():
        raise PlansError("plan_unfinished", count=open_ones)
    plan.closing_note = note.strip()
    plan.save(update_fields=["closing_note"])
    return plan


@transaction.atomic
def erase_draft(plan: Plan, *, by: User) -> None:
    """Throw away a plan that nobody approved."""
    plan = locked_plan(plan.pk, states=[State.DRAFT])
    audit.record("plan.erased", on=plan, by=by)
    for node in PlanNode.objects.filter(plan=plan).order_by("-level"):
        node.delete()
    plan.delete()
