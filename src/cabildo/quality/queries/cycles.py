"""Cycles, their process and the meeting of their diagnosis."""

from datetime import date

from django.db.models import Case, QuerySet, Value, When

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
from cabildo.quality.models import Cycle
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.choices import RunState, StageState
from cabildo.workflow.processes.models import ProcessRun, StageRun

QUESTIONNAIRES = "questionnaires"
FIRST_GATE = "quality.diagnosis_answered"


def cycles() -> QuerySet[Cycle]:
    """Those of the municipality, the newest first, each with its diagnosis."""
    found = Cycle.objects.select_related("diagnosis__version__pack", "diagnosis__previous")
    return found.defer("diagnosis__version__body")


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
    """Every process of the cycle: first the one it follows, then those that it left, the last first."""
    left = Case(When(state=RunState.WITHDRAWN, then=Value(1)), default=Value(0))
    return processes.runs_about(cycle._meta.label_lower, str(cycle.number)).order_by(left, "-pk")


def run_pk_of(cycle: Cycle) -> int | None:
    """The same, for who only leads there."""
    mine = ProcessRun.objects.filter(on_type=cycle._meta.label_lower, on_id=str(cycle.number))
    return mine.order_by("-pk").values_list("pk", flat=True).first()


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
