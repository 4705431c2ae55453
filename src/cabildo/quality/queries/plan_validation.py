"""Stage 6 read whole: the plan, what the validators recommend, who read it, and what was issued."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from cabildo.plans.models import Plan
from cabildo.plans.queries.snapshot import snapshot
from cabildo.plans.queries.tree import Tree, tree
from cabildo.plans.rules.differences import Difference, differences
from cabildo.plans.rules.outline import in_outline
from cabildo.quality.choices import Subject
from cabildo.quality.models import (
    Cycle,
    IssuedReport,
    PlanValidation,
    Recommendation,
    Sending,
    ValidatorAssignment,
)
from cabildo.quality.queries import validators
from cabildo.quality.queries.improvement import plan_of
from cabildo.quality.queries.report import last_sending, plan_fingerprint
from cabildo.quality.queries.validation import reports_of


@dataclass(frozen=True)
class ReadPart:
    """A part of the plan as it was read; one without days of its own takes those of what it holds.

    `level` is the name of its level.
    """

    level: str
    code: str
    label: str
    starts_on: date | None
    ends_on: date | None

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


@dataclass(frozen=True)
class PlanReading:
    """`lost` are those who validated the self-assessment and neither read the plan nor were replaced.

    Until its report goes out, the plan that counts is the one sent last, at `sent_at`: who read it before did not read
    it, and with `is_changed` it is no longer what was sent.
    """

    validation: PlanValidation
    tree: Tree
    recommendations: Sequence[Recommendation]
    assignments: Sequence[ValidatorAssignment]
    lost: Sequence[ValidatorAssignment]
    reports: Sequence[IssuedReport]
    sent_at: datetime | None = None
    is_changed: bool = False

    @property
    def plan(self) -> Plan:
        return self.tree.plan

    @property
    def acting(self) -> list[ValidatorAssignment]:
        return [one for one in self.assignments if one.may_act]

    @property
    def readers(self) -> list[ValidatorAssignment]:
        """Those who read it or are to: who act, or acted until the cycle ended."""
        return validators.who_stayed(self.assignments, self.validation.cycle)

    @property
    def read(self) -> list[ValidatorAssignment]:
        """Those of them who said that they read it."""
        return [one for one in self.readers if has_read(one, self.sent_at)]

    @property
    def unread(self) -> list[ValidatorAssignment]:
        """Those who act and did not say yet that they read it."""
        return [one for one in self.acting if not has_read(one, self.sent_at)]

    @property
    def parts(self) -> list[ReadPart]:
        """The plan that was read, in the order of its tree: kept with the report that went out, whatever the plan
        becomes."""
        read = self.validation.read_plan
        if read is not None:
            return _dated([_part(node, read["levels"]) for node in in_outline(read["nodes"])])
        names, nodes = self.plan.levels, (branch.node for branch in self.tree.walk())
        parts = [ReadPart(names[node.level], node.code, node.label, node.starts_on, node.ends_on) for node in nodes]
        return _dated(parts)

    def of_part(self, part: ReadPart) -> list[Recommendation]:
        """What is recommended of it: under the name it had, or else under its code."""
        named = {str(one) for one in self.parts}
        return [
            one
            for one in self.recommendations
            if one.node_label == str(part)
            or (one.node_label not in named and one.node is not None and one.node.code == part.code)
        ]

    @property
    def by_node(self) -> Mapping[int | None, Sequence[Recommendation]]:
        """Node → what is recommended of it; None, of the whole, and of what is no longer in the plan."""
        found: dict[int | None, list[Recommendation]] = defaultdict(list)
        for one in self.recommendations:
            found[one.node_id].append(one)
        return found


def is_validated(cycle: Cycle) -> bool:
    """Did the report on its plan go out? One query."""
    return PlanValidation.objects.filter(cycle=cycle, issued_on__isnull=False).exists()


def sent_plan(cycle: Cycle) -> Plan | None:
    """The improvement plan, once the municipality sent it to be validated."""
    was_sent = Sending.objects.filter(cycle=cycle, subject=Subject.PLAN).exists()
    return plan_of(cycle) if was_sent else None


def _part(node: Mapping[str, Any], levels: Sequence[str]) -> ReadPart:
    starts_on, ends_on = (date.fromisoformat(day) if day else None for day in (node["starts_on"], node["ends_on"]))
    return ReadPart(levels[node["level"]], node["code"], node["label"], starts_on, ends_on)


def _dated(parts: Sequence[ReadPart]) -> list[ReadPart]:
    """The same; where one has no day, the first and the last of what its code is above."""

    def span(part: ReadPart) -> ReadPart:
        held = [one for one in parts if one.code.startswith(f"{part.code}.")]
        first = min((one.starts_on for one in held if one.starts_on), default=None)
        last = max((one.ends_on for one in held if one.ends_on), default=None)
        return replace(part, starts_on=part.starts_on or first, ends_on=part.ends_on or last)

    return [span(part) for part in parts]


def changes_since_read(validation: PlanValidation) -> list[Difference]:
    """How the plan differs from the one that the report was written on. Six queries, none before it goes out."""
    if validation.read_plan is None:
        return []
    return differences(validation.read_plan, snapshot(validation.plan))


def unexplained(validation: PlanValidation) -> list[Difference]:
    """What changed since the report, of which no recommendation that was taken up speaks.

    One speaks of its part and of all that hangs from it; one of the whole plan, of everything. Seven queries.
    """
    found = changes_since_read(validation)
    taken = list(recommendations_of(validation).filter(is_taken=True)) if found else []
    if any(not one.node_label for one in taken):
        return []
    read = {f"{node['code']} {node['label']}": node["code"] for node in (validation.read_plan or {}).get("nodes", ())}
    codes = {read.get(one.node_label) for one in taken} | {one.node.code for one in taken if one.node}
    return [one for one in found if codes.isdisjoint({one.code, *one.above})]


def has_read(assignment: ValidatorAssignment, sent_at: datetime | None) -> bool:
    """Did they say that they read the plan, since it was sent last?"""
    return assignment.plan_read_at is not None and (sent_at is None or assignment.plan_read_at >= sent_at)


def sent_at(validation: PlanValidation) -> datetime | None:
    """When the plan that is read was sent; None once its report went out: nobody reads it any more. One query."""
    sending = last_sending(validation.cycle, Subject.PLAN) if validation.issued_on is None else None
    return sending.sent_at if sending else None


def plan_validation_of(cycle: Cycle) -> PlanValidation | None:
    return PlanValidation.objects.filter(cycle=cycle).select_related("cycle", "plan").first()


def recommendations_of(validation: PlanValidation) -> QuerySet[Recommendation]:
    """In the order in which they were written."""
    found = Recommendation.objects.filter(validation=validation)
    return found.select_related("node", "by", "answered_by").order_by("pk")


def reading_of(validation: PlanValidation) -> PlanReading:
    """In a constant number of queries, however large the plan is."""
    sending = last_sending(validation.cycle, Subject.PLAN) if validation.issued_on is None else None
    return PlanReading(
        validation=validation,
        tree=tree(validation.plan),
        recommendations=list(recommendations_of(validation)),
        assignments=validators.assignments_of(validation.cycle),
        lost=validators.lost(validation.cycle),
        reports=reports_of(validation.cycle, Subject.PLAN),
        sent_at=sending.sent_at if sending else None,
        is_changed=sending is not None and sending.content_sha256 != plan_fingerprint(validation.plan),
    )
