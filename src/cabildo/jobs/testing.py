"""For tests of other apps: run what waits, here and now.

With `settings.JOBS_IMMEDIATE = True` each job runs in this process as soon as its transaction commits.
"""

from datetime import timedelta

from cabildo.jobs import actions, execution

LEASE = timedelta(hours=1)


def run_waiting(*, raising: bool = True) -> int:
    """Run every ready job in this process, those they enqueue too; returns how many ran.

    The first error is raised, unless `raising` is False: then failed jobs are recorded as a worker would.
    Isolated jobs run here as well, since another process would not see the test's transaction.
    """
    count = 0
    while job := actions.claim(worker="test", lease=LEASE):
        count += 1
        error = execution.run(job)
        if error and raising:
            raise error
    return count
