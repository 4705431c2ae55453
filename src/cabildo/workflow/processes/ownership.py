"""Who reads the papers of a task? Whoever may see the process."""

from typing import Any

from cabildo.accounts.access import can
from cabildo.documents import owners
from cabildo.workflow.processes.choices import ProcessPermission
from cabildo.workflow.processes.models import TaskRun

OWNER_TYPE = "workflow.taskrun"


def _may_read(user: Any, owner_id: str) -> bool:
    task = TaskRun.objects.filter(pk=owner_id).first()
    return task is not None and can(user, ProcessPermission.VIEW, task)


def register() -> None:
    owners.register(OWNER_TYPE, may_read=_may_read)
