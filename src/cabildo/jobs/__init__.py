"""The background queue: what other apps call.

Nothing here touches the models while Django is loading, so any module may import these names.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cabildo.jobs.context import register as register_context
from cabildo.jobs.decorators import daily, every, task

if TYPE_CHECKING:
    from cabildo.jobs.models import Job

__all__ = ["daily", "enqueue", "every", "progress", "register_context", "task"]


def enqueue(
    name: str,
    /,
    *,
    after: datetime | timedelta | None = None,
    key: str | None = None,
    municipality: Any = None,
    by: Any = None,
    **arguments: Any,
) -> "Job":
    """Ask for the task `name` to run once the caller's transaction commits; a rollback takes it back.

    `after` is the earliest instant, or the time to wait. While a job of the same name and `key` waits, no
    second one is made: that one is returned. `municipality` and `by` are objects or their ids; the job
    runs in their scope. Arguments must be JSON and fit the function (TypeError). An unregistered name
    raises `JobsError("unknown_task")`.
    """
    from cabildo.jobs import actions

    return actions.enqueue(name, after=after, key=key, municipality=municipality, by=by, **arguments)


def progress(done: int, total: int | None = None, message: str = "") -> None:
    """Tell the operations page how far the running job is; outside a job it does nothing.

    Call it between batches: inside a transaction it is written when that commits. No personal data.
    """
    from cabildo.jobs import execution

    execution.progress(done, total, message)
