"""Verbs of the sheets: open them, assign them, write them, sum up a part, close the whole."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Department
from cabildo.db.locking import lock_rows
from cabildo.db.revised import Changes, first_revision, put, write
from cabildo.instruments import wording
from cabildo.instruments.actions.holding import By, hold_open, hold_sheet, item_of, person
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Assessment, PartSummary, Sheet
from cabildo.instruments.queries.glance import glance
from cabildo.instruments.queries.items import Item, items_of
from cabildo.instruments.queries.layers import model
from cabildo.instruments.rules.scoring import Mark, mark_faults
from cabildo.instruments.rules.sheets import levels


@transaction.atomic
def open_sheets(assessment: Assessment, *, by: By) -> int:
    """A sheet for every element that has none; how many were made. InstrumentsError assessment_closed."""
    assessment = hold_open(assessment.pk)
    known = set(assessment.sheets.values_list("element", flat=True))
    missing = [item.id for item in items_of(assessment) if item.id not in known]
    Sheet.objects.bulk_create(
        Sheet(municipality_id=assessment.municipality_id, assessment=assessment, element=name) for name in missing
    )
    audit.record("sheets.opened", on=assessment, by=by, data={"count": len(missing)})
    return len(missing)


@transaction.atomic
def assign(
    assessment: Assessment,
    *,
    elements: Collection[str],
    department: Department | None,
    helpers: Iterable[Department] = (),
    due_on: date | None = None,
    by: By,
) -> int:
    """Say who writes these elements, who helps and until when; how many sheets. What they had before is replaced.

    InstrumentsError elements_missing, element_unknown, assessment_closed.
    """
    assessment = hold_open(assessment.pk)
    if not elements:
        raise InstrumentsError("elements_missing")
    sheets = list(lock_rows(Sheet.objects.filter(assessment=assessment, element__in=elements)))
    if len(sheets) != len(set(elements)):
        raise InstrumentsError("element_unknown")
    others = [one for one in helpers if department is None or one.pk != department.pk]
    for sheet in sheets:
        write(sheet, {"department": department, "due_on": due_on}, revision=sheet.revision)
        sheet.helpers.set(others)
    told = {"elements": sorted(elements), "department": department.pk if department else None}
    audit.record("sheets.assigned", on=assessment, by=by, data=told)
    return len(sheets)


@transaction.atomic
def write_sheet(sheet: Sheet, *, revision: int, by: By, **wanted: Any) -> Sheet:
    """Write `text`, `attested`, `score` or `attributes`, as seen at `revision`; a draft, so nothing is asked for yet.

    InstrumentsError level_unknown, marks_refused, assessment_closed; StaleError.
    """
    sheet = hold_sheet(sheet)
    item = item_of(sheet.assessment, sheet.element)
    wanted = _checked(sheet, item, wanted)
    changes = put(sheet, wanted, revision=revision)
    if changes or sheet.is_carried:  # to keep a text as it was brought is to confirm it
        sheet.written_at, sheet.written_by = timezone.now(), person(by)
        sheet.save(update_fields=[*changes, "revision", "touched", "written_at", "written_by"])
        audit.record("sheet.written", on=sheet, by=by, data={"fields": sorted(changes)})
    return sheet


def _checked(sheet: Sheet, item: Item, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Only levels and scores that the method has; levels that do not hold are left out."""
    attested = {name: True for name, holds in wanted.get("attested", {}).items() if holds}
    if set(attested) - {str(level) for level in levels(item.element.method)}:
        raise InstrumentsError("level_unknown")
    given = Mark(wanted.get("score", sheet.score), wanted.get("attributes", sheet.attributes))
    refuse_outside(sheet.assessment, {item.id: given}, item.label)
    return {**wanted, "attested": attested} if "attested" in wanted else dict(wanted)


def refuse_outside(assessment: Assessment, layer: Mapping[str, Mark], label: str) -> None:
    """InstrumentsError marks_refused, which says why in words, when a mark is outside the model or its scale."""
    for fault in mark_faults(model(assessment), layer):
        raise InstrumentsError("marks_refused", why=" ".join(wording.of_mark(fault, label)))


@transaction.atomic
def write_summary(
    assessment: Assessment, *, part: str, strengths: str, gaps: str, revision: int, by: By
) -> PartSummary:
    """Strengths and gaps of a part, as seen at `revision` (0 when nobody wrote). part_unknown, StaleError."""
    assessment = hold_open(assessment.pk)
    if part not in {item.part["id"] for item in items_of(assessment)}:
        raise InstrumentsError("part_unknown")
    wanted = {"strengths": strengths.strip(), "gaps": gaps.strip()}
    summary, changes = _summary(assessment, part, wanted, revision)
    if changes:
        audit.record("summary.written", on=summary, by=by, data={"part": part, "fields": sorted(changes)})
    return summary


def _summary(
    assessment: Assessment, part: str, wanted: dict[str, str], revision: int
) -> tuple[PartSummary, Changes | dict[str, str]]:
    known = PartSummary.objects.filter(assessment=assessment, part=part).first()
    if known is not None:
        return known, write(known, wanted, revision=revision)
    made: PartSummary = PartSummary.objects.create(
        municipality_id=assessment.municipality_id, assessment=assessment, part=part, **first_revision(wanted)
    )
    return made, wanted


@transaction.atomic
def close_sheets(assessment: Assessment, *, today: date, by: By) -> Assessment:
    """No more changes. InstrumentsError incomplete, with how many things are missing; assessment_closed."""
    assessment = hold_open(assessment.pk)
    missing = glance(assessment, today).blocking
    if missing:
        raise InstrumentsError("incomplete", count=len(missing))
    assessment.closed_at, assessment.closed_by = timezone.now(), person(by)
    assessment.save(update_fields=["closed_at", "closed_by"])
    audit.record("assessment.closed", on=assessment, by=by)
    return assessment
