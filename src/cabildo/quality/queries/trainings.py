"""Which trainings were given, whom each municipality sent, and how much of a committee is trained."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cabildo.accounts.models import Agency
from cabildo.db.folded import matching
from cabildo.documents.models import Document
from cabildo.documents.queries import documents_of_all
from cabildo.meetings.models import Member
from cabildo.quality.choices import TrainingKind
from cabildo.quality.models import (
    Committee,
    Counterpart,
    Cycle,
    LevellingRequest,
    Training,
    TrainingAttendance,
    TrainingPlace,
)

FIRST, SECOND = 2, 4  # the visits that may level: before the self-assessment, and before the plan
# who came to one of these is trained for what follows that visit
TRAINS_FOR = {FIRST: (TrainingKind.PROGRAMME, TrainingKind.LEVELLING), SECOND: (TrainingKind.PLAN,)}
COMING, HELD = "por-venir", "hechas"


def trainings_of(agency: Agency, *, words: str = "", kind: str = "", when: str = "") -> QuerySet[Training]:
    """What the agency gives; `when` asks for those to come (today's among them) or those over."""
    found = Training.objects.filter(matching(words, "title", "place", "trainers"), agency=agency)
    if kind:
        found = found.filter(kind=kind)
    today = timezone.localdate()
    over = Q(ends_on__lt=today)
    return found.filter(over if when == HELD else ~over) if when else found


@dataclass(frozen=True)
class Turnout:
    """The people of a training: expected, came, and of how many nothing is noted; from how many municipalities."""

    municipalities: int = 0
    expected: int = 0
    came: int = 0
    unmarked: int = 0


def turnouts(trainings: Iterable[Training]) -> dict[int, Turnout]:
    """Training → its people in the municipalities of the scope. Two queries."""
    ids = [one.pk for one in trainings]
    called = TrainingPlace.objects.filter(training__in=ids).order_by().values("training").annotate(many=Count("pk"))
    places = {row["training"]: row["many"] for row in called}
    people = TrainingAttendance.objects.filter(place__training__in=ids).order_by().values("place__training")
    counted = people.annotate(
        all_expected=Count("pk", filter=Q(is_expected=True)),
        all_who_came=Count("pk", filter=Q(came=True)),
        all_unmarked=Count("pk", filter=Q(came=None)),
    )
    found = {row.pop("place__training"): row for row in counted}
    return {pk: _turnout(many, found.get(pk, {})) for pk, many in places.items()}


def _turnout(municipalities: int, row: dict[str, int]) -> Turnout:
    counts = (row.get(name, 0) for name in ("all_expected", "all_who_came", "all_unmarked"))
    return Turnout(municipalities, *counts)


@dataclass(frozen=True)
class Called:
    """A municipality of a training with its people and its materials."""

    place: TrainingPlace
    attendances: tuple[TrainingAttendance, ...]
    materials: tuple[Document, ...]

    @property
    def came(self) -> int:
        return sum(one.came is True for one in self.attendances)

    @property
    def expected(self) -> int:
        return sum(one.is_expected for one in self.attendances)

    @property
    def unmarked(self) -> int:
        return sum(one.came is None for one in self.attendances)


def called_to(training: Training) -> list[Called]:
    """The municipalities of the scope that were called, by name. Three queries."""
    found = TrainingPlace.objects.filter(training=training)
    return _with_people(found.select_related("municipality", "training").order_by("municipality__name", "pk"))


def everywhere(training: Training) -> QuerySet[TrainingPlace]:
    """Every municipality that was called, whatever the scope: for what the agency does in each, one by one."""
    found: QuerySet[TrainingPlace] = TrainingPlace.objects.with_scopes_disabled().filter(training=training)
    return found.select_related("municipality", "training").order_by("pk")


def of_cycle(cycle: Cycle) -> list[Called]:
    """The trainings that its municipality was called to while it went on, the last first. Three queries."""
    found = TrainingPlace.objects.select_related("training__agency", "municipality")
    if cycle.previous_id is not None:
        found = found.filter(called_on__gte=cycle.opened_on)
    if cycle.closed_on is not None:
        found = found.filter(called_on__lt=cycle.closed_on)
    return _with_people(found.order_by("-training__starts_on", "-pk"))


def _with_people(places: QuerySet[TrainingPlace]) -> list[Called]:
    listed = list(places)
    people: dict[int, list[TrainingAttendance]] = {one.pk: [] for one in listed}
    related = ("member__user", "member__requester", "counterpart__user")
    for one in TrainingAttendance.objects.filter(place__in=listed).select_related(*related):
        people[one.place_id].append(one)
    papers: dict[str, list[Document]] = {str(one.pk): [] for one in listed}
    for document in documents_of_all(listed).filter(erased_at=None):
        papers[document.owner_id].append(document)
    return [Called(one, tuple(people[one.pk]), tuple(papers[str(one.pk)])) for one in listed]


def seats(cycle: Cycle, today: date) -> list[Member]:
    """Who sits in the committee of the cycle that day. Two queries."""
    committee = Committee.objects.filter(cycle=cycle).select_related("body").first()
    if committee is None:
        return []
    held = committee.body.members.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    return list(held.select_related("user", "requester"))


def people_of(cycle: Cycle, today: date) -> tuple[list[Member], list[Counterpart]]:
    """Whom a training expects of a municipality: its committee, and counterparts in force without a seat in it."""
    members = seats(cycle, today)
    seated = {one.user_id for one in members}
    counterparts = cycle.counterparts.filter(ended_on=None).select_related("user")
    return members, [one for one in counterparts if one.user_id not in seated]


@dataclass(frozen=True)
class Trained:
    """How much of a committee is trained, with both counts; a committee without members has no share."""

    trained: int
    members: int

    @property
    def is_enough(self) -> bool:
        """Half or more."""
        return self.members > 0 and self.trained * 2 >= self.members


def trained_of(cycle: Cycle, today: date, *, visit: int = FIRST) -> Trained:
    """The members of today who ever came to what the visit builds on, as the same person. Three queries."""
    came = TrainingAttendance.objects.filter(came=True, place__training__kind__in=TRAINS_FOR[visit])
    known = {_identity(one) for one in came.select_related("member", "counterpart")}
    members = seats(cycle, today)
    return Trained(sum(_who(one) in known for one in members), len(members))


def _identity(attendance: TrainingAttendance) -> tuple[str, Any]:
    counterpart: Any = attendance.counterpart
    return ("user", counterpart.user_id) if counterpart else _who(attendance.member)


def _who(member: Any) -> tuple[str, Any]:
    if member.user_id:
        return "user", member.user_id
    return ("requester", member.requester_id) if member.requester_id else ("name", member.name.casefold())


def levelling_requests(cycle: Cycle) -> dict[int, LevellingRequest]:
    """Visit → the levelling that was asked for in it."""
    return {one.visit: one for one in LevellingRequest.objects.filter(cycle=cycle).select_related("asked_by")}
