"""Which consultancy accompanies whom, who visits, and how the visits of a cycle stand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from cabildo.accounts.models import Agency, Membership, User
from cabildo.accounts.queries import same_person
from cabildo.db.folded import matching
from cabildo.documents.models import Document
from cabildo.documents.queries import documents_of_all
from cabildo.quality.models import (
    Consultancy,
    ConsultancyMember,
    ConsultancyPlace,
    Cycle,
    Validator,
    Visit,
)
from cabildo.quality.queries.cycles import run_of
from cabildo.workflow.processes.models import TaskRun

ROLE, VALIDATOR = "consultant", "validator"
RUNNING, ENDED = "vigentes", "terminadas"


def consultancies_of(agency: Agency, *, words: str = "", state: str = "") -> QuerySet[Consultancy]:
    """The contracts of an agency; `state` asks for those under way or those that ended."""
    found = Consultancy.objects.filter(matching(words, "firm", "tender_number", "contract_number"), agency=agency)
    return found.filter(ended_on__isnull=state == RUNNING) if state else found


def members_of(consultancy: Consultancy) -> list[ConsultancyMember]:
    """Everybody who is or was of the firm, those in force first. One query."""
    found = consultancy.members.select_related("user")
    return sorted(found, key=lambda one: (one.ended_on is not None, str(one.user), one.pk))


def people_in_force(consultancy: Consultancy) -> list[User]:
    return [one.user for one in members_of(consultancy) if one.ended_on is None]


def is_consultant(user: User) -> bool:
    """Is this person, with any of their accounts, of a consultancy under way?"""
    return ConsultancyMember.objects.filter(user_id__in=same_person(user), ended_on=None).exists()


def is_validator(user: User, today: date) -> bool:
    """Is this person, with any of their accounts, in a register of validators?"""
    return Validator.objects.filter(user_id__in=same_person(user), valid_until__gte=today).exists()


def validated_here(user: User) -> bool:
    """Was this person ever sent to validate the municipality of the scope?"""
    return Membership.objects.filter(user_id__in=same_person(user), role=VALIDATOR).exists()


@dataclass(frozen=True)
class Covered:
    """A municipality of a contract, and the visits made to it, with the days that they took."""

    place: ConsultancyPlace
    held: int
    days: Decimal
    papers: tuple[Document, ...]


def covered_by(consultancy: Consultancy) -> list[Covered]:
    """The municipalities of the scope, by name, those that left too. Three queries."""
    found = list(
        ConsultancyPlace.objects.filter(consultancy=consultancy)
        .select_related("municipality", "consultancy")
        .order_by("municipality__name", "pk")
    )
    held = Visit.objects.filter(place__in=found).exclude(held_on=None).order_by().values("place")
    counted = {row["place"]: row for row in held.annotate(many=Count("pk"), days=Sum("effort_days"))}
    papers: dict[str, list[Document]] = {str(one.pk): [] for one in found}
    for document in documents_of_all(found).filter(erased_at=None):
        papers[document.owner_id].append(document)
    nothing = {"many": 0, "days": Decimal(0)}
    return [
        Covered(
            one, counted.get(one.pk, nothing)["many"], counted.get(one.pk, nothing)["days"], tuple(papers[str(one.pk)])
        )
        for one in found
    ]


def everywhere(consultancy: Consultancy) -> QuerySet[ConsultancyPlace]:
    """Every municipality that the contract covers today, whatever the scope: the agency acts in each, one by one."""
    found: QuerySet[ConsultancyPlace] = ConsultancyPlace.objects.with_scopes_disabled()
    return found.filter(consultancy=consultancy, ended_on=None).select_related("municipality").order_by("pk")


def place_here() -> ConsultancyPlace | None:
    """Who accompanies the municipality of the scope today."""
    return ConsultancyPlace.objects.filter(ended_on=None).select_related("consultancy__agency").first()


def place_of(cycle: Cycle) -> ConsultancyPlace | None:
    """Who accompanies the municipality today; of a cycle that ended, who made its last visit."""
    if cycle.closed_on is None:
        return place_here()
    visits = Visit.objects.filter(cycle=cycle).select_related("place__consultancy__agency")
    last = visits.order_by("-number").first()
    return last.place if last else None


def municipalities_of(user: User) -> list[ConsultancyPlace]:
    """Those whom this person accompanies today, wherever they are: their own page names them, and no other does."""
    everywhere = ConsultancyPlace.objects.with_scopes_disabled().filter(ended_on=None)
    mine = everywhere.filter(consultancy__members__user=user, consultancy__members__ended_on=None)
    return list(mine.select_related("municipality", "consultancy").order_by("municipality__name", "pk"))


@dataclass(frozen=True)
class PlannedVisit:
    """A visit that the process asks for, by its number, and what was written of it."""

    number: int
    task: TaskRun
    visit: Visit | None
    papers: tuple[Document, ...] = ()

    @property
    def is_held(self) -> bool:
        return self.visit is not None and self.visit.held_on is not None

    @property
    def is_late(self) -> bool:
        return not self.is_held and self.task.due_on < timezone.localdate()


def visits_of(cycle: Cycle) -> list[PlannedVisit]:
    """The visits of the process of a cycle, in order. Four queries."""
    run = run_of(cycle)
    if run is None:
        return []
    tasks = TaskRun.objects.filter(stage__run=run, is_visit=True).order_by("stage__position", "position")
    written = {one.task_id: one for one in Visit.objects.filter(cycle=cycle).select_related("place__consultancy")}
    papers: dict[str, list[Document]] = {}
    for document in documents_of_all(list(written.values())).filter(erased_at=None):
        papers.setdefault(document.owner_id, []).append(document)
    return [_planned(number, task, written.get(task.pk), papers) for number, task in enumerate(tasks, start=1)]


def _planned(number: int, task: TaskRun, visit: Visit | None, papers: dict[str, list[Document]]) -> PlannedVisit:
    return PlannedVisit(number, task, visit, tuple(papers.get(str(visit.pk), ())) if visit else ())


def visit_counts(municipality_ids: list[int]) -> dict[int, int]:
    """Municipality → visits held in its open cycle, in the scope. One query."""
    held = Visit.objects.filter(Q(municipality__in=municipality_ids, cycle__closed_on=None)).exclude(held_on=None)
    return dict(held.order_by().values_list("municipality").annotate(many=Count("pk")))
