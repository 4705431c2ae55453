"""Writing over what somebody else may have written meanwhile, and keeping why an approved plan changes."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.plans.models import Plan, PlanNode, Rebaseline
from cabildo.plans.rules.errors import PlansError
from cabildo.plans.rules.revisions import conflicts
from cabildo.plans.rules.states import REBASELINED

type Changes = dict[str, list[Any]]


def apply(row: Plan | PlanNode, wanted: Mapping[str, Any], *, revision: int) -> Changes:
    """Set the fields that differ and raise the revision; each changed field with its value before and after.

    Raises PlansError stale, whose fact `names` are the fields that somebody else changed after `revision`.
    """
    moved = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    refuse_stale(row, moved, revision)
    changes = {name: [plain(getattr(row, name)), plain(value)] for name, value in moved.items()}
    for name, value in moved.items():
        setattr(row, name, value)
    touch(row, moved)
    return changes


def refuse_stale(row: Plan | PlanNode, moved: Mapping[str, Any], revision: int) -> None:
    stale = conflicts(row.touched, revision, moved)
    if stale:
        words = ", ".join(f"«{name_of(row, name)}»" for name in stale)
        raise PlansError("stale", fields=words, names=tuple(stale))


def touch(row: Plan | PlanNode, moved: Mapping[str, Any]) -> None:
    """One revision more, in which these fields changed."""
    if moved:
        row.revision += 1
        row.touched = {**row.touched, **dict.fromkeys(moved, row.revision)}


def name_of(row: Plan | PlanNode, name: str) -> str:
    """A field as people call it; the departments that take part are no field of the node."""
    words = {field.name: str(field.verbose_name) for field in row._meta.fields}
    return words.get(name, "direcciones que participan")


def plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | dict | list) else str(value)


def keep_reason(node: PlanNode, verb: str, changes: Changes, *, reason: str, by: User) -> None:
    """Of an approved plan, why it changes; of a draft, nothing. Raises PlansError reason_needed."""
    if node.plan.state not in REBASELINED:
        return
    if not reason.strip():
        raise PlansError("reason_needed")
    Rebaseline.objects.create(
        municipality=node.municipality,
        plan=node.plan,
        node=node,
        verb=verb,
        changes=changes,
        reason=reason.strip(),
        by=by,
        at=timezone.now(),
    )
