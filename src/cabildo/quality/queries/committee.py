"""Stage 2 of a cycle: who is in its committee, what was held, declared and published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cabildo.accounts.access import roles_with
from cabildo.accounts.models import Department, Membership
from cabildo.accounts.queries import in_force
from cabildo.documents.models import Document
from cabildo.documents.queries import kept_documents_of
from cabildo.meetings.choices import Role, State
from cabildo.meetings.models import Meeting, Member
from cabildo.quality.choices import QualityPermission, Scope
from cabildo.quality.models import Committee, Counterpart, Cycle, FollowUp, GoodPractice, InterventionMethod

MAYOR = "mayor"
HELD = (State.HELD, State.MINUTED, State.SIGNED)


@dataclass(frozen=True)
class Formation:
    """The committee of a cycle on a day: its decree's file, who sits in it, who sat, and what the law asks of them."""

    cycle: Cycle
    committee: Committee | None
    papers: tuple[Document, ...]
    members: tuple[Member, ...]
    former: tuple[Member, ...]
    counterparts: tuple[Counterpart, ...]
    roles: Mapping[int, frozenset[str]]

    @property
    def chair(self) -> Member | None:
        return next((one for one in self.members if one.role == Role.CHAIR), None)

    @property
    def is_led_by_mayor(self) -> bool:
        return self.chair is not None and MAYOR in self.roles.get(self.chair.user_id or 0, ())

    @property
    def left_out(self) -> list[Counterpart]:
        """Counterparts in force who have no seat."""
        seated = {one.user_id for one in self.members}
        return [one for one in self.counterparts if one.user_id not in seated]

    @property
    def without_role(self) -> list[Member]:
        """Members who cannot answer in the programme: no account, or no role that lets them."""
        able = roles_with(QualityPermission.ANSWER)
        return [one for one in self.members if not able & self.roles.get(one.user_id or 0, frozenset())]


def formation_of(cycle: Cycle, today: date | None = None) -> Formation:
    """Five queries, however many members there are."""
    day = today or timezone.localdate()
    committee = Committee.objects.filter(cycle=cycle).select_related("body", "launch").first()
    seats: list[Member] = list(committee.body.members.select_related("user", "requester")) if committee else []
    members = tuple(one for one in seats if one.starts_on <= day and (not one.ends_on or one.ends_on >= day))
    return Formation(
        cycle=cycle,
        committee=committee,
        papers=tuple(kept_documents_of(committee.body)) if committee else (),
        members=members,
        former=tuple(one for one in seats if one.ends_on and one.ends_on < day),
        counterparts=tuple(cycle.counterparts.filter(ended_on=None).select_related("user")),
        roles=_roles_of({one.user_id for one in members if one.user_id}, day),
    )


def _roles_of(users: set[int], day: date) -> dict[int, frozenset[str]]:
    held: dict[int, set[str]] = {}
    for user, role in Membership.objects.filter(in_force(day), user__in=users).values_list("user_id", "role"):
        held.setdefault(user, set()).add(role)
    return {user: frozenset(found) for user, found in held.items()}


def mayors(day: date) -> QuerySet[Membership]:
    """Who heads the municipality on a day."""
    return Membership.objects.filter(in_force(day), role=MAYOR, user__is_active=True).select_related("user")


@dataclass(frozen=True)
class Launch:
    """The event, how many were expected of it, how many came (expected or not), and of how many nothing is noted."""

    meeting: Meeting
    expected: int
    came: int
    unmarked: int

    @property
    def was_held(self) -> bool:
        return self.meeting.state in HELD


def launch_of(cycle: Cycle) -> Launch | None:
    """The launch, unless it was called off. Two queries."""
    committee = Committee.objects.filter(cycle=cycle).select_related("launch").first()
    meeting = committee.launch if committee else None
    if meeting is None or meeting.state == State.CANCELLED:
        return None
    counted = meeting.attendances.aggregate(
        called=Count("pk", filter=Q(expected=True)),
        present=Count("pk", filter=Q(came=True)),
        unmarked=Count("pk", filter=Q(came=None)),
    )
    return Launch(meeting, counted["called"], counted["present"], counted["unmarked"])


def methods_of(cycle: Cycle) -> dict[str, InterventionMethod]:
    """How each stage is run, by stage. Two queries."""
    return {one.stage: one for one in cycle.methods.prefetch_related("departments")}


def follow_ups_of(cycle: Cycle, scope: Scope) -> list[FollowUp]:
    return list(cycle.follow_ups.filter(scope=scope).select_related("reviewer"))


def departments_here() -> list[Department]:
    """The departments that work today, by name."""
    return list(Department.objects.filter(is_active=True))


def practices_of(cycle: Cycle) -> QuerySet[GoodPractice]:
    """Registered in the cycle, the drafts first."""
    return cycle.practices.select_related("department", "contact").order_by("published_on", "pk")


def published_practices() -> QuerySet[GoodPractice]:
    """What every official of the municipality may read."""
    found = GoodPractice.objects.exclude(published_on=None)
    return found.select_related("department", "contact", "published_by", "cycle")
