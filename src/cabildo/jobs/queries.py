"""Questions to the queue: what may run now, what the operations page shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.jobs.choices import JobState
from cabildo.jobs.errors import JobsError
from cabildo.jobs.models import Job, Schedule, Worker

SHOWN = 50
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NameCount:
    """Jobs of one task by state; `done` and `cancelled` of the last 24 hours, the others of all time."""

    name: str
    waiting: int
    running: int
    failed: int
    done: int
    cancelled: int


@dataclass(frozen=True)
class LateJob:
    """The ready job that has waited longest, and since when it could have run."""

    job: Job
    ready_since: datetime
    waited: timedelta


@dataclass(frozen=True)
class FailedJob:
    """A job that gave up, with its reason in words."""

    job: Job
    reason: str


@dataclass(frozen=True)
class WorkerStatus:
    """A worker process, alive while its lease holds, and how many jobs it has in hand."""

    worker: Worker
    alive: bool
    running: int


@dataclass(frozen=True)
class Overview:
    """The whole queue at one instant. `stalled`: something is ready and no worker is alive."""

    at: datetime
    names: Sequence[NameCount]
    oldest_waiting: LateJob | None
    running: Sequence[Job]
    failed: Sequence[FailedJob]
    workers: Sequence[WorkerStatus]
    schedules: Sequence[Schedule]

    @property
    def stalled(self) -> bool:
        return self.oldest_waiting is not None and not any(status.alive for status in self.workers)

    def total(self, state: JobState) -> int:
        """How many jobs are in that state, over all names."""
        return sum(getattr(name, state.value) for name in self.names)


def overview(*, shown: int = SHOWN) -> Overview:
    """Counts by name and state, oldest ready job, up to `shown` running and newest failed ones, workers, schedules.

    Six queries, whatever the size of the queue.
    """
    now = timezone.now()
    running = list(Job.objects.filter(state=JobState.RUNNING).order_by("attempted_at", "id")[:shown])
    return Overview(
        at=now,
        names=_counts(now),
        oldest_waiting=_oldest(now),
        running=running,
        failed=[FailedJob(job, reason(job)) for job in _newest_failed(shown)],
        workers=_workers(now, running),
        schedules=list(Schedule.objects.order_by("next_run_at", "name")),
    )


def ready_jobs(now: datetime, queues: Iterable[str] = ()) -> QuerySet[Job]:
    """Waiting jobs whose time has come, first the one to run first: priority, then age. No queues means all."""
    ready = Job.objects.filter(state=JobState.WAITING, run_after__lte=now).order_by("-priority", "run_after", "id")
    names = list(queues)
    return ready.filter(queue__in=names) if names else ready


def expired_jobs(now: datetime, *, alive: Iterable[int] = ()) -> QuerySet[Job]:
    """Running jobs whose worker let the lease pass, except those the caller knows to be alive."""
    return Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now).exclude(pk__in=list(alive)).order_by("pk")


def jobs(*, state: str | None = None, name: str | None = None, limit: int = SHOWN) -> QuerySet[Job]:
    """The newest jobs, of one state or task if given."""
    found = Job.objects.order_by("-pk")
    if state:
        found = found.filter(state=state)
    if name:
        found = found.filter(name=name)
    return found[:limit]


def get_job(job_id: int) -> Job:
    """The job, else `JobsError("unknown_job")`."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        raise JobsError("unknown_job", job_id=job_id)
    return job


def reason(job: Job) -> str:
    """Why its last attempt failed, in words; empty when none did."""
    if not job.error_class:
        return ""
    if job.error in JobsError.sentences:
        return str(JobsError.sentences[job.error])
    if job.error_class == "builtins.MemoryError":
        return _("Superó la memoria permitida.")
    return _("Error %(kind)s en %(place)s.") % {"kind": job.error_class.rpartition(".")[2], "place": job.error}


def _counts(now: datetime) -> list[NameCount]:
    unended = Q(state__in=[JobState.WAITING, JobState.RUNNING, JobState.FAILED])
    recent = Q(state__in=[JobState.DONE, JobState.CANCELLED], finished_at__gte=now - ONE_DAY)
    per_state = {state.value: Count("pk", filter=Q(state=state)) for state in JobState}
    rows = Job.objects.filter(unended | recent).order_by("name").values("name").annotate(**per_state)
    return [NameCount(**cast(dict[str, Any], row)) for row in rows]


def _oldest(now: datetime) -> LateJob | None:
    job = ready_jobs(now).order_by("run_after", "id").first()
    return LateJob(job, job.run_after, now - job.run_after) if job else None


def _newest_failed(shown: int) -> QuerySet[Job]:
    return Job.objects.filter(state=JobState.FAILED).order_by("-finished_at", "-pk")[:shown]


def _workers(now: datetime, running: Iterable[Job]) -> list[WorkerStatus]:
    hands = [job.worker for job in running]
    return [
        WorkerStatus(worker, worker.lease_until > now, hands.count(worker.name))
        for worker in Worker.objects.order_by("started_at", "name")
    ]
