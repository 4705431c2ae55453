"""Stage 6: the same validators read the plan, recommend, and their report goes out."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.locking import lock_rows
from cabildo.db.revised import first_revision, write
from cabildo.documents import papers
from cabildo.documents.actions import store_generated
from cabildo.documents.choices import Kind, Visibility
from cabildo.plans.models import Plan, PlanNode
from cabildo.plans.queries.snapshot import snapshot
from cabildo.plans.rules.states import State
from cabildo.quality import plan_validation_report
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.actions.validation import must_act
from cabildo.quality.choices import Subject
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, IssuedReport, PlanValidation, Recommendation, ValidatorAssignment
from cabildo.quality.queries import plan_validation as queries
from cabildo.quality.queries.plan_validation import PlanReading


@transaction.atomic
def begin_plan_review(cycle: Cycle, *, by: User) -> PlanValidation:
    """Open the reading of the plan that the municipality sent. QualityError not_acting, nothing_to_validate,
    validation_begun, cycle_closed."""
    cycle = hold_open(cycle.pk)
    must_act(cycle, by)
    plan = queries.sent_plan(cycle)
    if plan is None:
        raise QualityError("nothing_to_validate")
    if PlanValidation.objects.filter(cycle=cycle).exists():
        raise QualityError("validation_begun")
    validation: PlanValidation = PlanValidation.objects.create(
        municipality_id=cycle.municipality_id, cycle=cycle, plan=plan, opened_at=timezone.now()
    )
    audit.record("plan_validation.begun", on=validation, by=by, data={"plan": plan.pk})
    return validation


@transaction.atomic
def recommend(validation: PlanValidation, *, text: str, by: User, node: PlanNode | None = None) -> Recommendation:
    """Recommend something of a part of the plan, or of the whole. QualityError not_acting, plan_validation_issued."""
    validation = _open(validation, by)
    made: Recommendation = Recommendation.objects.create(
        municipality_id=validation.municipality_id,
        validation=validation,
        by=by,
        node_label=str(node or ""),
        **first_revision({"text": text, "node": node}),
    )
    audit.record("recommendation.made", on=made, by=by, data={"node": node.pk if node else None})
    return made


@transaction.atomic
def change_recommendation(
    made: Recommendation, *, text: str, node: PlanNode | None, revision: int, by: User
) -> Recommendation:
    """As seen at `revision`. QualityError not_acting, plan_validation_issued; StaleError."""
    _open(made.validation, by)
    made = Recommendation.objects.get(pk=made.pk)
    changed = sorted(write(made, {"text": text, "node": node}, revision=revision))
    if "node" in changed:
        Recommendation.objects.filter(pk=made.pk).update(node_label=str(node or ""))
    audit.record("recommendation.changed", on=made, by=by, data={"fields": changed})
    return made


@transaction.atomic
def remove_recommendation(made: Recommendation, *, by: User) -> None:
    """Take it out before the report is issued. QualityError not_acting, plan_validation_issued."""
    _open(made.validation, by)
    audit.record("recommendation.removed", on=made, by=by)
    Recommendation.objects.filter(pk=made.pk).delete()


@transaction.atomic
def write_conclusion(validation: PlanValidation, *, conclusion: str, revision: int, by: User) -> PlanValidation:
    """What the report concludes. QualityError not_acting, plan_validation_issued; StaleError."""
    validation = _open(validation, by)
    changed = sorted(write(validation, {"conclusion": conclusion}, revision=revision))
    audit.record("plan_validation.written", on=validation, by=by, data={"fields": changed})
    return validation


@transaction.atomic
def note_read(validation: PlanValidation, *, by: User) -> ValidatorAssignment:
    """A validator says that they read the whole plan, as it was sent last.

    QualityError not_acting, plan_validation_issued, plan_changed.
    """
    validation = _open(validation, by)
    assignment = must_act(validation.cycle, by)
    reading = queries.reading_of(validation)
    if reading.is_changed:
        raise QualityError("plan_changed")
    if assignment in reading.unread:
        assignment.plan_read_at = timezone.now()
        assignment.save(update_fields=["plan_read_at"])
        audit.record("plan_validation.read", on=validation, by=by, data={"assignment": assignment.pk})
    return assignment


def issue_plan_report(validation: PlanValidation, *, today: date, by: User) -> IssuedReport:
    """Send the report to the municipality, as PDF, with its hash; afterwards nothing of it changes.

    QualityError not_acting, plan_validation_issued, validators_changed (somebody who validated the self-assessment
    does not read the plan and was not replaced), plan_changed (it is no longer what was sent), plan_unread,
    conclusion_missing, recommendation_missing, report_changed.
    """
    paper = plan_validation_report.report(_ready(validation))
    pdf = papers.pdf(paper)
    with transaction.atomic():
        validation = _open(validation, by)
        if plan_validation_report.report(_ready(validation)) != paper:
            raise QualityError("report_changed")
        report = _keep(validation, pdf, by)
        validation.issued_on, validation.read_plan = today, snapshot(validation.plan)
        validation.save(update_fields=["issued_on", "read_plan"])
    return report


def _ready(validation: PlanValidation) -> PlanReading:
    current = queries.plan_validation_of(validation.cycle) or validation
    reading = queries.reading_of(current)
    if reading.is_changed:
        raise QualityError("plan_changed")
    for code, people in (("validators_changed", reading.lost), ("plan_unread", reading.unread)):
        if people:
            raise QualityError(code, names=", ".join(str(one) for one in people))
    if not reading.acting:
        raise QualityError("not_acting")
    if not current.conclusion.strip():
        raise QualityError("conclusion_missing")
    if not reading.recommendations:
        raise QualityError("recommendation_missing")
    return reading


def _keep(validation: PlanValidation, pdf: bytes, by: User) -> IssuedReport:
    document = store_generated(
        pdf,
        name=_("informe-de-validacion-del-plan.pdf"),
        owner=validation,
        kind=Kind.EVIDENCE,
        visibility=Visibility.INTERNAL,
        by=by,
    )
    report: IssuedReport = IssuedReport.objects.create(
        municipality_id=validation.municipality_id,
        cycle=validation.cycle,
        phase=Subject.PLAN,
        number=1,
        document=document,
        sha256=document.sha256,
        issued_at=timezone.now(),
        issued_by=by,
    )
    audit.record("report.issued", on=report, by=by, data={"phase": report.phase, "sha256": report.sha256})
    return report


@transaction.atomic
def answer_recommendation(
    made: Recommendation, *, is_taken: bool, answer: str, revision: int, today: date, by: User
) -> Recommendation:
    """The municipality decides what it takes up: who does it and until when, or why not. It may decide again.

    What was taken up stays so from the day an act approves the plan: it explains what was changed after it was read,
    and an approval keeps telling what it approved. QualityError recommendation_not_issued, recommendation_approved,
    cycle_closed; StaleError.
    """
    hold_open(made.validation.cycle_id)
    made = lock_rows(Recommendation.objects.filter(pk=made.pk)).select_related("validation").get()
    if made.validation.issued_on is None:
        raise QualityError("recommendation_not_issued")
    if made.is_taken and not is_taken and _is_approved(made.validation.plan_id):
        raise QualityError("recommendation_approved")
    wanted: dict[str, Any] = {"is_taken": is_taken, "answer": answer.strip(), "answered_on": today, "answered_by": by}
    changed = sorted(write(made, wanted, revision=revision))
    audit.record("recommendation.answered", on=made, by=by, data={"fields": changed, "is_taken": is_taken})
    return made


def _is_approved(plan_id: int) -> bool:
    """Did an act approve it? No act does meanwhile."""
    plan: Plan = lock_rows(Plan.objects.filter(pk=plan_id)).get()
    return plan.state not in (State.DRAFT, State.SUBMITTED)


def _open(validation: PlanValidation, by: User) -> PlanValidation:
    """The reading, locked, before its report is issued, by somebody who acts."""
    hold_open(validation.cycle_id)
    found: PlanValidation = lock_rows(PlanValidation.objects.filter(pk=validation.pk)).select_related("cycle").get()
    must_act(found.cycle, by)
    if found.issued_on is not None:
        raise QualityError("plan_validation_issued")
    return found
