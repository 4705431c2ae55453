"""How an app declares its background work, in its `tasks.py`."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from cabildo.jobs import registry
from cabildo.jobs.backend import JobTask
from cabildo.jobs.rules import Daily, Every, Rhythm


def task(
    *,
    name: str,
    retries: int = 5,
    priority: int = 0,
    queue: str = "default",
    isolated: bool = False,
    memory_mb: int | None = None,
    takes_context: bool = False,
) -> Callable[[Callable[..., Any]], JobTask]:
    """Register a module-level function as the task `<app>.<verb_noun>`.

    It may run twice: it must do no harm then. After a failure it runs again up to `retries` times, each
    time later. Higher `priority` (-100 to 100) goes first. `isolated` gives each run a process of its
    own, which may use `memory_mb` MiB of address space.
    """
    if memory_mb is not None and not isolated:
        raise ValueError("memory_mb needs isolated=True")

    def decorate(function: Callable[..., Any]) -> JobTask:
        made = JobTask(
            func=function,
            priority=priority,
            queue_name=queue,
            takes_context=takes_context,
            job_name=name,
            retries=retries,
            isolated=isolated,
            memory_mb=memory_mb,
        )
        registry.register(name, made)
        return made

    return decorate


def every(*, hours: float = 0, minutes: float = 0, seconds: float = 0) -> Callable[[JobTask], JobTask]:
    """Run the task again and again with this time between starts; written above `@task`."""
    interval = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if interval < timedelta(seconds=1):
        raise ValueError("a schedule needs at least one second")
    return _scheduled(Every(interval))


def daily(*, at: str, business_days: bool = False) -> Callable[[JobTask], JobTask]:
    """Run the task each day at "HH:MM" local time, once; `business_days` skips weekends and national holidays."""
    return _scheduled(Daily(time.fromisoformat(at), business_days))


def _scheduled(rhythm: Rhythm) -> Callable[[JobTask], JobTask]:
    def decorate(scheduled: JobTask) -> JobTask:
        registry.register_schedule(scheduled.job_name, rhythm)
        return scheduled

    return decorate
