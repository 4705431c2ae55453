"""A new assessment that starts from an earlier one: its text and its papers, none of its marks."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.content.models import PackVersion
from cabildo.instruments.actions.answering import By, open_assessment
from cabildo.instruments.actions.sheets import open_sheets
from cabildo.instruments.models import Assessment, Evidence, EvidenceUse, Sheet, YearFigure
from cabildo.instruments.queries.mappings import mapping_between, sources_of

type Targets = Mapping[str, str]  # element before -> element after


@transaction.atomic
def copy_assessment(
    source: Assessment, *, title: str, on: Any, by: By, version: PackVersion | None = None
) -> Assessment:
    """Open an assessment after `source`, on its version unless another is given.

    Between two versions it goes along the mapping published for both, which the new assessment pins; without one,
    by the names that both have. Copied, of the elements that go on: who writes each sheet, its text, its evidence with
    the same files, its yearly figures; and how it is marked. Not copied: marks, levels attested, proposals, dates to
    answer by, summaries, layers. `queries.mappings.brought` tells what did not come along.
    """
    made = open_assessment(
        version=version or source.version,
        title=title,
        on=on,
        by=by,
        previous=source,
        mark_mode=source.mark_mode,
    )
    _pin_mapping(made, source)
    open_sheets(made, by=by)
    targets = sources_of(made, source)
    _copy_sheets(source, made, targets)
    papers = _copy_evidence(source, made)
    _copy_uses(source, papers, targets)
    _copy_figures(source, made, papers, targets)
    counts = {"source": source.pk, "mapping": made.mapping_id, "sheets": len(targets), "evidence": len(papers)}
    audit.record("assessment.copied", on=made, by=by, data=counts)
    return made


def _pin_mapping(made: Assessment, source: Assessment) -> None:
    if made.version_id != source.version_id:
        made.mapping = mapping_between(source.version, made.version, municipality_id=made.municipality_id)
        made.save(update_fields=["mapping"])


def _copy_sheets(source: Assessment, made: Assessment, targets: Targets) -> None:
    sheets: dict[str, Sheet] = {sheet.element: sheet for sheet in made.sheets.all()}
    for written in source.sheets.filter(element__in=targets).prefetch_related("helpers"):
        sheet = sheets[targets[written.element]]
        sheet.text, sheet.department_id = written.text, written.department_id
        sheet.save(update_fields=["text", "department"])
        sheet.helpers.set(written.helpers.all())


def _copy_evidence(source: Assessment, made: Assessment) -> dict[int, Evidence]:
    """Id of a paper -> the one that stands for it; the files stay with the first that had them."""
    papers = {}
    for paper in source.evidence.all():
        papers[paper.pk] = Evidence.objects.create(
            municipality_id=made.municipality_id,
            assessment=made,
            title=paper.title,
            kind=paper.kind,
            issued_on=paper.issued_on,
            valid_until=paper.valid_until,
            note=paper.note,
            carried_from_id=paper.carried_from_id or paper.pk,
            added_at=timezone.now(),
            added_by_id=paper.added_by_id,
        )
    return papers


def _copy_uses(source: Assessment, papers: dict[int, Evidence], targets: Targets) -> None:
    EvidenceUse.objects.bulk_create(
        EvidenceUse(municipality_id=use.municipality_id, evidence=papers[use.evidence_id], element=targets[use.element])
        for use in EvidenceUse.objects.filter(evidence__assessment=source, element__in=list(targets))
    )


def _copy_figures(source: Assessment, made: Assessment, papers: dict[int, Evidence], targets: Targets) -> None:
    YearFigure.objects.bulk_create(
        YearFigure(
            municipality_id=made.municipality_id,
            assessment=made,
            element=targets[figure.element],
            indicator=figure.indicator,
            unit=figure.unit,
            year=figure.year,
            value=figure.value,
            source=figure.source,
            evidence=papers.get(figure.evidence_id or 0),
            noted_by_id=figure.noted_by_id,
        )
        for figure in source.figures.filter(element__in=list(targets))
    )
