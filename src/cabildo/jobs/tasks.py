"""What the queue does for itself and for the database it lives in."""

from datetime import timedelta

from django.utils import timezone

from cabildo.db import statistics
from cabildo.jobs import actions
from cabildo.jobs.decorators import daily, task

KEPT_DONE = timedelta(days=2)
KEPT_FAILED = timedelta(days=90)


@daily(at="04:10")
@task(name="jobs.prune")
def prune() -> int:
    """Forget what ended long ago; what it did is in the audit record, not here."""
    now = timezone.now()
    return actions.prune(done_before=now - KEPT_DONE, failed_before=now - KEPT_FAILED)


@daily(at="03:20")
@task(name="jobs.refresh_statistics")
def refresh_statistics() -> None:
    statistics.refresh()
