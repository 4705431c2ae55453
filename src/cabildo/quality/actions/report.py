"""How is the report completed, and read by the consultant?"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.revised import first_revision, write
from cabildo.documents.actions import store_upload
from cabildo.documents.choices import Kind, Visibility
from cabildo.meetings.models import Meeting
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.choices import BackgroundKind
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Background, BackgroundFigure, ConsultantReview, Cycle, Report
from cabildo.quality.queries import report as queries


@transaction.atomic
def save_letter(
    cycle: Cycle,
    *,
    letter_number: str,
    letter_on: date,
    revision: int,
    today: date,
    by: User,
    paper: File | None = None,
) -> Report:
    """The mayor's letter: its number, its date, its file. QualityError in_future, cycle_closed; StaleError."""
    cycle = hold_open(cycle.pk)
    must_have_come(today, letter_on=letter_on)
    report, changed = _written(cycle, {"letter_number": letter_number.strip(), "letter_on": letter_on}, revision)
    if paper is not None:
        store_upload(paper, owner=report, kind=Kind.EVIDENCE, visibility=Visibility.INTERNAL, by=by)
    audit.record("report.letter_saved", on=report, by=by, data={"fields": changed})
    return report


@transaction.atomic
def choose_acta(cycle: Cycle, *, meeting: Meeting, revision: int, by: User) -> Report:
    """The meeting of the committee whose acta backs the scores. QualityError not_of_committee, cycle_closed."""
    cycle = hold_open(cycle.pk)
    if meeting.pk not in {one.pk for one in queries.committee_meetings(cycle)}:
        raise QualityError("not_of_committee")
    report, changed = _written(cycle, {"meeting": meeting}, revision)
    audit.record("report.acta_chosen", on=report, by=by, data={"fields": changed, "meeting": meeting.pk})
    return report


def _written(cycle: Cycle, wanted: Mapping[str, Any], revision: int) -> tuple[Report, list[str]]:
    report = Report.objects.filter(cycle=cycle).first()
    if report is not None:
        return report, sorted(write(report, wanted, revision=revision))
    written = first_revision(dict(wanted))
    made: Report = Report.objects.create(municipality_id=cycle.municipality_id, cycle=cycle, **written)
    return made, sorted(wanted)


@transaction.atomic
def save_background(cycle: Cycle, *, organisation: str, challenges: str, revision: int, by: User) -> Background:
    """Comuna and municipality in words. QualityError cycle_closed; StaleError."""
    cycle = hold_open(cycle.pk)
    wanted = {"organisation": organisation.strip(), "challenges": challenges.strip()}
    held = Background.objects.filter(cycle=cycle).first()
    if held is None:
        written = first_revision(wanted)
        held = Background.objects.create(municipality_id=cycle.municipality_id, cycle=cycle, **written)
        changed = sorted(wanted)
    else:
        changed = sorted(write(held, wanted, revision=revision))
    audit.record("background.saved", on=held, by=by, data={"fields": changed})
    return held


@transaction.atomic
def save_figure(
    cycle: Cycle, *, kind: str, asked_year: int | None, revision: int, today: date, by: User, **wanted: Any
) -> BackgroundFigure:
    """A figure with its year and source: `value`, `year`, `source` and, of the rural population, `whole`.

    QualityError whole_missing, part_above_whole, year_in_future, cycle_closed; StaleError.
    """
    cycle = hold_open(cycle.pk)
    _refuse_figure(kind, wanted["value"], wanted.get("whole"), wanted["year"], today)
    held = Background.objects.filter(cycle=cycle).first()
    if held is None:
        held = Background.objects.create(municipality_id=cycle.municipality_id, cycle=cycle)
    known = held.figures.filter(kind=kind, **({"year": asked_year} if asked_year else {})).first()
    if known is None:
        known = BackgroundFigure.objects.create(
            municipality_id=cycle.municipality_id, background=held, kind=kind, **first_revision(wanted)
        )
        changed = sorted(wanted)
    else:
        changed = sorted(write(known, wanted, revision=revision))
    audit.record("background.figure_saved", on=known, by=by, data={"kind": kind, "fields": changed})
    return known


def _refuse_figure(kind: str, value: Decimal, whole: Decimal | None, year: int, today: date) -> None:
    if year > today.year:
        raise QualityError("year_in_future")
    if kind == BackgroundKind.RURAL and whole is None:
        raise QualityError("whole_missing")
    if whole is not None and value > whole:
        raise QualityError("part_above_whole")


@transaction.atomic
def forget_figure(figure: BackgroundFigure, *, by: User) -> None:
    """What was written is not known after all: «sin dato» again. QualityError cycle_closed."""
    hold_open(figure.background.cycle_id)
    audit.record("background.figure_removed", on=figure, by=by, data={"kind": figure.kind})
    BackgroundFigure.objects.filter(pk=figure.pk).delete()


@transaction.atomic
def review(cycle: Cycle, *, subject: str, seen: str, remarks: str, by: User) -> ConsultantReview:
    """What the consultant says of the content with this fingerprint. QualityError remarks_missing, cycle_closed."""
    cycle = hold_open(cycle.pk)
    if not remarks.strip():
        raise QualityError("remarks_missing")
    said: ConsultantReview = ConsultantReview.objects.create(
        municipality_id=cycle.municipality_id,
        cycle=cycle,
        subject=subject,
        sha256=seen,
        remarks=remarks.strip(),
        reviewed_at=timezone.now(),
        reviewed_by=by,
    )
    audit.record("consultant_review.given", on=said, by=by, data={"subject": subject, "sha256": seen})
    return said
