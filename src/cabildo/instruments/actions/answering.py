"""Verbs of a questionnaire being answered: open, answer, close, open again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.content.models import PackVersion
from cabildo.db.locking import lock_rows
from cabildo.instruments import queries
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.guards import refuse_shut
from cabildo.instruments.models import Answer, Assessment
from cabildo.instruments.rules import answers as rules

type By = User | audit.Actor

REFUSALS = {
    "unknown_question": "question_unknown",
    "unknown_alternative": "alternative_unknown",
    "not_applicable_not_allowed": "not_applicable",
}


@transaction.atomic
def open_assessment(
    *,
    version: PackVersion,
    title: str,
    on: Model,
    by: By,
    previous: Assessment | None = None,
    mark_mode: str = "",
) -> Assessment:
    """Begin to answer a published version; it stays pinned, with how it is marked, whatever is published later."""
    assessment = Assessment.objects.create(
        municipality=current_municipality(),
        version=version,
        title=title,
        on_type=on._meta.label_lower,
        on_id=str(on.pk),
        opened_at=timezone.now(),
        opened_by=_person(by),
        previous=previous,
        mark_mode=mark_mode,
    )
    audit.record("assessment.opened", on=assessment, by=by, data={"version": version.pk})
    return assessment


@transaction.atomic
def answer(
    *,
    assessment: Assessment,
    question: str,
    said: rules.Answer,
    by: By,
    dissent: str = "",
    confirms: bool = False,
    revision: int | None = None,
) -> Answer:
    """Write the one answer of the group. Choosing what includes earlier alternatives needs `confirms`.

    `revision` is that of the answer the person saw, 0 without one; None does not ask. Raises InstrumentsError:
    assessment_closed, assessment_shut, question_unknown, alternative_unknown, not_applicable, confirmation_missing,
    answer_changed.
    """
    assessment = _open_one(assessment)
    whole = queries.questionnaire(assessment)
    for fault in rules.answer_faults(whole, {question: said}):
        raise InstrumentsError(REFUSALS[fault.code])
    asked = next(one for one in whole.questions() if one.id == question)
    if rules.implied(asked, said.alternative) and not confirms:
        raise InstrumentsError("confirmation_missing")
    known = Answer.objects.filter(assessment=assessment, question=question).first()
    _check_seen(assessment, known, revision)
    told = {
        "alternative": said.alternative,
        "is_not_applicable": said.is_not_applicable,
        "dissent": dissent.strip(),
    }
    written = _written(assessment, question, known, told, by)
    audit.record("assessment.answered", on=assessment, by=by, data={"question": question, "answer": said.alternative})
    return written


def _written(assessment: Assessment, question: str, known: Answer | None, told: Mapping[str, Any], by: By) -> Answer:
    stamp = {"answered_at": timezone.now(), "answered_by": _person(by)}
    if known is None:
        new = Answer(municipality_id=assessment.municipality_id, assessment=assessment, question=question)
        known, revision = new, 1
    else:
        revision = known.revision + 1
    for name, value in {**told, **stamp, "revision": revision}.items():
        setattr(known, name, value)
    known.save()
    return known


def _check_seen(assessment: Assessment, known: Answer | None, revision: int | None) -> None:
    """Two people answer at once: the second is told what it says now, and loses nothing."""
    if revision is not None and revision != (known.revision if known else 0):
        raise InstrumentsError("answer_changed", now=queries.words_of(assessment, known) if known else "")


@transaction.atomic
def close(assessment: Assessment, *, by: By) -> Assessment:
    """No more answers. Refused while a question is open (`unanswered`, with their number)."""
    assessment = _open_one(assessment)
    missing = queries.result(assessment).missing
    if missing:
        raise InstrumentsError("unanswered", count=len(missing))
    assessment.closed_at, assessment.closed_by = timezone.now(), _person(by)
    assessment.save(update_fields=["closed_at", "closed_by"])
    audit.record("assessment.closed", on=assessment, by=by)
    return assessment


@transaction.atomic
def reopen(assessment: Assessment, *, reason: str, by: By) -> Assessment:
    """Answer again what was closed; why is on record."""
    if not reason.strip():
        raise InstrumentsError("reason_missing")
    assessment = _locked(assessment)
    if assessment.is_open:
        raise InstrumentsError("assessment_open")
    assessment.closed_at = assessment.closed_by = None
    assessment.save(update_fields=["closed_at", "closed_by"])
    audit.record("assessment.reopened", on=assessment, by=by, reason="correction")
    return assessment


def _locked(assessment: Assessment) -> Assessment:
    return lock_rows(Assessment.objects.filter(pk=assessment.pk)).get()


def _open_one(assessment: Assessment) -> Assessment:
    found = _locked(assessment)
    if not found.is_open:
        raise InstrumentsError("assessment_closed")
    refuse_shut(found)
    return found


def _person(by: By) -> User | None:
    return by if isinstance(by, User) else None
