"""How are the report and the plan sent to who validates them?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.documents.actions import store_generated, store_upload
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.rules import MediaType
from cabildo.instruments.actions.layers import seal
from cabildo.instruments.models import Assessment, Layer
from cabildo.instruments.queries import layers
from cabildo.plans.actions import planning
from cabildo.plans.rules.states import State as PlanState
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.actions.results import keep_result
from cabildo.quality.choices import Basis, Subject
from cabildo.quality.errors import QualityError
from cabildo.quality.gates import report as gates
from cabildo.quality.models import Cycle, Sending
from cabildo.quality.queries import report as queries
from cabildo.quality.queries.improvement import plan_of
from cabildo.quality.queries.plan_validation import is_validated
from cabildo.quality.queries.self_assessment import declaring_refused
from cabildo.quality.queries.validation import DECLARED
from cabildo.quality.shown.report_tables import fingerprint


@dataclass(frozen=True)
class Copy:
    """What is sent, as files, and the fingerprint of the content they were made from."""

    name: str
    pdf: bytes
    data: bytes
    content_sha256: str


@transaction.atomic
def send_report(cycle: Cycle, *, to: str, copy: Copy, today: date, by: User, reason: str = "") -> Sending:
    """Send it whole, keep the copy, and seal the declared layer of scores.

    QualityError contents_missing (which, and `first`), review_missing of the consultant, content_changed since the copy
    was made, already_sent, resend_reason_missing, cycle_closed, and those of `declaring_refused`; InstrumentsError of
    the seal.
    """
    cycle = hold_open(cycle.pk)
    if (refusal := declaring_refused(cycle)) is not None:
        raise refusal
    told = queries.told(cycle, today)
    missing = list(gates.five_contents(told))
    if missing:
        raise QualityError("contents_missing", what="; ".join(str(one.what) for one in missing))
    if fingerprint(told) != copy.content_sha256:
        raise QualityError("content_changed")
    _must_be_reviewed(cycle, Subject.REPORT, copy)
    report: Any = told.report
    letter = (report.letter_number, report.letter_on)
    sending = _sent(cycle, Subject.REPORT, letter=letter, to=to, copy=copy, reason=reason, by=by)
    declared = _seal(told.cycle.self_assessment, told.filled, reason=reason, by=by)
    keep_result(cycle, basis=Basis.DECLARED, layer=declared)
    return sending


def _must_be_reviewed(cycle: Cycle, subject: Subject, copy: Copy) -> None:
    if (refusal := review_refused(cycle, subject, copy.content_sha256)) is not None:
        raise refusal


def review_refused(cycle: Cycle, subject: Subject, seen: str) -> QualityError | None:
    """Why what has this fingerprint is not sent before the consultant reviews it; None when it may go."""
    lacks = gates.review_before_sending(cycle, subject, seen)
    return QualityError("review_missing", what="; ".join(one.what for one in lacks)) if lacks else None


def _seal(assessment: Any, filled: Any, *, reason: str, by: User) -> Layer:
    """What is declared now; when it is what was already sealed, nothing is corrected."""
    before = layers.latest(assessment, DECLARED)
    if before is not None and layers.marks_of(before) == filled.marks:
        return before
    return seal(assessment, party=DECLARED, label=_label(assessment), marks=filled.marks, reason=reason, by=by)


def _label(assessment: Assessment) -> str:
    return str(assessment.title)[:160]


def _sent(
    cycle: Cycle, subject: str, *, letter: tuple[str, date], to: str, copy: Copy, reason: str, by: User
) -> Sending:
    earlier = cycle.sendings.filter(subject=subject)
    if earlier.filter(content_sha256=copy.content_sha256).exists():
        raise QualityError("already_sent")
    if earlier.exists() and not reason.strip():
        raise QualityError("resend_reason_missing")
    if not to.strip():
        raise QualityError("body_missing")
    sending: Sending = Sending.objects.create(
        municipality_id=cycle.municipality_id,
        cycle=cycle,
        subject=subject,
        letter_number=letter[0],
        letter_on=letter[1],
        to=to.strip(),
        sha256=queries.digest_of_bytes(copy.pdf),
        content_sha256=copy.content_sha256,
        reason=reason.strip(),
        sent_at=timezone.now(),
        sent_by=by,
    )
    for content, media_type in ((copy.pdf, MediaType.PDF), (copy.data, MediaType.XLSX)):
        store_generated(
            content,
            name=copy.name,
            owner=sending,
            kind=Kind.EVIDENCE,
            visibility=Visibility.INTERNAL,
            by=by,
            media_type=media_type,
        )
    audit.record("report.sent", on=sending, by=by, data={"subject": subject, "sha256": sending.sha256})
    return sending


@transaction.atomic
def send_plan(
    cycle: Cycle,
    *,
    to: str,
    letter_number: str,
    letter_on: date,
    paper: File,
    copy: Copy,
    today: date,
    by: User,
    reason: str = "",
) -> Sending:
    """Send the plan with its letter, and keep the copy; a draft is submitted first, so that it no longer changes.

    QualityError plan_missing, plan_validated, content_changed, review_missing of the consultant, already_sent,
    resend_reason_missing, in_future, cycle_closed; PlansError of a draft that lacks something; DocumentsError of the
    letter.
    """
    cycle = hold_open(cycle.pk)
    must_have_come(today, letter_on=letter_on)
    plan = plan_of(cycle)
    if plan is None:
        raise QualityError("plan_missing")
    if is_validated(cycle):
        raise QualityError("plan_validated")
    if queries.plan_fingerprint(plan) != copy.content_sha256:
        raise QualityError("content_changed")
    _must_be_reviewed(cycle, Subject.PLAN, copy)
    if plan.state == PlanState.DRAFT:
        planning.submit(plan, by=by)
    letter = (letter_number.strip(), letter_on)
    sending = _sent(cycle, Subject.PLAN, letter=letter, to=to, copy=copy, reason=reason, by=by)
    store_upload(paper, owner=sending, kind=Kind.EVIDENCE, visibility=Visibility.INTERNAL, by=by)
    return sending
