"""Who sees, leads and writes which bodies and meetings?"""

from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from cabildo.accounts.access import can, holds_everywhere, register_predicate
from cabildo.meetings.models import Acta, AgendaItem, Agreement, Attendance, Body, Meeting, Member
from cabildo.meetings.queries import belonging


class MeetingsPermission(StrEnum):
    """`attend` opens the pages, where a person finds the bodies and meetings they belong to; `view` shows them all."""

    ATTEND = "meetings.attend"
    VIEW = "meetings.view"
    LEAD = "meetings.lead"
    WRITE = "meetings.write"


def register() -> None:
    """Who sees all leads and writes all of them; the others, what they created or are chair or secretary of.

    What somebody may not see is not found at all: it needs no second question.
    """
    register_predicate(MeetingsPermission.ATTEND, lambda _user, _found: True, unless=sees_all)
    for permission in (MeetingsPermission.LEAD, MeetingsPermission.WRITE):
        register_predicate(permission, _may_steer, unless=sees_all)


def _may_steer(user: Any, thing: Any) -> bool:
    return sees_all(user) or belonging.is_steered_by(user, thing)


def sees_all(user: Any) -> bool:
    return holds_everywhere(user, MeetingsPermission.VIEW)


def visible_bodies(user: Any) -> QuerySet[Body]:
    return Body.objects.all() if sees_all(user) else belonging.bodies_of(user)


def steered_bodies(user: Any) -> QuerySet[Body]:
    """Those whose meetings this person may plan, if a role lets them lead at all."""
    return Body.objects.all() if sees_all(user) else belonging.bodies_steered_by(user)


def visible_meetings(user: Any) -> QuerySet[Meeting]:
    return Meeting.objects.all() if sees_all(user) else belonging.meetings_of(user)


def visible_agreements(user: Any) -> QuerySet[Agreement]:
    """Those of the meetings one sees, and those one answers for."""
    return Agreement.objects.all() if sees_all(user) else belonging.agreements_of(user)


def body_for(user: Any, body_id: int) -> Body:
    return _found(visible_bodies(user).filter(pk=body_id))


def member_for(user: Any, member_id: int) -> Member:
    members = Member.objects.filter(pk=member_id, body__in=visible_bodies(user).values("pk"))
    return _found(members.select_related("body", "user", "requester"))


def meeting_for(user: Any, meeting_id: int) -> Meeting:
    return _found(visible_meetings(user).filter(pk=meeting_id).select_related("body", "created_by"))


def item_for(user: Any, item_id: int) -> AgendaItem:
    items = AgendaItem.objects.filter(pk=item_id, meeting__in=visible_meetings(user).values("pk"))
    return _found(items.select_related("meeting__body"))


def attendance_for(user: Any, attendance_id: int) -> Attendance:
    found = Attendance.objects.filter(pk=attendance_id, meeting__in=visible_meetings(user).values("pk"))
    return _found(found.select_related("meeting__body", "user", "requester"))


def agreement_for(user: Any, agreement_id: int) -> Agreement:
    return _found(
        visible_agreements(user).filter(pk=agreement_id).select_related("meeting__body", "user", "department")
    )


def acta_for(user: Any, acta_id: int) -> Acta:
    found = Acta.objects.filter(pk=acta_id, meeting__in=visible_meetings(user).values("pk"))
    return _found(found.select_related("meeting__body"))


def may_read_meeting(user: Any, meeting_id: str) -> bool:
    """For the owners of documents: whoever sees a meeting reads its papers."""
    return _attends(user) and visible_meetings(user).filter(pk=meeting_id).exists()


def may_read_body(user: Any, body_id: str) -> bool:
    return _attends(user) and visible_bodies(user).filter(pk=body_id).exists()


def _attends(user: Any) -> bool:
    return can(user, MeetingsPermission.ATTEND)


def _found(rows: QuerySet) -> Any:
    row = rows.first()
    if row is None:
        raise Http404
    return row
