"""On which processes does a permission hold? Leading, for who leads it; working, for who answers."""

from typing import Any

from cabildo.accounts.access import departments_where, holds_everywhere, register_predicate
from cabildo.workflow.processes.choices import ProcessPermission
from cabildo.workflow.processes.models import ProcessRun, RunRole, StageRun, TaskRun
from cabildo.workflow.processes.queries import acting_as


def run_of(row: Any) -> ProcessRun:
    """The run of a stage, a task or a role, or the run itself."""
    if isinstance(row, TaskRun):
        row = row.stage
    return row.run if isinstance(row, StageRun | RunRole) else row


def leads(user: Any, row: Any) -> bool:
    """Whoever was named to lead it, or stands in for them; who directs every process, or those of its department."""
    run = run_of(row)
    if run.leader_id and run.leader_id in acting_as(user):
        return True
    return directs_all(user) or run.department_id in departments_where(user, ProcessPermission.DIRECT)


def directs_all(user: Any) -> bool:
    return holds_everywhere(user, ProcessPermission.DIRECT)


def works(user: Any, task: Any) -> bool:
    """Who answers for the task, who stands in for them, their department, and who leads the process."""
    there = departments_where(user, ProcessPermission.WORK)
    return task.responsible_id in acting_as(user) or task.department_id in there or leads(user, task)


def register() -> None:
    register_predicate(ProcessPermission.LEAD, leads, unless=directs_all)
    register_predicate(ProcessPermission.WORK, works, unless=directs_all)
