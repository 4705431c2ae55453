"""Who belongs to a body on a day, who is on a meeting's list, and how does a meeting stand?"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from cabildo.accounts.queries import in_force
from cabildo.meetings.choices import State
from cabildo.meetings.models import AgendaItem, Agreement, Attendance, Body, Call, Meeting, Member, Minute
from cabildo.meetings.rules import closing, timing
from cabildo.meetings.rules.attendance import Seen
from cabildo.meetings.rules.quorum import Basis, Quorum, Seat, quorum


def day_of(meeting: Meeting) -> date:
    """The day that decides who counts: that of its real start, else of the planned one."""
    return timezone.localdate(meeting.begins_at)


def may_begin(meeting: Meeting) -> bool:
    return meeting.started_at is None and meeting.state in (State.DRAFT, State.CALLED)


def was_called(meeting: Meeting) -> bool:
    """Was anybody called to it from here? One query."""
    return Call.objects.filter(attendance__meeting=meeting).exists()


def members_on(body: Body, day: date) -> QuerySet[Member]:
    """Who has a seat in a body on a day."""
    return body.members.filter(in_force(day)).select_related("user", "requester")


def overlapping(body: Body, starts_on: date, ends_on: date | None) -> QuerySet[Member]:
    """The seats of a body that share a day with a period."""
    found = body.members.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    found = found.filter(starts_on__lte=ends_on) if ends_on else found
    return found.select_related("user", "requester")


def listed(meeting: Meeting) -> QuerySet[Attendance]:
    """The list of a meeting: first who was expected."""
    people = meeting.attendances.select_related("user", "requester", "member").prefetch_related("calls")
    return people.order_by("-expected", "pk")


def items_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    return meeting.items.select_related("minute", "minute__changed_by")


def next_position(meeting: Meeting) -> int:
    last: int = meeting.items.aggregate(last=Max("position"))["last"] or 0
    return last + 1


def next_agreement(meeting: Meeting) -> int:
    last: int = Agreement.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    return last + 1


def agreements_of_meeting(meeting: Meeting) -> QuerySet[Agreement]:
    return meeting.agreements.select_related("user", "department", "item", "meeting").order_by("number")


def asks_quorum(meeting: Meeting) -> bool:
    return meeting.body is not None and meeting.body.quorum_basis != Basis.NONE


def quorum_now(meeting: Meeting) -> Quorum | None:
    """The quorum by what is noted at present; None when the meeting has no body. Two queries."""
    body = meeting.body
    if body is None:
        return None
    present = {
        person.member_id
        for person in meeting.attendances.exclude(member=None)
        if person.came or (body.counts_representatives and person.represented_by)
    }
    seats = [
        Seat(member.starts_on, member.ends_on, member.has_voice, member.pk in present) for member in body.members.all()
    ]
    return quorum(body.quorum_rule, seats, day_of(meeting))


def seen(people: Iterable[Attendance]) -> list[Seen]:
    return [Seen(person.sector, person.sex, person.expected, person.came) for person in people]


def gaps(meeting: Meeting) -> tuple[closing.Gap, ...]:
    """What is missing to close the acta. Two queries."""
    draft = closing.Draft(
        attendance=list(meeting.attendances.values_list("came", flat=True)),
        asks_quorum=asks_quorum(meeting),
        quorum_stated=meeting.quorum_stated_at is not None,
        items=[(item.title, minute_of(item).text) for item in items_of(meeting)],
    )
    return closing.gaps(draft)


def minute_of(item: AgendaItem) -> Minute:
    """What was written on a point; an empty one, not stored, while nothing was."""
    stored: Minute | None = getattr(item, "minute", None)
    return stored or Minute(municipality_id=item.municipality_id, item=item)


def durations_of(meeting: Meeting, items: Iterable[AgendaItem], now: datetime) -> timing.Durations:
    planned = (meeting.planned_start_at, meeting.planned_end_at)
    return timing.durations(planned, [item.minutes for item in items], meeting.started_at, meeting.ended_at, now)
