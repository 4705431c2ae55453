"""What the processes tell «Mi trabajo»: tasks to do, and stages that wait for whoever leads them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import can, departments_where, holds_everywhere
from cabildo.kit.workdays import Calendar
from cabildo.workflow.duties import Duty
from cabildo.workflow.processes.choices import ProcessPermission, StageState
from cabildo.workflow.processes.models import StageRun, TaskRun
from cabildo.workflow.processes.queries import acting_as, late_of_others, stages_to_move, upcoming
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import Status, standing_on


def task_duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """The first `limit` tasks that this person, their department or nobody else owes; then what they wait for.

    Who leads a process waits for the tasks of others that are late. Three queries.
    """
    if not can(user, ProcessPermission.WORK):
        return
    days = municipal_calendar(today)
    for task in upcoming(user)[:limit]:
        yield _of_task(task, standing_on(task.due_on, today, days), _("Terminar la tarea"))
    for task in late_of_others(user, today)[:limit]:
        yield _of_task(task, standing_on(task.due_on, today, days), _("Ver la tarea"), group="waiting")


def _of_task(task: TaskRun, state: Status, action: str, group: str = "mine") -> Duty:
    return Duty(
        what=f"{task.label} · {task.stage.run.title}",
        folio=f"T-{task.pk}",
        department=str(task.department or ""),
        person=str(task.responsible or ""),
        due_on=task.due_on,
        state=state,
        url=reverse("processes:task", args=[task.pk]),
        action=action,
        group=group,
    )


def stage_duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """The first `limit` stages that wait for this person to begin or close them. Two queries.

    A process with a leader waits for its leader; another, for who directs its department. Who directs every process
    is told only of those that nobody leads.
    """
    if not can(user, ProcessPermission.LEAD):
        return
    directed = departments_where(user, ProcessPermission.DIRECT)
    with_free = holds_everywhere(user, ProcessPermission.DIRECT)
    waiting = stages_to_move(acting_as(user), directed, with_free=with_free)
    days = municipal_calendar(today)
    for stage in waiting[:limit]:
        yield _of_stage(stage, today, days)


def _of_stage(stage: StageRun, today: date, days: Calendar) -> Duty:
    begins = stage.state == StageState.TO_BEGIN
    due_on = stage.expected_starts_on if begins else stage.expected_ends_on
    return Duty(
        what=f"{stage.label} · {stage.run.title}",
        folio=f"E-{stage.pk}",
        department=str(stage.run.department or ""),
        person=str(stage.run.leader or ""),
        due_on=due_on,
        state=standing_on(due_on, today, days),
        url=reverse("processes:run", args=[stage.run_id]),
        action=_("Comenzar la etapa") if begins else _("Cerrar la etapa"),
    )
