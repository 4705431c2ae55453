"""Which tasks and schedules exist, by name."""

import re

from django.tasks import Task
from django.utils.module_loading import import_string

from cabildo.jobs.errors import JobsError
from cabildo.jobs.rules import Rhythm

NAME = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*")

_tasks: dict[str, Task] = {}
_schedules: dict[str, Rhythm] = {}


def register(name: str, task: Task) -> None:
    """Give a task its name, `<app>.<verb_noun>`. A malformed, foreign or taken name raises ValueError."""
    if not NAME.fullmatch(name):
        raise ValueError(f"task name {name!r} must read <app>.<verb_noun>")
    if name.partition(".")[0] not in task.func.__module__.split("."):
        raise ValueError(f"task {name!r} must live in the app of its name, not in {task.func.__module__}")
    if name in _tasks and _tasks[name].module_path != task.module_path:
        raise ValueError(f"task name {name!r} belongs to {_tasks[name].module_path}")
    _tasks[name] = task


def register_schedule(name: str, rhythm: Rhythm) -> None:
    """Let a registered task run by the clock. A second rhythm for the same task raises ValueError."""
    if _schedules.get(name, rhythm) != rhythm:
        raise ValueError(f"task {name!r} already has a schedule")
    _schedules[name] = rhythm


def names() -> tuple[str, ...]:
    """Every registered task name, sorted."""
    return tuple(sorted(_tasks))


def schedules() -> dict[str, Rhythm]:
    """The rhythm of each scheduled task, by name."""
    return dict(_schedules)


def get(name: str) -> Task:
    """The task of that name, else `JobsError("unknown_task")`."""
    try:
        return _tasks[name]
    except KeyError:
        raise JobsError("unknown_task", name=name) from None


def resolve(name: str) -> Task:
    """Like `get`, but also finds a plain `django.tasks` task of a library by its import path."""
    if name in _tasks:
        return _tasks[name]
    try:
        found = import_string(name)
    except ImportError:
        found = None
    if not isinstance(found, Task):
        raise JobsError("unknown_task", name=name)
    return found
