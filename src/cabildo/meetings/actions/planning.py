"""How is a meeting planned, changed, called and cancelled?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.meetings import messages
from cabildo.meetings.actions.bodies import By, Who
from cabildo.meetings.actions.steps import locked, must_be, next_state
from cabildo.meetings.choices import CallChannel, Role, Sector, State
from cabildo.meetings.errors import MeetingsError
from cabildo.meetings.models import AgendaItem, Attendance, Body, Call, Meeting, Member
from cabildo.meetings.queries.sessions import day_of, listed, members_on, next_position
from cabildo.ui.spanish import short_date
from cabildo.workflow.actions import take_number

OPEN = (State.DRAFT, State.CALLED, State.HELD)
COPIED = ("user", "requester", "name", "organisation", "email", "role", "sector", "sex")


@dataclass(frozen=True)
class Point:
    """A point of the agenda, with the minutes it may take."""

    title: str
    minutes: int = 10
    presenter: str = ""


@transaction.atomic
def plan_meeting(
    *,
    title: str,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    by: By,
    body: Body | None = None,
    agenda: Sequence[Point] = (),
    **more: Any,
) -> Meeting:
    """A meeting in preparation, numbered, with the members of its body on its list.

    `more`: place, link, on_type, on_id; without the last two a meeting takes those of its body. MeetingsError
    times_reversed, no_place, body_not_begun or body_ended.
    """
    planned = {"planned_start_at": starts_at, "planned_end_at": ends_at, **more}
    _must_be_possible(body, planned)
    owner = {"on_type": body.on_type, "on_id": body.on_id} if body else {}
    year = timezone.localtime(starts_at).year
    meeting = Meeting.objects.create(
        municipality=current_municipality(),
        body=body,
        number=take_number("meetings", year),
        year=year,
        title=title,
        kind=kind,
        created_by=by if isinstance(by, User) else None,
        **{**owner, **planned},
    )
    for position, point in enumerate(agenda, start=1):
        _add(meeting, point, position)
    expect_members(meeting)
    audit.record("meeting.planned", on=meeting, by=by, data={"body": body.pk if body else None, "kind": kind})
    return meeting


def _must_be_possible(body: Body | None, planned: dict[str, Any]) -> None:
    if planned["planned_end_at"] <= planned["planned_start_at"]:
        raise MeetingsError("times_reversed")
    if not (planned.get("place") or planned.get("link")):
        raise MeetingsError("no_place")
    day = timezone.localdate(planned["planned_start_at"])
    if body and day < body.starts_on:
        raise MeetingsError("body_not_begun", starts_on=short_date(body.starts_on))
    if body and body.ends_on and day > body.ends_on:
        raise MeetingsError("body_ended", ends_on=short_date(body.ends_on))


def expect_members(meeting: Meeting) -> None:
    """The list holds who has a seat on the day of the meeting: who entered is added, who left and has no mark goes."""
    if meeting.body is None:
        return
    members = list(members_on(meeting.body, day_of(meeting)))
    gone = meeting.attendances.filter(came=None).exclude(member=None).exclude(member__in=members)
    gone.delete()
    known = set(meeting.attendances.exclude(member=None).values_list("member_id", flat=True))
    Attendance.objects.bulk_create([_expected(meeting, member) for member in members if member.pk not in known])


def _expected(meeting: Meeting, member: Member) -> Attendance:
    copied = {name: getattr(member, name) for name in COPIED}
    return Attendance(municipality=meeting.municipality, meeting=meeting, member=member, **copied)


@transaction.atomic
def change_plan(meeting: Meeting, *, by: By, **changes: Any) -> Meeting:
    """Change when, where or what. A meeting already called goes back to preparation: people must be called again."""
    meeting = locked(meeting)
    meeting.state = next_state(meeting, "change_plan")
    for name, value in changes.items():
        setattr(meeting, name, value)
    planned = ("planned_start_at", "planned_end_at", "place", "link")
    _must_be_possible(meeting.body, {name: getattr(meeting, name) for name in planned})
    meeting.save(update_fields=["state", *changes])
    expect_members(meeting)
    audit.record("meeting.changed", on=meeting, by=by, data={"fields": sorted(changes)})
    return meeting


@transaction.atomic
def add_point(meeting: Meeting, point: Point, *, by: By) -> AgendaItem:
    """One more point, the last. During the session too: what was not on the agenda is added as it comes."""
    meeting = locked(meeting)
    must_be(meeting, *OPEN)
    item = _add(meeting, point, next_position(meeting))
    audit.record("agenda_item.added", on=item, by=by, data={"meeting": meeting.pk})
    return item


def _add(meeting: Meeting, point: Point, position: int) -> AgendaItem:
    values = {"title": point.title, "minutes": point.minutes, "presenter": point.presenter}
    item: AgendaItem = AgendaItem.objects.create(
        municipality=meeting.municipality, meeting=meeting, position=position, **values
    )
    return item


@transaction.atomic
def remove_point(item: AgendaItem, *, by: By) -> None:
    """Take a point away while the meeting is being prepared."""
    must_be(locked(item.meeting), State.DRAFT, State.CALLED)
    audit.record("agenda_item.removed", on=item, by=by, data={"meeting": item.meeting_id})
    item.delete()


@transaction.atomic
def raise_point(item: AgendaItem, *, by: By) -> None:
    """Put a point before the one above it."""
    meeting = locked(item.meeting)
    must_be(meeting, State.DRAFT, State.CALLED)
    order = list(meeting.items.all())
    place = order.index(item)
    if place:
        order.insert(place - 1, order.pop(place))
    for position, one in enumerate(order, start=1):
        AgendaItem.objects.filter(pk=one.pk).update(position=position)
    audit.record("agenda_item.raised", on=item, by=by, data={"meeting": meeting.pk})


@transaction.atomic
def invite(meeting: Meeting, who: Who, *, by: By, role: str = Role.MEMBER, expected: bool = True) -> Attendance:
    """Put somebody who has no seat on the list: expected, or a guest who just came and is marked present."""
    meeting = locked(meeting)
    must_be(meeting, *OPEN)
    person = who.fields(by=by)
    _must_be_new(meeting, person)
    guest: Attendance = Attendance.objects.create(
        municipality=meeting.municipality,
        meeting=meeting,
        role=role,
        expected=expected,
        came=None if expected else True,
        **person,
    )
    audit.record("attendance.added", on=guest, by=by, data={"meeting": meeting.pk, "expected": expected})
    return guest


@transaction.atomic
def expect_all(meeting: Meeting, users: Iterable[User], *, by: By) -> int:
    """Put these officials on the list, those who are not there yet; how many were added. Three queries."""
    meeting = locked(meeting)
    must_be(meeting, *OPEN)
    listed_already = set(meeting.attendances.values_list("user_id", flat=True))
    added = [
        Attendance(municipality=meeting.municipality, meeting=meeting, user=user, sector=Sector.MUNICIPAL)
        for user in users
        if user.pk not in listed_already
    ]
    Attendance.objects.bulk_create(added)
    audit.record("attendance.added_many", on=meeting, by=by, data={"people": len(added)})
    return len(added)


def _must_be_new(meeting: Meeting, person: dict[str, Any]) -> None:
    for other in listed(meeting):
        same_account = person["user"] and other.user == person["user"]
        same_record = person["requester"] and other.requester == person["requester"]
        if same_account or same_record or (person["name"] and other.name.casefold() == person["name"].casefold()):
            raise MeetingsError("already_listed", name=other.full_name)


@transaction.atomic
def call(meeting: Meeting, people: Iterable[Attendance], *, channel: str, by: By) -> list[Call]:
    """Call people in one way. By mail a message with the agenda leaves after commit; letter and telephone are noted.

    MeetingsError agenda_empty, nobody_to_call, or no_address for somebody without mail.
    """
    meeting = locked(meeting)
    state = next_state(meeting, "call")
    if not meeting.items.exists():
        raise MeetingsError("agenda_empty")
    asked = {person.pk for person in people}
    chosen = [person for person in listed(meeting) if person.pk in asked]
    if not chosen:
        raise MeetingsError("nobody_to_call")
    calls = [_call(person, channel, by) for person in chosen]
    meeting.state = state
    meeting.save(update_fields=["state"])
    if channel == CallChannel.MAIL:
        messages.tell_called(meeting, calls)
    data = {"channel": channel, "people": sorted(person.pk for person in chosen)}
    audit.record("meeting.called", on=meeting, by=by, data=data)
    return calls


def _call(person: Attendance, channel: str, by: By) -> Call:
    if channel == CallChannel.MAIL and not person.mail_address:
        raise MeetingsError("no_address", name=person.full_name)
    caller = by if isinstance(by, User) else None
    made: Call = Call.objects.create(
        municipality=person.municipality, attendance=person, channel=channel, at=timezone.now(), by=caller
    )
    return made


@transaction.atomic
def cancel(meeting: Meeting, *, reason: str, by: By) -> Meeting:
    """It will not be held. Whoever was called is told by mail, with the reason."""
    meeting = locked(meeting)
    was_called = meeting.state == State.CALLED
    meeting.state = next_state(meeting, "cancel", reason=reason)
    meeting.reason = reason.strip()
    meeting.save(update_fields=["state", "reason"])
    if was_called:
        messages.tell_cancelled(meeting)
    audit.record("meeting.cancelled", on=meeting, by=by)
    return meeting
