"""Stage 4, its end: findings, the feedback report, what the municipality observes, the replies, and when it is firm."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.revised import first_revision, write
from cabildo.documents import papers
from cabildo.documents.actions import store_generated
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.reports import Report
from cabildo.instruments.queries.items import items_of
from cabildo.quality import feedback_report
from cabildo.quality.actions.results import keep_result
from cabildo.quality.actions.validation import advance, held, must_act, not_now
from cabildo.quality.choices import Basis, Subject, ValidationState
from cabildo.quality.errors import QualityError
from cabildo.quality.feedback_report import Content
from cabildo.quality.models import Finding, IssuedReport, Observation, Validation
from cabildo.quality.queries import validation as queries
from cabildo.quality.rules import validation as rules
from cabildo.quality.rules.validation import Step


@transaction.atomic
def add_finding(validation: Validation, *, by: User, **values: Any) -> Finding:
    """Write a strength or an opportunity of a subcriterion. QualityError not_acting, validation_state,
    finding_without_part."""
    validation = held(validation, rules.WRITING)
    must_act(validation.cycle, by)
    _must_be_part(validation, values)
    finding: Finding = Finding.objects.create(
        municipality_id=validation.municipality_id,
        cycle=validation.cycle,
        phase=Subject.REPORT,
        by=by,
        **first_revision(values),
    )
    audit.record("finding.added", on=finding, by=by, data={"kind": finding.kind, "part": finding.subcriterion})
    return finding


@transaction.atomic
def change_finding(finding: Finding, *, revision: int, by: User, **wanted: Any) -> Finding:
    """Change it as seen at `revision`. QualityError as `add_finding`; StaleError."""
    validation = _of(finding)
    finding = Finding.objects.get(pk=finding.pk)
    _must_be_part(validation, {"subcriterion": finding.subcriterion, "element": finding.element, **wanted})
    must_act(validation.cycle, by)
    changed = sorted(write(finding, wanted, revision=revision))
    audit.record("finding.changed", on=finding, by=by, data={"fields": changed})
    return finding


@transaction.atomic
def remove_finding(finding: Finding, *, by: User) -> None:
    """Take it out before the report is issued. QualityError not_acting, validation_state."""
    must_act(_of(finding).cycle, by)
    audit.record("finding.removed", on=finding, by=by, data={"kind": finding.kind, "part": finding.subcriterion})
    Finding.objects.filter(pk=finding.pk).delete()


def _of(finding: Finding) -> Validation:
    return held(Validation.objects.get(cycle_id=finding.cycle_id), rules.WRITING)


def _must_be_part(validation: Validation, values: dict[str, Any]) -> None:
    """The subcriterion is of the model, and so is the element, in it, when one is named."""
    elements: dict[str, set[str]] = {}
    for item in items_of(validation.declared.assessment):
        elements.setdefault(item.part["id"], {""}).add(item.id)
    if values.get("element", "") not in elements.get(values["subcriterion"], set()):
        raise QualityError("finding_without_part")


@transaction.atomic
def write_summary(validation: Validation, *, summary: str, revision: int, by: User) -> Validation:
    """What the report says first. QualityError not_acting, validation_state; StaleError."""
    validation = held(validation, rules.WRITING)
    must_act(validation.cycle, by)
    changed = sorted(write(validation, {"summary": summary}, revision=revision))
    audit.record("validation.summary_written", on=validation, by=by, data={"fields": changed})
    return validation


def issue(validation: Validation, *, by: User) -> IssuedReport:
    """Send the feedback report to the municipality, as PDF, with its hash.

    QualityError not_acting, validation_state, summary_missing, finding_missing, report_changed.
    """
    return _issue(validation, Step.ISSUE, ValidationState.CONSENSUS, by)


def finish_replies(validation: Validation, *, by: User) -> IssuedReport:
    """Every observation has its reply: the report goes out again as its next version, with them in it.

    QualityError observations_open, and as `issue`.
    """
    open_ones = Observation.objects.filter(validation=validation, replied_at=None).count()
    if open_ones:
        raise QualityError("observations_open", count=open_ones)
    return _issue(validation, Step.REPLY, ValidationState.OBSERVED, by)


def _issue(validation: Validation, step: Step, state: ValidationState, by: User) -> IssuedReport:
    """The PDF is made before the database is locked; what it says is compared again inside."""
    paper, _content = _paper(validation)
    pdf = papers.pdf(paper)
    with transaction.atomic():
        validation = held(validation, frozenset({state}))
        must_act(validation.cycle, by)
        again, content = _paper(validation)
        if again != paper:
            raise QualityError("report_changed")
        report = _keep(validation, content, pdf, by)
        advance(validation, step, by=by)
    return report


def _paper(validation: Validation) -> tuple[Report, Content]:
    """The report as it stands. QualityError validation_state, summary_missing, finding_missing."""
    current = queries.validation_of(validation.cycle)
    if current is None:
        raise QualityError("nothing_declared")
    whole = queries.whole_of(current)
    findings = queries.findings_of(current.cycle)
    if whole.consensus is None:
        raise not_now(current, rules.OUT | {ValidationState.CONSENSUS})
    if not current.summary.strip():
        raise QualityError("summary_missing")
    lacking = queries.lacks(whole, findings)
    if lacking:
        raise QualityError("finding_missing", count=len({lack.part for lack in lacking}))
    observations = list(current.observations.select_related("made_by", "replied_by"))
    number = len(queries.reports_of(current.cycle)) + 1
    steps = list(current.steps.select_related("by"))
    content = Content(whole, whole.consensus, findings, observations, number, steps)
    return feedback_report.report(content), content


def _keep(validation: Validation, content: Content, pdf: bytes, by: User) -> IssuedReport:
    document = store_generated(
        pdf,
        name=_("informe-de-retroalimentacion-v%s.pdf") % content.number,
        owner=validation,
        kind=Kind.EVIDENCE,
        visibility=Visibility.INTERNAL,
        by=by,
    )
    report: IssuedReport = IssuedReport.objects.create(
        municipality_id=validation.municipality_id,
        cycle=validation.cycle,
        phase=Subject.REPORT,
        number=content.number,
        layer=content.consensus.layer,
        content=_said(content),
        document=document,
        sha256=document.sha256,
        issued_at=timezone.now(),
        issued_by=by,
    )
    keep_result(validation.cycle, basis=Basis.VALIDATED, layer=content.consensus.layer)
    audit.record("report.issued", on=report, by=by, data={"phase": report.phase, "sha256": report.sha256})
    return report


def _said(content: Content) -> dict[str, Any]:
    names = ("kind", "subcriterion", "element", "text")
    told = [{name: getattr(finding, name) for name in names} for finding in content.findings]
    return {"summary": content.whole.validation.summary, "findings": told}


@transaction.atomic
def observe(validation: Validation, *, text: str, by: User, subcriterion: str = "") -> Observation:
    """The municipality points at an error of fact in it. QualityError validation_state, finding_without_part."""
    validation = held(validation, rules.OPEN_TO_OBSERVE)
    if subcriterion:
        _must_be_part(validation, {"subcriterion": subcriterion})
    observation: Observation = Observation.objects.create(
        municipality_id=validation.municipality_id,
        validation=validation,
        subcriterion=subcriterion,
        text=text.strip(),
        made_at=timezone.now(),
        made_by=by,
    )
    audit.record("observation.made", on=observation, by=by, data={"part": subcriterion})
    if validation.state != ValidationState.OBSERVED:
        advance(validation, Step.OBSERVE, by=by)
    return observation


@transaction.atomic
def reply(observation: Observation, *, text: str, by: User) -> Observation:
    """Answer an observation, and say whether the report changes. QualityError not_acting, validation_state,
    observation_replied."""
    validation = held(observation.validation, frozenset({ValidationState.OBSERVED}))
    must_act(validation.cycle, by)
    observation = Observation.objects.get(pk=observation.pk)
    if observation.replied_at is not None:
        raise QualityError("observation_replied")
    observation.reply, observation.replied_at, observation.replied_by = text.strip(), timezone.now(), by
    observation.save(update_fields=["reply", "replied_at", "replied_by"])
    audit.record("observation.replied", on=observation, by=by)
    return observation


@transaction.atomic
def settle(validation: Validation, *, by: User) -> Validation:
    """Nothing is left to observe: the report is firm. QualityError validation_state."""
    return advance(held(validation, rules.SETTLED_FROM), Step.SETTLE, by=by)
