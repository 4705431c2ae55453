"""The register of kinds of plan: a programme says how its own is called, levelled, and where its owner is seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from cabildo.plans.models import Plan, PlanNode
from cabildo.ui.parts import Fact, Words


def _nowhere(_: Plan) -> str:
    return ""


def _no_form(_: PlanNode, _user: Any) -> str:
    return ""


def _nothing(_: PlanNode) -> Sequence[Fact]:
    return ()


def _willingly(_: Plan, _step: str) -> str:
    return ""


def _open(_: Plan) -> str:
    return ""


@dataclass(frozen=True)
class PlanKind:
    """`levels` are its usual level names. `address(plan)` leads to the owner's page, or is empty; `effect(node)` words
    what a node is expected to achieve; `effect_form(node, user)` leads to the page where this person writes it, or is
    empty. `refuses(plan, step)` says why the programme does not let a plan take a step of its life yet, or nothing.
    `why_shut(plan)` says why nothing of it is written any more, or nothing; `shut()` are all such plans, of this kind
    or of others of the same owner: nobody owes them anything. Only one that is `free` is offered to whoever writes a
    plan by hand.
    """

    code: str
    label: Words
    levels: tuple[str, ...]
    address: Callable[[Plan], str] = field(default=_nowhere)
    effect: Callable[[PlanNode], Sequence[Fact]] = field(default=_nothing)
    effect_form: Callable[[PlanNode, Any], str] = field(default=_no_form)
    refuses: Callable[[Plan, str], str] = field(default=_willingly)
    why_shut: Callable[[Plan], str] = field(default=_open)
    shut: Callable[[], QuerySet[Plan]] | None = None
    is_free: bool = False
    places: tuple[tuple[str, Words], ...] = ()


_kinds: dict[str, PlanKind] = {}


def register(kind: PlanKind) -> None:
    """Declare a kind, from `AppConfig.ready()`. Registering it again replaces the earlier declaration."""
    _kinds[kind.code] = kind


def kind_of(plan: Plan) -> PlanKind:
    """The kind of a plan; of one that nobody registers any more, its code stands for its name."""
    return _kinds.get(plan.kind) or PlanKind(plan.kind, plan.kind, tuple(plan.levels))


def kinds() -> list[PlanKind]:
    return [_kinds[code] for code in sorted(_kinds)]


def shut_plans() -> list[QuerySet[Plan]]:
    """The plans of which nothing is owed any more, as their owners name them; no query by itself."""
    return [named() for named in dict.fromkeys(kind.shut for kind in kinds() if kind.shut)]
