"""Named questions about processes under way."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse

from cabildo.accounts.links import addresses
from cabildo.accounts.queries import active_roles, department_ids
from cabildo.accounts.scoping import in_municipality
from cabildo.content import queries as content
from cabildo.content.models import PackVersion
from cabildo.kit.workdays import Calendar
from cabildo.workflow.processes import blueprint, gates
from cabildo.workflow.processes.blueprint import Process
from cabildo.workflow.processes.choices import OPEN_RUNS, OPEN_STAGES, OPEN_TASKS, EventKind, RunState, StageState
from cabildo.workflow.processes.gates import Missing, Verdict
from cabildo.workflow.processes.models import ProcessEvent, ProcessRun, RunRole, StageRun, TaskRun
from cabildo.workflow.processes.rules import dates
from cabildo.workflow.processes.rules.dates import Actual, Dated, Span, StageActual

KIND = "processes"
FREE = Q(responsible=None, department=None)  # nobody answers for it: a role or a task


def process_of(version: PackVersion) -> Process:
    """The process of a version; read once, because versions never change. It may come without its body."""
    return _process(version.pk, version.sha256)


@lru_cache(maxsize=64)
def _process(version_id: int, sha256: str) -> Process:
    return blueprint.read(content.body(PackVersion(pk=version_id, sha256=sha256)))


def available_processes(municipality_id: int, today: date) -> list[PackVersion]:
    """The newest version in force of each process this municipality may start, by title."""
    packs = content.available(municipality_id, KIND).order_by("title")
    versions = PackVersion.objects.filter(pack__in=packs, valid_from__lte=today)
    newest = versions.select_related("pack").defer("body").order_by("pack__title", "pack_id", "version")
    return list({version.pack_id: version for version in newest}.values())


def runs() -> QuerySet[ProcessRun]:
    """The runs of the scope, the latest first, with what lists show and without the text of their packs."""
    found = ProcessRun.objects.select_related("pack_version__pack", "department", "leader", "municipality")
    return found.defer("pack_version__body").order_by("-planned_start_on", "-pk")


def runs_about(on_type: str, on_id: str | Combinable) -> QuerySet[ProcessRun]:
    """The runs about one object, the last cycle first."""
    return runs().filter(on_type=on_type, on_id=on_id).order_by("-cycle", "-pk")


def stages_of(run: ProcessRun) -> list[StageRun]:
    """The stages in order, each with its tasks and whoever answers for them. Two queries."""
    tasks = TaskRun.objects.select_related("responsible", "department", "ended_by").order_by("position")
    found = StageRun.objects.filter(run=run).order_by("position")
    stages = list(found.prefetch_related(Prefetch("tasks", queryset=tasks)))
    for stage in stages:
        stage.run = run
    return stages


def roles_of(run: ProcessRun) -> QuerySet[RunRole]:
    return RunRole.objects.filter(run=run).select_related("responsible", "department").order_by("position")


def roles_without_holder(run: ProcessRun) -> list[RunRole]:
    """The roles that owe something in the stages under way, or in the next one, and that nobody holds. Two queries."""
    found = list(StageRun.objects.filter(run=run).exclude(state=StageState.CLOSED).order_by("position"))
    now = [stage for stage in found if stage.is_open] or found[:1]
    owed = TaskRun.objects.filter(FREE, stage__in=now, state__in=OPEN_TASKS).values("role")
    return list(RunRole.objects.filter(FREE, run=run, code__in=owed).order_by("position"))


def history(run: ProcessRun) -> QuerySet[ProcessEvent]:
    """What happened, the last first."""
    found = ProcessEvent.objects.filter(run=run).select_related("by", "stage", "task")
    return found.order_by("-at", "-pk")


def withdrawal_of(run: ProcessRun) -> ProcessEvent | None:
    """Who withdrew it last, when and why; None while it is not withdrawn. One query then."""
    if run.state != RunState.WITHDRAWN:
        return None
    return history(run).filter(kind=EventKind.WITHDRAWN).first()


# -- gates ------------------------------------------------------------------------------------------------------------


def verdicts(stage: StageRun) -> list[Verdict]:
    """How each gate of the stage stands now. One query, and those of the checks."""
    wanted = process_of(stage.run.pack_version).stage(stage.code).gates
    passes = stage.passes.filter(round=stage.round, withdrawn_at=None).select_related("by") if wanted else ()
    passed = {given.code: given for given in passes}
    with at_home(stage.run):
        return [gates.verdict(gate, stage.run, passed) for gate in wanted]


def all_missing(stage: StageRun, found: Sequence[Verdict]) -> list[Missing]:
    """Tasks and what these gates miss, each thing once: two gates may wait for the same, and a gate for a task."""
    owed = open_required(stage, besides=gates.told_by(found))
    return list(dict.fromkeys([*owed, *(item for verdict in found for item in verdict.missing)]))


def open_required(stage: StageRun, *, besides: Collection[str] = ()) -> list[Missing]:
    """The tasks without which the stage does not close, each with its page; but for these codes."""
    owed = [task for task in stage.tasks.all() if task.is_required and task.is_open and task.code not in besides]
    with at_home(stage.run):
        return [Missing(task.label, reverse("processes:task", args=[task.pk])) for task in owed]


@contextmanager
def at_home(run: ProcessRun) -> Iterator[None]:
    """In the municipality of the run, whose pages `reverse` then finds: from a job or an agency's desk too."""
    with in_municipality(run.municipality), addresses():
        yield


def missing_of(stage: StageRun) -> list[Missing]:
    """Everything without which the stage does not close: tasks first, then gates."""
    return all_missing(stage, verdicts(stage))


# -- dates ------------------------------------------------------------------------------------------------------------


def forecast(stages: Sequence[StageRun], process: Process, today: date, calendar: Calendar) -> dict[str, Dated]:
    """When each stage and task of a run is to be expected, by code. No query when the tasks are at hand."""
    return dates.forecast([_as_it_stands(stage, process) for stage in stages], today, calendar)


def _as_it_stands(stage: StageRun, process: Process) -> StageActual:
    known = {task.code: _actual(task, is_skipped=task.state == "skipped") for task in stage.tasks.all()}
    return StageActual(process.stage(stage.code).plan, _actual(stage), known)


def _actual(row: StageRun | TaskRun, *, is_skipped: bool = False) -> Actual:
    planned = Span(row.expected_starts_on, row.expected_ends_on)
    return Actual(planned, row.started_on, row.ended_on, is_skipped)


# -- lists and boards -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """A run in a list: the stage it is in (None when it has ended), when that is due, how late it is."""

    run: ProcessRun
    stage: StageRun | None
    closed: int
    stages: int
    late_days: int

    @property
    def is_late(self) -> bool:
        return self.late_days > 0

    @property
    def due_on(self) -> date | None:
        return self.stage.due_on if self.stage else None


def standings(found: Iterable[ProcessRun], today: date, calendar: Calendar) -> list[Standing]:
    """How each of these runs stands. One query for all of their stages."""
    listed = list(found)
    by_run: dict[int, list[StageRun]] = {run.pk: [] for run in listed}
    for stage in StageRun.objects.filter(run__in=listed).order_by("position"):
        by_run[stage.run_id].append(stage)
    return [_standing(run, by_run[run.pk], today, calendar) for run in listed]


def _standing(run: ProcessRun, stages: Sequence[StageRun], today: date, calendar: Calendar) -> Standing:
    closed = sum(stage.state == StageState.CLOSED for stage in stages)
    now = current_stage(stages) if run.is_open else None
    late = max(0, calendar.count_between(_owed_by(now), today)) if now else 0
    return Standing(run, now, closed, len(stages), late)


def current_stage(stages: Iterable[StageRun]) -> StageRun | None:
    """The first stage that is not closed."""
    return next((stage for stage in stages if stage.state != StageState.CLOSED), None)


def _owed_by(stage: StageRun) -> date:
    """A stage that has not begun is late from its first day on; one under way, from its last."""
    return stage.expected_ends_on if stage.is_open else stage.expected_starts_on


def runs_by_stage(
    found: QuerySet[ProcessRun], today: date, calendar: Calendar
) -> dict[tuple[int, str, str], list[Standing]]:
    """Open runs by (position, code, label) of their stage, in the order of the stages: the columns of a board.

    `found` are the runs that the caller may show: of one process, of one programme, of the municipalities of a desk.
    """
    columns: dict[tuple[int, str, str], list[Standing]] = {}
    for standing in standings(found.filter(state__in=OPEN_RUNS), today, calendar):
        if standing.stage:
            stage = standing.stage
            columns.setdefault((stage.position, stage.code, stage.label), []).append(standing)
    return dict(sorted(columns.items()))


def late_runs(found: QuerySet[ProcessRun], today: date, calendar: Calendar) -> list[Standing]:
    """The open runs whose stage is past its day, the latest first. Two queries."""
    behind = StageRun.objects.filter(run=OuterRef("pk"), state__in=OPEN_STAGES, due_on__lt=today)
    begins = Q(planned_starts_on__lt=today) | Q(replanned_starts_on__lt=today)
    idle = StageRun.objects.filter(begins, run=OuterRef("pk"), state=StageState.TO_BEGIN)
    likely = found.filter(Exists(behind) | Exists(idle), state__in=OPEN_RUNS)
    late = [standing for standing in standings(likely, today, calendar) if standing.is_late]
    return sorted(late, key=lambda standing: -standing.late_days)


def count_by[Key](found: Iterable[Standing], key: Callable[[Standing], Key]) -> dict[Key, int]:
    """How many of these share a key: the stage, the municipality, the department that leads."""
    counted: dict[Key, int] = {}
    for standing in found:
        counted[key(standing)] = counted.get(key(standing), 0) + 1
    return counted


# -- what people owe --------------------------------------------------------------------------------------------------


def acting_as(user: Any) -> frozenset[int]:
    """This person and those they stand in for today."""
    return frozenset({user.pk, *(role.standing_in_for for role in active_roles(user) if role.standing_in_for)})


def open_tasks() -> QuerySet[TaskRun]:
    """The tasks to be done in stages under way, the first due first."""
    found = TaskRun.objects.filter(state__in=OPEN_TASKS, stage__state__in=OPEN_STAGES, stage__run__state__in=OPEN_RUNS)
    return found.select_related("stage__run", "responsible", "department").order_by("due_on", "pk")


def upcoming(user: Any) -> QuerySet[TaskRun]:
    """What this person owes: their own tasks, those of their departments that nobody has taken, and those that
    nobody answers for in a process that they lead."""
    mine = Q(responsible__in=acting_as(user))
    theirs = Q(responsible=None, department__in=department_ids(user))
    return open_tasks().filter(mine | theirs | Q(FREE, stage__run__leader__in=acting_as(user)))


def late_of_others(user: Any, today: date) -> QuerySet[TaskRun]:
    """What others owe and is past its day, in the processes that this person leads."""
    led = open_tasks().filter(stage__run__leader__in=acting_as(user), is_required=True, due_on__lt=today)
    return led.exclude(FREE).exclude(pk__in=upcoming(user).values("pk"))


def stages_to_move(leaders: Iterable[int], departments: Iterable[int], *, with_free: bool) -> QuerySet[StageRun]:
    """Stages that wait for whoever leads their run: to begin, or to close.

    Of runs led by these people; and of those without a leader, led by these departments. `with_free` adds the runs
    that neither a person nor a department leads.
    """
    led = Q(run__leader__in=list(leaders)) | Q(run__leader=None, run__department__in=list(departments))
    if with_free:
        led |= Q(run__leader=None, run__department=None)
    same_run = StageRun.objects.filter(run=OuterRef("run"), position__lt=OuterRef("position"))
    waits = Exists(same_run.exclude(state=StageState.CLOSED))
    owed = Exists(TaskRun.objects.filter(stage=OuterRef("pk"), is_required=True, state__in=OPEN_TASKS))
    to_begin = Q(state=StageState.TO_BEGIN) & ~waits
    to_close = Q(state__in=OPEN_STAGES) & ~owed
    found = StageRun.objects.filter(led, to_begin | to_close, run__state__in=[RunState.PLANNED, RunState.RUNNING])
    return found.select_related("run__department", "run__leader").order_by("due_on", "pk")
