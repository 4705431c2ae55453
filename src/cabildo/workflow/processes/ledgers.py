"""What departments owe to processes under way, for management control."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cabildo.workflow import ledgers
from cabildo.workflow.ledgers import Ledger, Owed
from cabildo.workflow.processes.models import TaskRun
from cabildo.workflow.processes.queries import open_tasks


def _open(_user: Any) -> QuerySet[TaskRun]:
    return open_tasks()


def _task(task: TaskRun) -> Owed:
    url = reverse("processes:task", args=[task.pk])
    return Owed(f"T-{task.pk}", f"{task.label} · {task.stage.run.title}", str(task.responsible or ""), task.due_on, url)


def register() -> None:
    ledgers.register(
        Ledger(
            "tareas",
            _("Tareas de los procesos"),
            _open,
            _task,
            related=("stage__run", "responsible"),
            persons=("responsible", "stage__run__leader"),
        )
    )
