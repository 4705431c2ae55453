"""Who is enrolled, which line stands, what levelling is due; and what an agency sees of all its municipalities.

The municipalities of an agency are named here and nowhere else: `accepted_ids` is the list that its desk enters.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from cabildo.accounts.models import Agency
from cabildo.accounts.scoping import current_municipality
from cabildo.db.folded import matching
from cabildo.kit.workdays import Calendar, chile
from cabildo.quality.choices import EnrolmentState, Line
from cabildo.quality.models import Cycle, Enrolment, LevellingActivity, LineDecision
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.choices import OPEN_RUNS, RunState, StageState
from cabildo.workflow.processes.models import ProcessRun, StageRun
from cabildo.workflow.processes.queries import Standing

ON_CYCLE = Cycle._meta.label_lower
YEARS_BACK, YEARS_AHEAD = 20, 12
STATES = {
    EnrolmentState.ACCEPTED: Q(accepted_on__isnull=False),
    EnrolmentState.DECLINED: Q(declined_on__isnull=False),
    EnrolmentState.INVITED: Q(accepted_on__isnull=True, declined_on__isnull=True),
}
TO_CONFIRM = "por-confirmar"


# -- in a municipality ------------------------------------------------------------------------------------------------


def enrolment_here() -> Enrolment | None:
    """The place of the municipality of the scope in the programme."""
    found = Enrolment.objects.filter(municipality=current_municipality())
    return found.select_related("agency", "validating_agency", "professional", "answered_by").first()


def line_decisions(cycle: Cycle) -> list[LineDecision]:
    """Every decision about the line of a cycle, the last first. One query."""
    return list(LineDecision.objects.filter(cycle=cycle).select_related("by").order_by("-pk"))


def standing_decision(cycle: Cycle) -> LineDecision | None:
    """The decision in force: the last one, if it is about the diagnosis as it was closed. One query."""
    return in_force(cycle, line_decisions(cycle))


def standing_decisions(cycles: Iterable[Cycle]) -> dict[int, LineDecision | None]:
    """Cycle -> the decision in force about its line. One query."""
    cycles, found = list(cycles), defaultdict(list)
    for decision in LineDecision.objects.filter(cycle__in=cycles).order_by("-pk"):
        found[decision.cycle_id].append(decision)
    return {cycle.pk: in_force(cycle, found[cycle.pk]) for cycle in cycles}


def in_force(cycle: Cycle, decisions: list[LineDecision]) -> LineDecision | None:
    """Of these, the last first, the one that stands: opening the diagnosis again leaves none."""
    diagnosis, last = cycle.diagnosis, next(iter(decisions), None)
    if last is None or diagnosis is None or diagnosis.closed_at is None or last.diagnosis_id != diagnosis.pk:
        return None
    return last if last.at >= diagnosis.closed_at else None


def levelling_of(cycle: Cycle) -> list[LevellingActivity]:
    """The activities before the diagnosis is repeated, of the diagnosis that asked for them."""
    return list(LevellingActivity.objects.filter(cycle=cycle, diagnosis=cycle.diagnosis_id))


# -- at an agency's desk ----------------------------------------------------------------------------------------------


def _of(agency: Agency) -> Q:
    """Those that it runs the programme for, and those that it validates once they take part."""
    return Q(agency=agency) | Q(validating_agency=agency, accepted_on__isnull=False)


def enrolments_of(agency: Agency) -> QuerySet[Enrolment]:
    """The municipalities of an agency, whatever they answered; of those that did not accept, only this is known."""
    found = Enrolment.objects.with_scopes_disabled().filter(_of(agency))
    return found.select_related("municipality", "agency", "validating_agency", "professional", "answered_by")


def accepted_ids(agency: Agency) -> list[int]:
    """The municipalities whose cycles the agency may see: the list that its desk enters."""
    return list(enrolments_of(agency).exclude(accepted_on=None).values_list("municipality_id", flat=True))


def taken_ids(agency: Agency) -> list[int]:
    """Municipalities that this agency cannot invite: enrolled already, here or with another; who said no is free."""
    everywhere = Enrolment.objects.with_scopes_disabled()
    return list(everywhere.exclude(agency=agency, declined_on__isnull=False).values_list("municipality_id", flat=True))


def with_standing(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Each with `stage` and `line` of its open cycle, as far as the scope reaches; null outside it."""
    place = OuterRef("municipality_id")
    stages = StageRun.objects.filter(municipality_id=place, run__on_type=ON_CYCLE, run__state__in=OPEN_RUNS)
    now = stages.exclude(state=StageState.CLOSED).order_by("-run_id", "position")
    decided = LineDecision.objects.filter(municipality_id=place, cycle__closed_on=None, replaced_by=None)
    return enrolments.annotate(
        stage=Subquery(now.values("code")[:1]), line=Subquery(decided.order_by("-pk").values("line")[:1])
    )


@dataclass(frozen=True)
class Asked:
    """What a list of municipalities is narrowed to; empty values ask for nothing. `late` are those that are."""

    words: str = ""
    region: str = ""
    line: str = ""
    stage: str = ""
    state: str = ""
    professional: str = ""
    late: frozenset[int] | None = None


def narrowed(enrolments: QuerySet[Enrolment], asked: Asked) -> QuerySet[Enrolment]:
    """Those that match; the rows carry `stage` and `line`."""
    enrolments = enrolments.filter(matching(asked.words, "municipality__name"))
    if asked.region:
        enrolments = enrolments.filter(municipality__commune_code__startswith=asked.region)
    if asked.line:
        is_open = Q(line__isnull=True, accepted_on__isnull=False)
        enrolments = enrolments.filter(is_open if asked.line == TO_CONFIRM else Q(line=asked.line))
    if asked.stage:
        enrolments = enrolments.filter(Q(stage=asked.stage))
    if asked.state:
        enrolments = enrolments.filter(STATES[EnrolmentState(asked.state)])
    if asked.professional:
        enrolments = enrolments.filter(professional_id=int(asked.professional))
    return enrolments if asked.late is None else enrolments.filter(municipality_id__in=asked.late)


def cycle_runs() -> QuerySet[ProcessRun]:
    """The open processes of cycles in the scope."""
    return processes.runs().filter(on_type=ON_CYCLE, state__in=OPEN_RUNS)


def standings(municipality_ids: list[int], today: date) -> dict[int, Standing]:
    """How the open cycle of each of these municipalities stands. Two queries."""
    runs = cycle_runs().filter(municipality_id__in=municipality_ids)
    return {one.run.municipality_id: one for one in processes.standings(runs, today, national_calendar(today))}


def left_on(municipality_ids: list[int]) -> dict[int, date]:
    """Of these municipalities, those whose open cycle left the programme, and since when. One query."""
    same = {"municipality": OuterRef("municipality"), "on_type": ON_CYCLE, "on_id": OuterRef("on_id")}
    goes_on = ProcessRun.objects.filter(**same).exclude(state=RunState.WITHDRAWN)
    number = Cast(OuterRef("on_id"), IntegerField())
    is_open = Cycle.objects.filter(municipality=OuterRef("municipality"), closed_on=None, number=number)
    found = ProcessRun.objects.filter(on_type=ON_CYCLE, state=RunState.WITHDRAWN, municipality_id__in=municipality_ids)
    left = found.filter(Exists(is_open), ~Exists(goes_on)).order_by("ended_on")
    return {place: day for place, day in left.values_list("municipality_id", "ended_on") if day is not None}


def late_standings(today: date) -> list[Standing]:
    """The cycles of the scope whose stage is past its day, the latest first. Two queries."""
    return processes.late_runs(cycle_runs(), today, national_calendar(today))


def national_calendar(today: date) -> Calendar:
    """The days that count in the whole country: an agency sets aside the holidays of each municipality."""
    return chile(range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1))


def lines() -> list[tuple[str, str]]:
    """The lines as a filter offers them."""
    return [(str(value), str(label)) for value, label in Line.choices]
