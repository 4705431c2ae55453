"""Writing over what somebody else may have written meanwhile, and keeping why an approved plan changes."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.db.revised import put
from cabildo.plans.models import Plan, PlanNode, Rebaseline
from cabildo.plans.rules.errors import PlansError
from cabildo.plans.rules.states import REBASELINED

type Changes = dict[str, list[Any]]


def apply(row: Plan | PlanNode, wanted: Mapping[str, Any], *, revision: int) -> Changes:
    """Set, without saving, the fields that differ; each with its value before and after. Raises StaleError."""
    return {name: [plain(before), plain(now)] for name, (before, now) in put(row, wanted, revision=revision).items()}


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
