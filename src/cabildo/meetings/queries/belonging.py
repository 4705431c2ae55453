"""What does a person belong to, and what do they steer?"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cabildo.accounts.queries import active_roles, department_ids, in_force, same_person
from cabildo.meetings.choices import Role
from cabildo.meetings.models import Agreement, Attendance, Body, Meeting, Member

STEERING = (Role.CHAIR, Role.SECRETARY)


def acting_as(user: Any) -> frozenset[int]:
    """The accounts for which this person acts today: their own, and those of whom they stand in for."""
    absent = {role.standing_in_for for role in active_roles(user) if role.standing_in_for}
    return same_person(user) | absent


def seats_of(user: Any) -> QuerySet[Member]:
    """The seats this person holds today."""
    return Member.objects.filter(in_force(timezone.localdate()), user__in=acting_as(user))


def bodies_of(user: Any) -> QuerySet[Body]:
    """Bodies in which this person has a seat today, and those they created."""
    return Body.objects.filter(Q(pk__in=seats_of(user).values("body")) | Q(created_by=user))


def bodies_steered_by(user: Any) -> QuerySet[Body]:
    """Bodies that this person chairs or keeps the minutes of today, or created."""
    led = seats_of(user).filter(role__in=STEERING).values("body")
    return Body.objects.filter(Q(pk__in=led) | Q(created_by=user))


def meetings_of(user: Any) -> QuerySet[Meeting]:
    """Meetings of those bodies, those to whose list this person belongs, and those they planned."""
    listed = Attendance.objects.filter(user__in=acting_as(user)).values("meeting")
    bodies = bodies_of(user).values("pk")
    return Meeting.objects.filter(Q(body__in=bodies) | Q(pk__in=listed) | Q(created_by=user))


def answered_by(user: Any) -> Q:
    """The agreements for which this person answers, alone or with their department."""
    return Q(user__in=acting_as(user)) | Q(user=None, department__in=department_ids(user))


def agreements_of(user: Any) -> QuerySet[Agreement]:
    """Those of the meetings of this person, and those they answer for."""
    return Agreement.objects.filter(answered_by(user) | Q(meeting__in=meetings_of(user).values("pk")))


def is_steered_by(user: Any, thing: Any) -> bool:
    """Did this person create a body or a meeting, or chair or keep the minutes of its body today?

    What hangs from a body (a member) or from a meeting (a point, an acta, an agreement) follows it.
    """
    if isinstance(thing, Body):
        return bodies_steered_by(user).filter(pk=thing.pk).exists()
    if isinstance(thing, Meeting):
        return thing.created_by_id == user.pk or (thing.body is not None and is_steered_by(user, thing.body))
    return is_steered_by(user, thing.body if isinstance(thing, Member) else thing.meeting)


def answers_for(user: Any, agreement: Agreement) -> bool:
    """Is it this person who must do what was agreed?"""
    return Agreement.objects.filter(answered_by(user), pk=agreement.pk).exists()
