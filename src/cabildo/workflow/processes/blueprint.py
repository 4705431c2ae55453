"""A process as its pack says it, in objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cabildo.workflow.processes.rules.dates import StagePlan, TaskPlan

type Body = Mapping[str, Any]

DAYS_OF_A_WEEK = 5
MANUAL = "manual"


@dataclass(frozen=True)
class Role:
    """Who takes part; `side` is a Side."""

    code: str
    label: str
    side: str


@dataclass(frozen=True)
class Gate:
    """What must hold for a stage to close. `check` is `manual` or a name of the register of checks."""

    code: str
    label: str
    check: str
    about: str
    fix: str
    address: str

    @property
    def is_manual(self) -> bool:
        return self.check == MANUAL


@dataclass(frozen=True)
class Task:
    """Something to be done in a stage. `effort_days` are days of work, unknown when None."""

    code: str
    label: str
    about: str
    role: str
    plan: TaskPlan
    deliverable: str
    is_required: bool
    is_visit: bool
    effort_days: Decimal | None


@dataclass(frozen=True)
class Stage:
    """A stage with its tasks and gates, in the order shown."""

    code: str
    order: int
    label: str
    about: str
    is_repeatable: bool
    plan: StagePlan
    tasks: tuple[Task, ...]
    gates: tuple[Gate, ...]


@dataclass(frozen=True)
class Process:
    """A whole process: who takes part, and its stages in order."""

    label: str
    about: str
    roles: tuple[Role, ...]
    stages: tuple[Stage, ...]

    def stage(self, code: str) -> Stage:
        return next(stage for stage in self.stages if stage.code == code)


def read(body: Body) -> Process:
    """The process of a checked pack body."""
    head = body["process"]
    return Process(
        label=head["label"],
        about=head["about"],
        roles=tuple(Role(role["id"], role["label"], role["side"]) for role in head["roles"]),
        stages=tuple(_stage(stage) for stage in sorted(body["stages"], key=lambda stage: stage["order"])),
    )


def days_of(stage: Body) -> int:
    """Business days of a stage; a week has five."""
    return int(stage["days"] if "days" in stage else stage["weeks"] * DAYS_OF_A_WEEK)


def plan_of(stage: Body) -> StagePlan:
    """A stage as the rules of dates take it."""
    return StagePlan(stage["id"], days_of(stage), tuple(_plan(task) for task in stage["tasks"]))


def _plan(task: Body) -> TaskPlan:
    return TaskPlan(task["id"], task["days"], task["wait_days"], tuple(task["after"]))


def _stage(stage: Body) -> Stage:
    return Stage(
        code=stage["id"],
        order=stage["order"],
        label=stage["label"],
        about=stage["about"],
        is_repeatable=stage["repeatable"],
        plan=plan_of(stage),
        tasks=tuple(_task(task) for task in stage["tasks"]),
        gates=tuple(_gate(gate) for gate in stage["gates"]),
    )


def _task(task: Body) -> Task:
    return Task(
        code=task["id"],
        label=task["label"],
        about=task["about"],
        role=task["role"],
        plan=_plan(task),
        deliverable=task["deliverable"],
        is_required=task["is_required"],
        is_visit=task["visit"],
        effort_days=Decimal(task["effort_days"]) if task["effort_days"] else None,
    )


def _gate(gate: Body) -> Gate:
    fix = gate["fix"]
    return Gate(gate["id"], gate["label"], gate["check"], gate["about"], fix["text"], fix["address"])
