"""Verbs of the queue. Each is one short transaction, so that SQLite's single writer is never held for long."""

import inspect
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.tasks import Task
from django.tasks.signals import task_enqueued
from django.utils import timezone
from django.utils.json import normalize_json

from cabildo.jobs import queries, registry, results, rules
from cabildo.jobs.choices import JobState
from cabildo.jobs.errors import JobsError
from cabildo.jobs.models import Job, Worker

logger = logging.getLogger(__name__)

ENDED = [JobState.DONE, JobState.FAILED, JobState.CANCELLED]


def enqueue(
    name: str,
    /,
    *,
    after: datetime | timedelta | None = None,
    key: str | None = None,
    municipality: Any = None,
    by: Any = None,
    **arguments: Any,
) -> Job:
    """See `cabildo.jobs.enqueue`."""
    municipality_id = _id_of(municipality)
    return insert(
        registry.get(name),
        (),
        arguments,
        run_after=timezone.now() + after if isinstance(after, timedelta) else after,
        key=_key_within(municipality_id, key),
        municipality_id=municipality_id,
        actor_id=_id_of(by),
    )


def _key_within(municipality_id: int | None, key: str | None) -> str:
    """Keys of one municipality never meet those of another."""
    return f"{municipality_id}:{key}" if key and municipality_id else key or ""


def insert(
    task: Task,
    positional: Sequence[Any],
    arguments: Mapping[str, Any],
    *,
    run_after: datetime | None = None,
    key: str = "",
    municipality_id: int | None = None,
    actor_id: int | None = None,
) -> Job:
    """Write a job in the caller's transaction: it exists if and only if that commits.

    Arguments that are not JSON or do not fit the function raise TypeError.
    """
    _check_arguments(task, positional, arguments)
    job = Job(
        name=getattr(task, "stored_name", task.module_path),
        positional=normalize_json(list(positional)),
        arguments=normalize_json(dict(arguments)),
        key=key,
        queue=task.queue_name,
        priority=task.priority,
        max_attempts=getattr(task, "retries", 0) + 1,
        run_after=run_after or task.run_after or timezone.now(),
        municipality_id=municipality_id,
        actor_id=actor_id,
    )
    job = _save_unless_waiting(job)
    task_enqueued.send(type(task.get_backend()), task_result=results.result_of(job, task))
    _run_at_once_if_asked(job)
    return job


def claim(*, worker: str, lease: timedelta, queues: Iterable[str] = (), job_id: int | None = None) -> Job | None:
    """Take the next ready job, or that one if it is ready, for `lease`; None when there is none.

    Two workers never take the same: PostgreSQL skips rows locked by another (SKIP LOCKED), SQLite lets
    one writer in at a time (BEGIN IMMEDIATE).
    """
    now = timezone.now()
    ready = queries.ready_jobs(now, queues)
    if job_id is not None:
        ready = ready.filter(pk=job_id)
    if not ready.exists():  # a poll of an empty queue takes no write lock
        return None
    with transaction.atomic():
        job = ready.select_for_update(skip_locked=True).first()
        return job and _start(job, worker=worker, now=now, lease=lease)


def heartbeat(*, worker: str, job_ids: Iterable[int], threads: int, lease: timedelta) -> None:
    """Say that the worker lives and still has those jobs in hand: leases last `lease` from now."""
    now = timezone.now()
    with transaction.atomic():
        beat = {"heartbeat_at": now, "lease_until": now + lease}
        Worker.objects.update_or_create(
            name=worker, defaults=beat, create_defaults={**beat, "started_at": now, "threads": threads}
        )
        Job.objects.filter(pk__in=list(job_ids), state=JobState.RUNNING, worker=worker).update(**beat)


def sign_off(*, worker: str) -> None:
    """The worker has stopped in good order; it disappears from the page."""
    with transaction.atomic():
        Worker.objects.filter(name=worker).delete()


def succeed(job: Job, result: Any = None) -> bool:
    """Mark the job done. False, and no change, when this attempt was meanwhile given up for lost."""
    ended = {"state": JobState.DONE, "result": result, "error_class": "", "error": "", "finished_at": timezone.now()}
    return _end_attempt(job, ended)


def fail(job: Job, error: BaseException) -> bool:
    """Send the job back to wait, longer each time, or give it up after its last attempt.

    False, and no change, when this attempt was meanwhile given up for lost.
    """
    if rules.may_try_again(error, attempts=job.attempts, max_attempts=job.max_attempts):
        delay = rules.delay_after(job.attempts, seed=job.pk)
        changes = {"state": JobState.WAITING, "run_after": timezone.now() + delay}
    else:
        changes = {"state": JobState.FAILED, "finished_at": timezone.now()}
    return _end_attempt(job, changes | _described(error))


def reclaim_expired(*, alive: Iterable[int] = ()) -> int:
    """Send back to the queue the jobs whose worker stopped giving signs of life; returns how many.

    The death of a worker costs the job none of its retries, but three deaths in a row are enough.
    """
    expired = queries.expired_jobs(timezone.now(), alive=alive)
    if not expired.exists():
        return 0
    with transaction.atomic():
        return sum(_give_up_for_lost(job) for job in expired.select_for_update(skip_locked=True))


def cancel(job_id: int) -> Job:
    """Take a waiting job out of the queue; `JobsError("not_waiting")` when it has started or ended."""
    with transaction.atomic():
        waiting = Job.objects.filter(pk=job_id, state=JobState.WAITING)
        if not waiting.update(state=JobState.CANCELLED, finished_at=timezone.now()):
            raise JobsError("not_waiting", job_id=queries.get_job(job_id).pk)
    return queries.get_job(job_id)


def retry(job_id: int) -> Job:
    """Give a failed or cancelled job one more attempt now; refuses when one of the same key already waits."""
    now = timezone.now()
    try:
        with transaction.atomic():
            ended = Job.objects.filter(pk=job_id, state__in=[JobState.FAILED, JobState.CANCELLED])
            if not ended.update(
                state=JobState.WAITING, run_after=now, finished_at=None, times_lost=0, max_attempts=F("attempts") + 1
            ):
                raise JobsError("not_ended", job_id=queries.get_job(job_id).pk)
    except IntegrityError:
        raise JobsError("already_waiting", job_id=job_id) from None
    return queries.get_job(job_id)


def prune(*, done_before: datetime, failed_before: datetime) -> int:
    """Delete jobs that ended before: done ones, and failed or cancelled ones; also long gone workers."""
    with transaction.atomic():
        done = Job.objects.filter(state=JobState.DONE, finished_at__lt=done_before).delete()[0]
        ended = Job.objects.filter(state__in=ENDED, finished_at__lt=failed_before).delete()[0]
        Worker.objects.filter(lease_until__lt=done_before).delete()
    return done + ended


def report_progress(job_id: int, attempt: int, *, done: int, total: int | None, message: str) -> None:
    """Store how far a running attempt is."""
    with transaction.atomic():
        Job.objects.filter(pk=job_id, attempts=attempt, state=JobState.RUNNING).update(
            progress_done=done, progress_total=total, progress_message=message[:200]
        )


def _check_arguments(task: Task, positional: Sequence[Any], arguments: Mapping[str, Any]) -> None:
    context = (None,) if task.takes_context else ()
    inspect.signature(task.func).bind(*context, *positional, **arguments)


def _id_of(value: Any) -> int | None:
    """The integer id of an object, an id itself, or None for nobody (the system has no id)."""
    if value is None or isinstance(value, int):
        return value
    found = getattr(value, "pk", None)
    return found if isinstance(found, int) else None


def _save_unless_waiting(job: Job) -> Job:
    if not job.key:
        job.save(force_insert=True)
        return job
    while True:
        with transaction.atomic():
            Job.objects.bulk_create([job], ignore_conflicts=True)
            if waiting := _lock_waiting(job):
                return waiting


def _lock_waiting(job: Job) -> Job | None:
    """The waiting job of that name and key, kept from starting until the caller commits: it must see his changes.

    None when it was taken just before; then the caller's own is inserted.
    """
    waiting = Job.objects.filter(name=job.name, key=job.key, state=JobState.WAITING).select_for_update().first()
    if waiting and job.run_after < waiting.run_after:
        waiting.run_after = job.run_after
        waiting.save(update_fields=["run_after"])
    return waiting


def _run_at_once_if_asked(job: Job) -> None:
    if getattr(settings, "JOBS_IMMEDIATE", False):
        from cabildo.jobs.execution import run_immediately

        transaction.on_commit(partial(run_immediately, job.pk))


def _start(job: Job, *, worker: str, now: datetime, lease: timedelta) -> Job:
    job.state = JobState.RUNNING
    job.attempts += 1
    job.worker = worker
    job.attempted_at = job.heartbeat_at = now
    job.started_at = job.started_at or now
    job.lease_until = now + lease
    job.progress_done, job.progress_total, job.progress_message = 0, None, ""
    job.save()
    return job


def _end_attempt(job: Job, changes: Mapping[str, Any]) -> bool:
    """Write the end of this very attempt; a worker that was given up for lost writes nothing over a later one."""
    held = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    changes = {**changes, "lease_until": None}
    try:
        with transaction.atomic():
            written = held.update(**changes)
    except IntegrityError:  # back to wait, but one of the same key was asked for meanwhile and will do the work
        changes = {"state": JobState.CANCELLED, "finished_at": timezone.now(), "lease_until": None}
        changes |= _described(JobsError("superseded"))
        with transaction.atomic():
            written = held.update(**changes)
    if not written:
        logger.warning(
            "job %s %s: attempt %s was given up for lost, its end is ignored", job.pk, job.name, job.attempts
        )
        return False
    for field, value in changes.items():
        setattr(job, field, value)
    return True


def _give_up_for_lost(job: Job) -> bool:
    now = timezone.now()
    lost = job.times_lost + 1
    changes: dict[str, Any] = {"times_lost": lost, **_described(JobsError("worker_lost"))}
    if rules.may_survive_loss(lost):
        changes |= {"state": JobState.WAITING, "run_after": now, "max_attempts": job.max_attempts + 1}
    else:
        changes |= {"state": JobState.FAILED, "finished_at": now}
    logger.warning("job %s %s: worker %s was lost", job.pk, job.name, job.worker)
    return _end_attempt(job, changes)


def _described(error: BaseException) -> dict[str, str]:
    failure = rules.describe(error)
    return {"error_class": failure.error_class[:200], "error": failure.detail[:200]}
