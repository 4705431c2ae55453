"""Run a heavy job in a process of its own, with a limit on its memory.

The new process imports this module before Django is ready, so nothing here imports models at the top.
"""

import multiprocessing
import os
import resource
import signal
import threading
from typing import TYPE_CHECKING

from cabildo.jobs.errors import JobsError

if TYPE_CHECKING:
    from cabildo.jobs.models import Job

MIB = 1024 * 1024
PARENT_IS_GONE = 3


def run(job: "Job", *, memory_mb: int | None) -> None:
    """Run the claimed job in a new process, which records how it ended; if it dies first, the job has failed."""
    from cabildo.jobs import actions

    child = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(job.pk, job.attempts, memory_mb), name=f"job-{job.pk}"
    )
    child.start()
    child.join()
    if child.exitcode:
        actions.fail(job, JobsError("process_died"))


def _serve(job_id: int, attempt: int, memory_mb: int | None) -> None:
    """What the new process does. A stop signal to the group is for the worker, which waits for this job."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    if memory_mb:
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MIB, resource.getrlimit(resource.RLIMIT_AS)[1]))
    import django

    django.setup()
    _run(job_id, attempt)


def _run(job_id: int, attempt: int) -> None:
    from django.db import connections

    from cabildo.jobs import execution
    from cabildo.jobs.choices import JobState
    from cabildo.jobs.models import Job

    try:
        job = Job.objects.filter(pk=job_id, attempts=attempt, state=JobState.RUNNING).first()
        if job:
            execution.run(job)
    finally:
        connections.close_all()


def _die_with_parent() -> None:
    """Without its worker the job's lease ends and another run begins: this one must not go on beside it."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(PARENT_IS_GONE)
