"""How is a session timed, its attendance taken and its quorum declared?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.meetings.actions.bodies import By
from cabildo.meetings.actions.planning import OPEN, expect_members
from cabildo.meetings.actions.steps import locked, must_be, next_state
from cabildo.meetings.choices import AgreementState, Mark, State
from cabildo.meetings.errors import MeetingsError
from cabildo.meetings.models import Attendance, Meeting
from cabildo.meetings.queries.sessions import asks_quorum, day_of, quorum_now
from cabildo.ui.spanish import short_date

UNSTATED = {"quorum_present": None, "quorum_total": None, "quorum_needed": None, "quorum_met": None}


@dataclass(frozen=True)
class Noted:
    """What is noted of one person: a Mark, and who came in their name."""

    mark: str
    represented_by: str = ""


@transaction.atomic
def start(meeting: Meeting, *, at: datetime, by: By) -> Meeting:
    """The session begins. Whoever has a seat on this day is on the list from now on."""
    meeting = locked(meeting)
    must_be(meeting, State.DRAFT, State.CALLED)
    if meeting.started_at:
        raise MeetingsError("already_started")
    day = day_of(meeting)
    meeting.started_at = at
    meeting.save(update_fields=["started_at"])
    _count_of(meeting, since=day)
    audit.record("meeting.started", on=meeting, by=by)
    return meeting


@transaction.atomic
def stop(meeting: Meeting, *, at: datetime, by: By) -> Meeting:
    """The session ends: the meeting was held. MeetingsError not_started or times_reversed."""
    meeting = locked(meeting)
    if meeting.started_at is None:
        raise MeetingsError("not_started")
    must_be(meeting, State.DRAFT, State.CALLED)
    return _hold(meeting, meeting.started_at, at, by=by)


@transaction.atomic
def note_times(meeting: Meeting, *, started_at: datetime, ended_at: datetime, now: datetime, by: By) -> Meeting:
    """When a session began and ended, noted afterwards; until its acta is closed, noted again.

    MeetingsError day_to_come or not_yet_held after `now`, times_reversed, agreement_due_before.
    """
    meeting = locked(meeting)
    _must_have_passed(ended_at, now)
    _must_precede_agreements(meeting, started_at)
    return _hold(meeting, started_at, ended_at, by=by)


def _must_have_passed(ended_at: datetime, now: datetime) -> None:
    if timezone.localdate(ended_at) > timezone.localdate(now):
        raise MeetingsError("day_to_come")
    if ended_at > now:
        raise MeetingsError("not_yet_held")


def _must_precede_agreements(meeting: Meeting, started_at: datetime) -> None:
    alive = meeting.agreements.exclude(state=AgreementState.DROPPED)
    before = alive.filter(due_on__lt=timezone.localdate(started_at)).order_by("due_on").first()
    if before is not None:
        raise MeetingsError("agreement_due_before", due_on=short_date(before.due_on))


def _hold(meeting: Meeting, started_at: datetime, ended_at: datetime, *, by: By) -> Meeting:
    is_again, day = meeting.state == State.HELD, day_of(meeting)
    state = next_state(meeting, "correct_times" if is_again else "hold")
    if ended_at < started_at:
        raise MeetingsError("times_reversed")
    meeting.state, meeting.started_at, meeting.ended_at = state, started_at, ended_at
    meeting.save(update_fields=["state", "started_at", "ended_at"])
    _count_of(meeting, since=day)
    audit.record("meeting.times_corrected" if is_again else "meeting.held", on=meeting, by=by)
    return meeting


def _count_of(meeting: Meeting, *, since: date) -> None:
    """Who is expected and counts depends on the day: a quorum of another day than `since` is declared again."""
    expect_members(meeting)
    if day_of(meeting) != since:
        _forget_quorum(meeting)


@transaction.atomic
def take_attendance(meeting: Meeting, marks: Mapping[int, Noted], *, by: By) -> Meeting:
    """Note who came, by the id of each line of the list. A declared quorum no longer holds: it is declared again."""
    meeting = locked(meeting)
    must_be(meeting, *OPEN)
    expect_members(meeting)
    for person in meeting.attendances.filter(pk__in=list(marks)):
        _note(person, marks[person.pk])
    _forget_quorum(meeting)
    audit.record("attendance.taken", on=meeting, by=by, data={"people": len(marks)})
    return meeting


def _note(person: Attendance, noted: Noted) -> None:
    came = Mark(noted.mark) == Mark.CAME
    if came and noted.represented_by.strip():
        raise MeetingsError("represented_came")
    person.came, person.excused = came, noted.mark == Mark.EXCUSED
    person.represented_by = noted.represented_by.strip()
    person.save(update_fields=["came", "excused", "represented_by"])


def _forget_quorum(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(**UNSTATED, quorum_note="", quorum_stated_at=None)
    meeting.quorum_stated_at = None


@transaction.atomic
def state_quorum(meeting: Meeting, *, note: str, at: datetime, by: By) -> Meeting:
    """Declare how many of how many are present, and whether that is a quorum. Without one, the note says what was done.

    MeetingsError quorum_not_needed, attendance_missing or quorum_note_missing.
    """
    meeting = locked(meeting)
    must_be(meeting, *OPEN)
    found = quorum_now(meeting)
    if found is None or not asks_quorum(meeting):
        raise MeetingsError("quorum_not_needed")
    unmarked = meeting.attendances.filter(came=None).count()
    if unmarked:
        raise MeetingsError("attendance_missing", count=unmarked)
    if not found.is_met and not note.strip():
        raise MeetingsError("quorum_note_missing")
    meeting.quorum_present, meeting.quorum_total = found.present, found.total
    meeting.quorum_needed, meeting.quorum_met = found.needed, found.is_met
    meeting.quorum_note, meeting.quorum_stated_at = note.strip(), at
    meeting.save(update_fields=[*UNSTATED, "quorum_note", "quorum_stated_at"])
    audit.record("quorum.stated", on=meeting, by=by, data={"present": found.present, "total": found.total})
    return meeting
