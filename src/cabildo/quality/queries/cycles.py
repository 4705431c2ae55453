"""Cycles, their process and the meeting of their diagnosis."""

from datetime import date

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from cabildo.accounts.models import Membership
from cabildo.accounts.queries import in_force
from cabildo.accounts.scoping import current_municipality
from cabildo.content import queries as packs
from cabildo.content.kinds import Adopted
from cabildo.content.models import PackVersion
from cabildo.instruments.models import Assessment
from cabildo.meetings.choices import Role as MeetingRole
from cabildo.meetings.choices import State
from cabildo.meetings.models import Meeting
from cabildo.quality.choices import Stage
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.choices import EventKind, RunState, StageState
from cabildo.workflow.processes.models import ProcessEvent, ProcessRun, StageRun

QUESTIONNAIRES = "questionnaires"
FIRST_GATE = "quality.diagnosis_answered"


def cycles() -> QuerySet[Cycle]:
    """Those of the municipality, the newest first, each with its diagnosis, and `left`: did it leave the programme?"""
    found = Cycle.objects.select_related("diagnosis__version__pack", "diagnosis__previous")
    return found.defer("diagnosis__version__body").annotate(left=leaving())


def leaving() -> Q:
    """The cycles that left the programme: they have a process, and every one of theirs is withdrawn."""
    runs = processes.runs_about(Cycle._meta.label_lower, Cast(OuterRef("number"), CharField()))
    own = runs.filter(municipality=OuterRef("municipality"))
    return Exists(own) & ~Exists(own.exclude(state=RunState.WITHDRAWN))


def open_cycle() -> Cycle | None:
    return cycles().filter(closed_on=None).first()


def questionnaire_in_use() -> Adopted | None:
    """The questionnaire that the municipality adopted; with several, the first by name."""
    return next(iter(packs.adopted(current_municipality().pk, QUESTIONNAIRES)), None)


def process_version(today: date) -> PackVersion | None:
    """The process of the programme: the one that begins with a diagnosis of ours."""
    for version in processes.available_processes(current_municipality().pk, today):
        gates = (gate for stage in processes.process_of(version).stages for gate in stage.gates)
        if any(gate.check == FIRST_GATE for gate in gates):
            return version
    return None


def run_of(cycle: Cycle) -> ProcessRun | None:
    """The process in which the cycle goes from stage to stage; with several, the one that it did not leave."""
    return runs_of(cycle).first()


def left_runs(cycle: Cycle) -> list[ProcessRun]:
    """The processes that the cycle left because its line changed, the first first. One query."""
    return sorted(runs_of(cycle)[1:], key=lambda run: run.pk)


def runs_of(cycle: Cycle) -> QuerySet[ProcessRun]:
    """Every process of the cycle: first the one it follows, then those that it left, the last left first."""
    left = Case(When(state=RunState.WITHDRAWN, then=Value(1)), default=Value(0))
    leaving = ProcessEvent.objects.filter(run=OuterRef("pk"), kind=EventKind.WITHDRAWN).order_by("-pk")
    last = Coalesce(Subquery(leaving.values("pk")[:1]), 0)
    return processes.runs_about(cycle._meta.label_lower, str(cycle.number)).order_by(left, last.desc(), "-pk")


def has_left(cycle: Cycle) -> bool:
    """Did the cycle leave the programme? Its process is withdrawn, and none goes on. One query."""
    return Cycle.objects.filter(leaving(), pk=cycle.pk).exists()


def goes_on(cycle: Cycle) -> bool:
    """May the cycle be written? It did not end, and did not leave the programme. No query for one that knows `left`."""
    if cycle.closed_on is not None:
        return False
    left = getattr(cycle, "left", None)
    return not (has_left(cycle) if left is None else left)


def diagnosis_stage(cycle: Cycle) -> StageRun | None:
    """The stage of the diagnosis where it was done last, with its run; None when no process has it. Two queries."""
    runs = [run.pk for run in runs_of(cycle)]
    found = StageRun.objects.filter(run__in=runs, code=Stage.DIAGNOSIS).select_related("run")
    return found.defer("run__pack_version__body").order_by("-run__pk").first()


def reopening_refused(cycle: Cycle) -> QualityError | None:
    """Why the diagnosis cannot be opened again: its stage is closed, or stayed behind. Two queries."""
    stage = diagnosis_stage(cycle)
    if stage is None:
        return None
    if stage.run.state == RunState.WITHDRAWN:
        return QualityError("diagnosis_behind")
    if stage.is_open:
        return None
    return QualityError("diagnosis_settled", stage=stage.label)


def run_pk_of(cycle: Cycle) -> int | None:
    """The same, for who only leads there."""
    return runs_of(cycle).values_list("pk", flat=True).first()


def stages_before(cycle: Cycle, run: ProcessRun) -> list[StageRun]:
    """What the cycle closed in the processes that it left for this one, in order. One query."""
    before = StageRun.objects.filter(run__on_type=run.on_type, run__on_id=run.on_id, run__lt=run.pk)
    closed = before.filter(state=StageState.CLOSED).select_related("run__pack_version__pack", "run__municipality")
    return list(closed.defer("run__pack_version__body").order_by("run_id", "position"))


def cycle_of(run: ProcessRun) -> Cycle | None:
    return cycles().filter(number=int(run.on_id)).first() if run.on_id.isdigit() else None


def diagnosis_meeting(cycle: Cycle) -> Meeting | None:
    """The working meeting of the diagnosis, the last not cancelled; a repeated one asks for another meeting."""
    mine = Meeting.objects.filter(on_type=cycle._meta.label_lower, on_id=str(cycle.pk))
    if cycle.diagnosis is not None and is_repeated(cycle.diagnosis):
        mine = mine.filter(created_at__gte=cycle.diagnosis.opened_at)
    return mine.exclude(state=State.CANCELLED).order_by("-planned_start_at").first()


def is_repeated(diagnosis: Assessment) -> bool:
    """Is it a second diagnosis of the same cycle, after levelling?"""
    before = diagnosis.previous
    return before is not None and (before.on_type, before.on_id) == (diagnosis.on_type, diagnosis.on_id)


def was_led_by(meeting: Meeting, role: str, day: date) -> bool:
    """Did somebody who holds this role preside?"""
    presided = meeting.attendances.filter(role=MeetingRole.CHAIR, came=True).exclude(user=None)
    held = Membership.objects.filter(in_force(day), role=role)
    return presided.filter(user__in=held.values("user")).exists()
