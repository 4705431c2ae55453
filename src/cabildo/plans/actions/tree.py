"""How does the tree of a plan change? In a draft freely; once approved, with a reason that is kept."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.db.revised import refuse_stale, touch
from cabildo.plans.actions.editing import Changes, apply, keep_reason
from cabildo.plans.actions.locking import PLANNING, locked_node, locked_plan
from cabildo.plans.models import Participation, Plan, PlanNode
from cabildo.plans.rules.errors import PlansError
from cabildo.plans.rules.progress import Rule
from cabildo.plans.rules.states import State


@transaction.atomic
def add_node(
    plan: Plan,
    *,
    label: str,
    by: User,
    parent: PlanNode | None = None,
    code: str = "",
    participants: Sequence[Department] = (),
    reason: str = "",
    **fields: Any,
) -> PlanNode:
    """Add a node as the last of its siblings; without code it gets the next one below its parent.

    Raises PlansError state_refused, level_too_deep, of_another_plan, code_taken, dates_reversed, dates_outside,
    manual_reason_needed, and reason_needed once the plan is approved.
    """
    plan = locked_plan(plan.pk, states=PLANNING)
    parent = _of_plan(plan, parent)
    siblings = list(_siblings(plan, parent))
    node = PlanNode(
        municipality=plan.municipality,
        plan=plan,
        parent=parent,
        level=_level_below(plan, parent),
        position=max((sibling.position for sibling in siblings), default=0) + 1,
        code=_free_code(plan, parent, code),
        label=label,
        **fields,
    )
    _check(node)
    node.save()
    _take_part(node, participants)
    keep_reason(node, "added", {"label": [None, label]}, reason=reason, by=by)
    audit.record("plan_node.added", on=node, by=by, data={"plan": plan.pk, "code": node.code})
    return node


def _of_plan(plan: Plan, node: PlanNode | None) -> PlanNode | None:
    if node is None:
        return None
    fresh = PlanNode.objects.get(pk=node.pk)
    if fresh.plan_id != plan.pk:
        raise PlansError("of_another_plan")
    if fresh.removed_on is not None:
        raise PlansError("node_removed", label=fresh.label)
    if fresh.closed_on is not None:
        raise PlansError("already_closed", label=fresh.label)
    return fresh


def _level_below(plan: Plan, parent: PlanNode | None) -> int:
    level = 0 if parent is None else parent.level + 1
    if level >= len(plan.levels):
        raise PlansError("level_too_deep", count=len(plan.levels), last=plan.levels[-1])
    return level


def _siblings(plan: Plan, parent: PlanNode | None) -> Iterable[PlanNode]:
    return PlanNode.objects.filter(plan=plan, parent=parent, removed_on__isnull=True).order_by("position", "pk")


def _free_code(plan: Plan, parent: PlanNode | None, code: str) -> str:
    taken = set(PlanNode.objects.filter(plan=plan).values_list("code", flat=True))
    if code in taken:
        raise PlansError("code_taken", taken=code)
    stem = f"{parent.code}." if parent else ""
    return code or next(f"{stem}{number}" for number in range(1, len(taken) + 2) if f"{stem}{number}" not in taken)


def _check(node: PlanNode) -> None:
    """What a node must be, whoever writes it."""
    plan = node.plan
    if node.starts_on and node.ends_on and node.ends_on < node.starts_on:
        raise PlansError("dates_reversed")
    if any(day and not plan.starts_on <= day <= plan.ends_on for day in (node.starts_on, node.ends_on)):
        raise PlansError("dates_outside", since=plan.starts_on, until=plan.ends_on)
    if node.rule == Rule.MANUAL and not node.manual_reason.strip():
        raise PlansError("manual_reason_needed")


def _take_part(node: PlanNode, participants: Iterable[Department]) -> None:
    Participation.objects.bulk_create(
        Participation(municipality=node.municipality, node=node, department=department) for department in participants
    )


@transaction.atomic
def change_node(
    node: PlanNode,
    *,
    revision: int,
    by: User,
    participants: Sequence[Department] | None = None,
    reason: str = "",
    **wanted: Any,
) -> PlanNode:
    """Write the fields of a node as seen at `revision`; what is equal is left alone.

    Raises StaleError, PlansError already_closed, place_fixed, and what `add_node` raises.
    """
    node = locked_node(node, states=PLANNING)
    if node.closed_on is not None:
        raise PlansError("already_closed", label=node.label)
    if wanted.get("code", node.code) != node.code:
        _must_be_free(node)
        wanted["code"] = _free_code(node.plan, node.parent, wanted["code"])
    changes = apply(node, wanted, revision=revision)
    _check(node)
    if participants is not None:
        changes.update(_replace_participants(node, participants, revision))
    if changes:
        node.save()
        keep_reason(node, "changed", changes, reason=reason, by=by)
        audit.record("plan_node.changed", on=node, by=by, data={"fields": sorted(changes)})
    return node


def _must_be_free(node: PlanNode) -> None:
    """A place that its kind gives every plan stays, under its code."""
    if node.place:
        raise PlansError("place_fixed", label=node.label)


def _replace_participants(node: PlanNode, participants: Sequence[Department], revision: int) -> Changes:
    before = {link.department_id: link for link in Participation.objects.filter(node=node)}
    wanted = {department.pk: department for department in participants}
    if before.keys() == wanted.keys():
        return {}
    moved = {"participants": [sorted(before), sorted(wanted)]}
    refuse_stale(node, moved, revision, names={"participants": "direcciones que participan"})
    Participation.objects.filter(node=node).exclude(department__in=wanted).delete()
    _take_part(node, [department for pk, department in wanted.items() if pk not in before])
    touch(node, moved)
    return moved


@transaction.atomic
def move_node(
    node: PlanNode, *, by: User, parent: PlanNode | None = None, position: int = 1, reason: str = ""
) -> PlanNode:
    """Put a node at a place, counted from 1, among the parts of a parent of the same level as its own.

    Raises PlansError moved_below_itself, level_changed, of_another_plan, reason_needed.
    """
    node = locked_node(node, states=PLANNING)
    parent = _of_plan(node.plan, parent)
    if parent is not None and parent.pk == node.pk:
        raise PlansError("moved_below_itself")
    if (0 if parent is None else parent.level + 1) != node.level:
        raise PlansError("level_changed", level=node.plan.levels[node.level])
    before = [node.parent_id, node.position]
    node.parent = parent
    others = [sibling for sibling in _siblings(node.plan, parent) if sibling.pk != node.pk]
    others.insert(max(position, 1) - 1, node)
    for place, sibling in enumerate(others, start=1):
        sibling.position = place
    PlanNode.objects.bulk_update(others, ["position", "parent"])
    moved = {"place": [before, [node.parent_id, node.position]]}
    keep_reason(node, "moved", moved, reason=reason, by=by)
    audit.record("plan_node.moved", on=node, by=by, data={"parent": node.parent_id, "position": node.position})
    return node


@transaction.atomic
def remove_node(node: PlanNode, *, by: User, today: date, reason: str = "") -> None:
    """Take a node out with all below it: from a draft for good, from an approved plan marked as taken out.

    Raises PlansError already_closed when something of it is closed, place_fixed, reason_needed.
    """
    node = locked_node(node, states=PLANNING)
    _must_be_free(node)
    below = _with_all_below(node)
    closed = next((one for one in below if one.closed_on is not None), None)
    if closed is not None:
        raise PlansError("already_closed", label=closed.label)
    audit.record("plan_node.removed", on=node, by=by, data={"plan": node.plan_id, "code": node.code})
    if node.plan.state == State.DRAFT:
        for one in reversed(below):
            one.delete()
        return
    keep_reason(node, "removed", {"removed_on": [None, today.isoformat()]}, reason=reason, by=by)
    PlanNode.objects.filter(pk__in=[one.pk for one in below]).update(removed_on=today)


def _with_all_below(node: PlanNode) -> list[PlanNode]:
    """The node and its parts, parents before their parts. One query per level."""
    found, layer = [node], [node]
    while layer:
        layer = list(PlanNode.objects.filter(parent__in=layer, removed_on__isnull=True))
        found += layer
    return found
