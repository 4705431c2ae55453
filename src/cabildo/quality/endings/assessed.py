"""Self-assessment, its validation, and points of accreditation: what each task of theirs leaves on record, and when."""

from datetime import date

from django.db.models import Max, Q

from cabildo.instruments.models import Sheet
from cabildo.meetings.choices import State
from cabildo.quality.choices import Subject, ValidationState
from cabildo.quality.endings.facts import Fact, day, first, last, last_signature, today, when
from cabildo.quality.gates import report, validation
from cabildo.quality.models import Cycle, Observation, ValidationStep
from cabildo.quality.queries import report as reported
from cabildo.quality.queries import self_assessment as asked
from cabildo.quality.queries import validation as validated
from cabildo.quality.queries import validators


def every_sheet(is_done: Q, instant: str | None = None) -> Fact:
    """Of every element that applies. `instant` is the column that says when the last one was; without it, today."""

    def of(cycle: Cycle) -> date | None:
        sheets = Sheet.objects.filter(assessment=cycle.self_assessment_id, is_excluded=False)
        if not sheets.exists() or sheets.exclude(is_done).exists():
            return None
        return day(sheets.aggregate(last=Max(instant))["last"]) if instant else today()

    return of


assigned = every_sheet(Q(department__isnull=False))
written = every_sheet(Q(written_at__isnull=False) & ~Q(text=""), "written_at")
# what was agreed needs no proposal any more
proposed = every_sheet(Q(consensus_opened_at__isnull=False) | Q(agreed_at__isnull=False))
agreed_one_by_one = every_sheet(Q(agreed_at__isnull=False), "agreed_at")


def agreed(cycle: Cycle) -> date | None:
    """Every element has its agreed mark; a model that lets some stay blank, once the self-assessment is closed."""
    done = agreed_one_by_one(cycle)
    return done or (day(cycle.self_assessment.closed_at) if cycle.self_assessment else None)


def summarised(cycle: Cycle) -> date | None:
    if cycle.self_assessment is None:
        return None
    faults = asked.filled(cycle, today()).faults
    return None if any(fault.code == "without_summary" for fault in faults) else today()


def background_written(cycle: Cycle) -> date | None:
    return when(report.background(reported.told(cycle, today())))


def report_gathered(cycle: Cycle) -> date | None:
    """All but the letter, which is signed when the report was read."""
    told = reported.told(cycle, today())
    checks = (report.acta, report.background, report.evidence, report.scores)
    return when(missing for check in checks for missing in check(told))


def report_reviewed(cycle: Cycle) -> date | None:
    said = reported.reviews_of(cycle, Subject.REPORT)
    return when(report.report_reviewed_by_consultant(cycle), day(said[0].reviewed_at) if said else None)


def letter_signed(cycle: Cycle) -> date | None:
    told = reported.told(cycle, today())
    return when(report.letter(told), told.report.letter_on if told.report else None)


def sent(subject: Subject) -> Fact:
    def of(cycle: Cycle) -> date | None:
        sending = reported.last_sending(cycle, subject)
        return day(sending.sent_at) if sending else None

    return of


# -- validation -------------------------------------------------------------------------------------------------------


def validators_assigned(cycle: Cycle) -> date | None:
    return first(one.assigned_on for one in validators.assignments_of(cycle) if one.ended_on is None)


def conflicts_declared(cycle: Cycle) -> date | None:
    acting = validators.acting(cycle)
    return when(validation.validators_without_conflict(cycle), last(day(one.declared_at) for one in acting))


def documents_reviewed(cycle: Cycle) -> date | None:
    """Everybody who validates sealed their marks, on what the municipality declares today."""
    found = validated.validation_of(cycle)
    whole = validated.whole_of(found) if found else None
    if whole is None or not whole.acting or whole.unsealed or whole.is_stale:
        return None
    return last(day(whole.by_party[one.party].layer.sealed_at) for one in whole.acting)


def reached(state: ValidationState) -> Fact:
    """When the validation was first in this state."""

    def of(cycle: Cycle) -> date | None:
        steps = ValidationStep.objects.filter(validation__cycle=cycle, state=state).order_by("at")
        step = steps.first()
        return day(step.at) if step else None

    return of


def interview_planned(cycle: Cycle) -> date | None:
    found = validated.validation_of(cycle)
    meeting = found.interview if found else None
    return day(meeting.created_at) if meeting and meeting.state != State.CANCELLED else None


def interviewed(cycle: Cycle) -> date | None:
    found = validated.validation_of(cycle)
    meeting = found.interview if found else None
    return when(validation.interview_minuted(cycle), last_signature(meeting) if meeting else None)


def marks_settled(cycle: Cycle) -> date | None:
    return when(validation.validated_scores_settled(cycle), reached(ValidationState.CONSENSUS)(cycle))


def report_issued(subject: Subject) -> Fact:
    def of(cycle: Cycle) -> date | None:
        return first(day(one.issued_at) for one in validated.reports_of(cycle, subject))

    return of


def observed(cycle: Cycle) -> date | None:
    return first(day(one.made_at) for one in Observation.objects.filter(validation__cycle=cycle))


def observations_answered(cycle: Cycle) -> date | None:
    return last(day(one.replied_at) for one in Observation.objects.filter(validation__cycle=cycle))
