"""Run one claimed job inside its hooks and write down how it ended."""

import logging
from contextvars import ContextVar
from datetime import timedelta
from functools import partial
from time import monotonic
from traceback import clear_frames
from typing import Any

from django.db import connections, transaction
from django.tasks import Task, TaskContext
from django.tasks.signals import task_finished, task_started
from django.utils.json import normalize_json

from cabildo.jobs import actions, context, registry, results
from cabildo.jobs.choices import JobState
from cabildo.jobs.errors import JobsError
from cabildo.jobs.models import Job

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_PROGRESS = 0.5
IMMEDIATE_LEASE = timedelta(hours=1)

_progress_written: ContextVar[float] = ContextVar("progress_written", default=0.0)


def run(job: Job) -> Exception | SystemExit | None:
    """Run the job and record success or failure; returns the error, if any, which never escapes."""
    error: Exception | SystemExit | None = None
    result = None
    try:
        result = _call(job)
    except (Exception, SystemExit) as caught:
        error = caught
        _recover(job, caught)
    if error is None:
        actions.succeed(job, result)
    else:
        actions.fail(job, error)
    _announce_end(job)
    return error


def run_immediately(job_id: int) -> None:
    """Run that job in this process, if it is ready; its error is recorded and raised again."""
    job = actions.claim(worker="immediate", lease=IMMEDIATE_LEASE, job_id=job_id)
    error = run(job) if job else None
    if error:
        raise error


def progress(done: int, total: int | None, message: str) -> None:
    """See `cabildo.jobs.progress`. Written at most twice a second, and always at the end."""
    job = context.current.get()
    now = monotonic()
    if job is None or (done != total and now - _progress_written.get() < SECONDS_BETWEEN_PROGRESS):
        return
    _progress_written.set(now)
    write = partial(actions.report_progress, job.id, job.attempt, done=done, total=total, message=message)
    # inside the task's transaction the row would stay locked, and the heartbeat would wait for it
    transaction.on_commit(write)


def _call(job: Job) -> Any:
    task = registry.resolve(job.name)
    surroundings = context.RunningJob(job.pk, job.name, job.attempts, job.municipality_id, job.actor_id)
    _progress_written.set(0.0)
    with context.entered(surroundings):
        result = results.result_of(job, task)
        task_started.send(type(task.get_backend()), task_result=result)
        extra: tuple[object, ...] = (TaskContext(task_result=result),) if task.takes_context else ()
        return normalize_json(task.call(*extra, *job.positional, **job.arguments))


def _announce_end(job: Job) -> None:
    if job.state not in {JobState.DONE, JobState.FAILED} or not (task := _known(job.name)):
        return
    task_finished.send(type(task.get_backend()), task_result=results.result_of(job, task))


def _known(name: str) -> Task | None:
    try:
        return registry.resolve(name)
    except JobsError:
        return None


def _recover(job: Job, error: BaseException) -> None:
    """Make it possible to write the failure down: let go of memory and of a connection that broke."""
    if isinstance(error, MemoryError):
        clear_frames(error.__traceback__)
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:  # a test's own transaction is not to be lost
            connection.close_if_unusable_or_obsolete()
    # the message and the traceback of an error may quote personal data: only debugging sees them
    logger.warning("job %s %s: attempt %s failed: %s", job.pk, job.name, job.attempts, type(error).__qualname__)
    logger.debug("job %s", job.pk, exc_info=error)
