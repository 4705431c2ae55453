"""A job seen through Django's tasks API."""

from django.tasks import Task, TaskResult, TaskResultStatus
from django.tasks.base import TaskError
from django.tasks.exceptions import TaskResultDoesNotExist

from cabildo.jobs import registry
from cabildo.jobs.choices import JobState
from cabildo.jobs.models import Job

STATUS = {
    JobState.WAITING: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
    JobState.FAILED: TaskResultStatus.FAILED,
    JobState.CANCELLED: TaskResultStatus.FAILED,
}


def find(result_id: str) -> TaskResult:
    """The result of the job with that id, else Django's `TaskResultDoesNotExist`."""
    job = Job.objects.filter(pk=result_id).first() if result_id.isdecimal() else None
    if job is None:
        raise TaskResultDoesNotExist(result_id)
    return result_of(job, registry.resolve(job.name))


def result_of(job: Job, task: Task) -> TaskResult:
    """The job as a `TaskResult`. Its errors carry the place of the failure, not a traceback with texts in it."""
    result: TaskResult = TaskResult(
        task=task,
        id=str(job.pk),
        status=STATUS[JobState(job.state)],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.attempted_at,
        args=job.positional,
        kwargs=job.arguments,
        backend=task.backend,
        errors=[TaskError(exception_class_path=job.error_class, traceback=job.error)] if job.error_class else [],
        worker_ids=[job.worker] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
