"""Verbs of a cycle: begin it with its diagnosis, close the diagnosis, end the cycle."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.content.models import PackVersion
from cabildo.instruments import actions as instruments
from cabildo.instruments import queries as answered
from cabildo.instruments.models import Assessment
from cabildo.instruments.rules.structure import in_order
from cabildo.meetings.actions import planning
from cabildo.meetings.choices import MeetingKind
from cabildo.meetings.models import Meeting
from cabildo.quality import acta, queries
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.actions.leading import leader_for
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle
from cabildo.quality.queries.acta import acta_behind
from cabildo.quality.rules.lines import proposed_line
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.actions import runs, stages
from cabildo.workflow.queries import calendar

MOST_YEARS = 10  # after the year in which a cycle began, no day of it is believable


@transaction.atomic
def begin(*, today: date, by: User) -> Cycle:
    """A new cycle: its process from stage to stage, and its diagnosis on the questionnaire in use.

    Raises QualityError: cycle_open, no_questionnaire, no_process.
    """
    current = queries.open_cycle()
    if current is not None:
        raise QualityError("cycle_open", number=current.number)
    adopted = queries.questionnaire_in_use()
    if adopted is None:
        raise QualityError("no_questionnaire")
    process = queries.process_version(today)
    if process is None:
        raise QualityError("no_process")
    last = Cycle.objects.order_by("-number").first()
    cycle = Cycle.objects.create(
        municipality=current_municipality(), number=last.number + 1 if last else 1, opened_on=today, previous=last
    )
    cycle.diagnosis = instruments.open_assessment(
        version=PackVersion.objects.get(pk=adopted.version_id),
        title=_("Diagnóstico del ciclo %s") % cycle.number,
        on=cycle,
        by=by,
        previous=last.diagnosis if last else None,
    )
    cycle.save(update_fields=["diagnosis"])
    _start_process(cycle, process, today, by)
    audit.record("cycle.begun", on=cycle, by=by)
    return cycle


def _start_process(cycle: Cycle, process: PackVersion, today: date, by: User) -> None:
    """The run, named by the cycle's number, which its pages carry in their address; its first stage is under way."""
    run = runs.start(
        version=process,
        title=_("Programa de calidad · %s") % cycle,
        planned_start_on=calendar(today).next_business_day(today),
        on_type=cycle._meta.label_lower,
        on_id=str(cycle.number),
        leader=leader_for(cycle, by=by),
        by=by,
    )
    stages.begin_stage(processes.stages_of(run)[0], by=by, today=today)


@transaction.atomic
def plan_diagnosis_meeting(cycle: Cycle, *, starts_at: datetime, place: str, by: User) -> Meeting:
    """The working meeting in which the questions are answered: a point of its agenda for each area.

    QualityError cycle_closed, meeting_far for a day far from the cycle.
    """
    cycle = hold_open(cycle.pk)
    _must_be_near(cycle, timezone.localdate(starts_at))
    body = answered.instrument(_diagnosis(cycle))
    areas = in_order(body["areas"], body["settings"]["order"])
    minutes = body["settings"]["minutes"]
    return planning.plan_meeting(
        title=_("Diagnóstico del ciclo %s") % cycle.number,
        kind=MeetingKind.WORKING,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        agenda=[planning.Point(area["label"], max(1, minutes // len(areas))) for area in areas],
        place=place,
        on_type=cycle._meta.label_lower,
        on_id=str(cycle.pk),
        by=by,
    )


@transaction.atomic
def close_diagnosis(cycle: Cycle, *, by: User) -> Cycle:
    """Close the answers and keep the level and the line they propose; a person of the programme confirms it.

    The acta of their meeting gets the answers of each area. QualityError cycle_closed; InstrumentsError.
    """
    cycle = hold_open(cycle.pk)
    cycle.diagnosis = diagnosis = instruments.close(_diagnosis(cycle), by=by)
    band = answered.result(diagnosis).band
    cycle.band = band.id if band else ""
    cycle.proposed_line = proposed_line(cycle.band)
    cycle.save(update_fields=["band", "proposed_line"])
    meeting = queries.diagnosis_meeting(cycle)
    if meeting is not None:
        acta.write_answers(meeting, diagnosis, by=by)
    audit.record("cycle.classified", on=cycle, by=by, data={"band": cycle.band, "line": cycle.proposed_line})
    return cycle


@transaction.atomic
def write_acta(cycle: Cycle, *, by: User) -> int:
    """Put the answers of a closed diagnosis into the acta that was opened to be corrected; how many points were
    written.

    QualityError cycle_closed, acta_current when nothing is to be written, acta_closed while it is not open.
    """
    cycle = hold_open(cycle.pk)
    behind = acta_behind(cycle)
    if behind is None or not behind.to_write:
        raise QualityError("acta_current")
    if behind.is_closed:
        raise QualityError("acta_closed", folio=behind.meeting.folio)
    return acta.write_answers(behind.meeting, _diagnosis(cycle), by=by)


@transaction.atomic
def reopen_diagnosis(cycle: Cycle, *, reason: str, by: User) -> Cycle:
    """Answer again; what the earlier answers proposed no longer stands, nor the line that was confirmed.

    QualityError cycle_closed; diagnosis_settled once its stage is closed, which is opened first, and diagnosis_behind
    once the cycle follows the accreditation line.
    """
    cycle = hold_open(cycle.pk)
    if (refusal := queries.reopening_refused(cycle)) is not None:
        raise refusal
    cycle.diagnosis = instruments.reopen(_diagnosis(cycle), reason=reason, by=by)
    cycle.band = cycle.proposed_line = ""
    cycle.save(update_fields=["band", "proposed_line"])
    audit.record("cycle.reopened", on=cycle, by=by, reason="correction")
    return cycle


def _must_be_near(cycle: Cycle, day: date) -> None:
    """QualityError meeting_far for a day that cannot be of this cycle: a year mistyped."""
    first, last = cycle.opened_on.year - 1, cycle.opened_on.year + MOST_YEARS
    if not first <= day.year <= last:
        raise QualityError("meeting_far", year=cycle.opened_on.year, first=first, last=last)


def _diagnosis(cycle: Cycle) -> Assessment:
    if cycle.diagnosis is None:
        raise QualityError("diagnosis_missing")
    return cycle.diagnosis
