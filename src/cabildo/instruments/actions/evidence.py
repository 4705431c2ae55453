"""Verbs of what shows it: papers with their files, shared between elements, and yearly figures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.revised import first_revision, write
from cabildo.documents.actions import erase_document, store_upload
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.models import Document
from cabildo.instruments.actions.holding import By, hold_open, item_of, person
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Assessment, Evidence, EvidenceUse, YearFigure
from cabildo.instruments.queries.sheets import files_of


@dataclass(frozen=True)
class Kept:
    """The paper as it was written, and in which others the same file is already kept."""

    evidence: Evidence
    twins: Sequence[Evidence] = ()


@transaction.atomic
def add_evidence(
    assessment: Assessment, *, elements: Collection[str], files: Sequence[File], by: User, **values: Any
) -> Kept:
    """A paper with its files, used by these elements.

    InstrumentsError file_missing, element_unknown, dates_crossed, assessment_closed; DocumentsError for a file.
    """
    assessment = hold_open(assessment.pk)
    for element in elements:
        item_of(assessment, element)
    if not files:
        raise InstrumentsError("file_missing")
    _refuse_crossed(values)
    evidence: Evidence = Evidence.objects.create(
        municipality_id=assessment.municipality_id,
        assessment=assessment,
        added_at=timezone.now(),
        added_by=person(by),
        **first_revision(values),
    )
    _use(evidence, elements)
    twins = _store(evidence, files, by)
    audit.record("evidence.added", on=evidence, by=by, data={"elements": sorted(elements), "files": len(files)})
    return Kept(evidence, twins)


@transaction.atomic
def change_evidence(evidence: Evidence, *, revision: int, by: User, files: Sequence[File] = (), **wanted: Any) -> Kept:
    """Write a paper as seen at `revision`, and add files to it. dates_crossed, assessment_closed; StaleError."""
    hold_open(evidence.assessment_id)
    evidence = Evidence.objects.get(pk=evidence.pk)
    if files and evidence.carried_from_id is not None:
        raise InstrumentsError("files_elsewhere")
    changed = sorted(write(evidence, wanted, revision=revision))
    _refuse_crossed({"issued_on": evidence.issued_on, "valid_until": evidence.valid_until})
    twins = _store(evidence, files, by)
    audit.record("evidence.changed", on=evidence, by=by, data={"fields": changed, "files": len(files)})
    return Kept(evidence, twins)


def _refuse_crossed(values: Mapping[str, Any]) -> None:
    issued, until = values.get("issued_on"), values.get("valid_until")
    if issued is not None and until is not None and until < issued:
        raise InstrumentsError("dates_crossed")


def _store(evidence: Evidence, files: Iterable[File], by: User) -> list[Evidence]:
    """Keep the files; the other papers of the assessment that already hold one of them."""
    kept = {
        store_upload(file, owner=evidence, kind=Kind.EVIDENCE, visibility=Visibility.INTERNAL, by=by).sha256
        for file in files
    }
    others = list(evidence.assessment.evidence.exclude(pk=evidence.pk)) if kept else []
    held = files_of(others)
    return [one for one in others if kept & {document.sha256 for document in held[one.pk]}]


@transaction.atomic
def use_evidence(evidence: Evidence, *, elements: Collection[str], by: By) -> None:
    """These elements are shown by it too. InstrumentsError element_unknown, assessment_closed."""
    assessment = hold_open(evidence.assessment_id)
    for element in elements:
        item_of(assessment, element)
    new = set(elements) - set(evidence.uses.values_list("element", flat=True))
    _use(evidence, sorted(new))
    if new:
        audit.record("evidence.used", on=evidence, by=by, data={"elements": sorted(new)})


def _use(evidence: Evidence, elements: Collection[str]) -> None:
    EvidenceUse.objects.bulk_create(
        EvidenceUse(municipality_id=evidence.municipality_id, evidence=evidence, element=element)
        for element in elements
    )


@transaction.atomic
def stop_using(evidence: Evidence, *, element: str, by: By) -> None:
    """The element is no longer shown by it; the paper stays. InstrumentsError assessment_closed."""
    hold_open(evidence.assessment_id)
    gone, _by_model = EvidenceUse.objects.filter(evidence=evidence, element=element).delete()
    if gone:
        audit.record("evidence.unused", on=evidence, by=by, data={"elements": [element]})


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User) -> None:
    """Take out a paper that nothing uses, and destroy its files. evidence_in_use, assessment_closed."""
    hold_open(evidence.assessment_id)
    carried = Evidence.objects.filter(carried_from=evidence).exists()
    if evidence.uses.exists() or evidence.figures.exists() or carried:
        raise InstrumentsError("evidence_in_use")
    if evidence.carried_from_id is None:
        for document in files_of([evidence])[evidence.pk]:
            erase_document(document, by=by, reason="removed")
    audit.record("evidence.removed", on=evidence, by=by, data={"assessment": evidence.assessment_id})
    Evidence.objects.filter(pk=evidence.pk).delete()


@transaction.atomic
def remove_file(evidence: Evidence, *, document: Document, by: User) -> None:
    """Destroy one file; the last one stays. InstrumentsError file_missing, files_elsewhere, assessment_closed."""
    hold_open(evidence.assessment_id)
    if evidence.carried_from_id is not None or Evidence.objects.filter(carried_from=evidence).exists():
        raise InstrumentsError("files_elsewhere")
    if [one.pk for one in files_of([evidence])[evidence.pk]] == [document.pk]:
        raise InstrumentsError("file_missing")
    erase_document(document, by=by, reason="removed")
    audit.record("evidence.file_removed", on=evidence, by=by, data={"document": document.pk})


@transaction.atomic
def write_series(
    assessment: Assessment,
    *,
    element: str,
    indicator: str,
    values: Mapping[int, Decimal | None],
    unit: str,
    source: str,
    evidence: Evidence | None = None,
    by: By,
) -> int:
    """The figures of an indicator for these years; a year without value is taken out. How many remain.

    InstrumentsError element_unknown, indicator_missing, source_missing, figures_missing, assessment_closed.
    """
    assessment = hold_open(assessment.pk)
    item_of(assessment, element)
    _refuse_untold(indicator, source)
    series = {"assessment": assessment, "element": element, "indicator": indicator.strip()}
    told = {"unit": unit.strip(), "source": source.strip(), "evidence": evidence}
    known = YearFigure.objects.filter(**series)
    known.filter(year__in=[year for year, value in values.items() if value is None]).delete()
    known.update(**told)
    new = {"municipality_id": assessment.municipality_id, "noted_by": person(by), **told}
    for year, value in values.items():
        if value is not None:
            kept = {"value": value, "noted_by": person(by)}
            YearFigure.objects.update_or_create(**series, year=year, defaults=kept, create_defaults={**new, **kept})
    remaining = known.count()
    if not remaining:
        raise InstrumentsError("figures_missing")
    audit.record("series.written", on=assessment, by=by, data={"element": element, "years": sorted(values)})
    return remaining


def _refuse_untold(indicator: str, source: str) -> None:
    if not indicator.strip():
        raise InstrumentsError("indicator_missing")
    if not source.strip():
        raise InstrumentsError("source_missing")


@transaction.atomic
def remove_series(assessment: Assessment, *, element: str, indicator: str, by: By) -> None:
    """Take out all the figures of an indicator. InstrumentsError assessment_closed."""
    assessment = hold_open(assessment.pk)
    gone, _by_model = YearFigure.objects.filter(assessment=assessment, element=element, indicator=indicator).delete()
    audit.record("series.removed", on=assessment, by=by, data={"element": element, "figures": gone})
