"""The queue behind Django's tasks API: `task.enqueue()`, `task.get_result()`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.tasks import Task, TaskResult
from django.tasks.backends.base import BaseTaskBackend


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task):
    """A task that knows its registered name and how it is to be run."""

    job_name: str = ""
    retries: int = 5
    isolated: bool = False
    memory_mb: int | None = None

    @property
    def stored_name(self) -> str:
        """What the job's row says: the registered name, else (a library's plain task) its import path."""
        return self.job_name or self.module_path


class DatabaseBackend(BaseTaskBackend):
    """Keeps jobs in the application's own database, in the transaction that asks for them."""

    task_class = JobTask
    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task, args: Sequence[Any], kwargs: Mapping[str, Any]) -> TaskResult:
        from cabildo.jobs import actions, results

        self.validate_task(task)
        job = actions.insert(task, args, kwargs)
        return results.result_of(job, task)

    def get_result(self, result_id: str) -> TaskResult:
        from cabildo.jobs import results

        return results.find(result_id)
