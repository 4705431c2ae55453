"""How is progress told, proved, corrected, and an activity closed?"""

from datetime import date
from decimal import Decimal

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.documents.actions import store_upload
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.models import Document
from cabildo.plans.actions.locking import CARRYING_OUT, locked_node
from cabildo.plans.models import CorrectiveMeasure, Evidence, Milestone, PlanNode, ProgressReport
from cabildo.plans.queries.tree import live_parts, milestones_pending, proofs_of
from cabildo.plans.rules.errors import PlansError
from cabildo.plans.rules.progress import Rule

ALL = Decimal(100)
CLOSED = "Cerrada, con su medio de verificación."


@transaction.atomic
def report_progress(node: PlanNode, *, on: date, percent: Decimal, text: str, by: User, today: date) -> ProgressReport:
    """Say how far a node had got on a day; what was said before stays.

    Raises PlansError state_refused, already_closed, report_by_parts, report_by_milestones, percent_out_of_range,
    report_in_future, before_plan.
    """
    node = _open_node(node)
    if node.rule == Rule.MILESTONES:
        raise PlansError("report_by_milestones", label=node.label)
    if node.rule == Rule.WEIGHTED and live_parts(node).exists():
        raise PlansError("report_by_parts", label=node.label)
    if not 0 <= percent <= ALL:
        raise PlansError("percent_out_of_range")
    _must_be_past(node, on, today)
    return _keep_report(node, on, percent, text, by)


def _open_node(node: PlanNode) -> PlanNode:
    node = locked_node(node, states=CARRYING_OUT)
    if node.closed_on is not None:
        raise PlansError("already_closed", label=node.label)
    return node


def _must_be_past(node: PlanNode, on: date, today: date) -> None:
    """What is told happened while the plan lasted: not after today, nor before the plan begins."""
    if on > today:
        raise PlansError("report_in_future")
    if on < node.plan.starts_on:
        raise PlansError("before_plan", since=node.plan.starts_on)


def _keep_report(node: PlanNode, on: date, percent: Decimal, text: str, by: User) -> ProgressReport:
    report = ProgressReport.objects.create(
        municipality=node.municipality, node=node, on=on, percent=percent, text=text, by=by, at=timezone.now()
    )
    audit.record("plan_progress.reported", on=node, by=by, data={"percent": str(percent), "on": on.isoformat()})
    return report


@transaction.atomic
def reach_milestone(milestone: Milestone, *, on: date, by: User, today: date) -> Milestone:
    """Say that a milestone was reached. PlansError milestone_done, report_in_future, before_plan, already_closed."""
    node = _open_node(milestone.node)
    milestone = Milestone.objects.get(pk=milestone.pk)
    if milestone.done_on is not None:
        raise PlansError("milestone_done")
    _must_be_past(milestone.node, on, today)
    milestone.done_on = on
    milestone.save(update_fields=["done_on"])
    audit.record("plan_milestone.reached", on=milestone, by=by, data={"node": node.pk})
    return milestone


@transaction.atomic
def attach_evidence(node: PlanNode, *, file: File, proves: str, by: User) -> Evidence:
    """Keep a file as proof of what a node did. Raises DocumentsError, PlansError state_refused."""
    node = locked_node(node, states=CARRYING_OUT)
    document = store_upload(file, owner=node, kind=Kind.EVIDENCE, visibility=Visibility.INTERNAL, by=by)
    return _link(node, document, proves, by)


@transaction.atomic
def link_evidence(node: PlanNode, *, document: Document, proves: str, by: User) -> Evidence:
    """Use a document kept elsewhere as proof too. Raises PlansError evidence_linked."""
    node = locked_node(node, states=CARRYING_OUT)
    if Evidence.objects.filter(node=node, document=document).exists():
        raise PlansError("evidence_linked")
    return _link(node, document, proves, by)


def _link(node: PlanNode, document: Document, proves: str, by: User) -> Evidence:
    evidence = Evidence.objects.create(municipality=node.municipality, node=node, document=document, proves=proves)
    audit.record("plan_evidence.attached", on=node, by=by, data={"document": document.pk})
    return evidence


@transaction.atomic
def close_activity(node: PlanNode, *, on: date, by: User, today: date) -> PlanNode:
    """Close what is done and proved; its progress is then whole.

    Raises PlansError not_an_activity, verification_missing, milestones_pending, already_closed, report_in_future,
    before_plan.
    """
    node = _open_node(node)
    _must_be_past(node, on, today)
    if live_parts(node).exists():
        raise PlansError("not_an_activity", label=node.label)
    pending = list(milestones_pending(node))
    if pending:
        raise PlansError("milestones_pending", label=node.label, pending=", ".join(map(str, pending)))
    if not proofs_of(node).exists():
        raise PlansError("verification_missing", label=node.label)
    if node.rule != Rule.MILESTONES:
        _keep_report(node, on, ALL, CLOSED, by)
    node.closed_on, node.closed_by = on, by
    node.save(update_fields=["closed_on", "closed_by"])
    audit.record("plan_node.closed", on=node, by=by, data={"on": on.isoformat()})
    return node


@transaction.atomic
def decide_measure(node: PlanNode, *, what: str, responsible: User, due_on: date, by: User) -> CorrectiveMeasure:
    """Decide what will be done because a node is behind."""
    node = _open_node(node)
    measure = CorrectiveMeasure.objects.create(
        municipality=node.municipality, node=node, what=what, responsible=responsible, due_on=due_on, created_by=by
    )
    audit.record("plan_measure.decided", on=measure, by=by, data={"node": node.pk, "due_on": due_on.isoformat()})
    return measure


@transaction.atomic
def finish_measure(measure: CorrectiveMeasure, *, outcome: str, on: date, by: User, today: date) -> CorrectiveMeasure:
    """Say that a corrective measure was carried out and what came of it.

    Raises PlansError measure_done, report_in_future, before_plan.
    """
    locked_node(measure.node, states=CARRYING_OUT)
    measure = CorrectiveMeasure.objects.get(pk=measure.pk)
    if measure.done_on is not None:
        raise PlansError("measure_done")
    _must_be_past(measure.node, on, today)
    measure.done_on, measure.outcome = on, outcome
    measure.save(update_fields=["done_on", "outcome"])
    audit.record("plan_measure.finished", on=measure, by=by, data={"node": measure.node_id})
    return measure
