"""The plan as it was approved, and the points of its curves."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from cabildo.plans.models import PlanVersion
from cabildo.plans.queries.tree import Tree
from cabildo.plans.rules.progress import Mark, Part, Point, Rule, curve, month_ends, planned


@dataclass(frozen=True)
class Moment:
    """Both curves on one day, and what the first approval had planned for it."""

    point: Point
    approved: Fraction | None


def moments(tree: Tree, today: date) -> list[Moment]:
    """The points of a plan, month by month. One query."""
    plan = tree.plan
    first = PlanVersion.objects.filter(plan=plan, number=1).values_list("snapshot", flat=True).first()
    approved = approved_part(first) if first else None
    days = month_ends(plan.starts_on, plan.ends_on, today)
    points = curve(tree.part, days, today)
    return [Moment(point, planned(approved, point.day) if approved else None) for point in points]


def approved_part(snapshot: Mapping[str, Any]) -> Part:
    """The tree that an act approved, as the rules take it."""
    below: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for node in snapshot["nodes"]:
        below[node["parent"]].append(node)

    def grow(node: Mapping[str, Any]) -> Part:
        return Part(
            weight=Fraction(node["weight"]),
            rule=Rule(node["rule"]),
            starts_on=_day(node["starts_on"]),
            ends_on=_day(node["ends_on"]),
            marks=tuple(Mark(Fraction(one["weight"]), date.fromisoformat(one["due_on"])) for one in node["milestones"]),
            parts=tuple(grow(part) for part in below[node["code"]]),
        )

    return Part(parts=tuple(grow(node) for node in below[""]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
