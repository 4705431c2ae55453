"""A process in each of its states, for the walk through all pages."""

from datetime import date

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.content import actions as content
from cabildo.content.validation import checked
from cabildo.workflow.processes.actions import runs, stages, tasks
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.models import ProcessRun, RunRole, StageRun, TaskRun
from cabildo.workflow.processes.views.stages import STEPS as STAGE_STEPS
from cabildo.workflow.processes.views.tasks import STEPS as TASK_STEPS
from e2e.site_map import Values
from workflow.processes import fair


def gather(head: User, today: date) -> Values:
    """One whose first stage is under way: something done, something that does not apply, a gate passed, one not."""
    begun = _begun(head, today)
    in_it = {"stage__run": begun}
    return {
        "mesa/procesos/pk": [begun.pk],
        "mesa/procesos/roles/pk": [RunRole.objects.filter(run=begun).earliest("pk").pk],
        "mesa/procesos/etapas/pk": list(StageRun.objects.filter(run=begun).values_list("pk", flat=True)),
        "mesa/procesos/tareas/pk": list(TaskRun.objects.filter(**in_it).values_list("pk", flat=True)),
        "mesa/procesos/etapas/{pk}/requisitos/code": ["equipo"],
        "mesa/procesos/etapas/{pk}/paso/step": list(STAGE_STEPS),
        "mesa/procesos/tareas/{pk}/paso/step": list(TASK_STEPS),
    }


def _begun(head: User, today: date) -> ProcessRun:
    version = content.publish(body=checked(fair.body()), by=audit.SYSTEM).version
    department = Department.objects.get(code="operaciones")
    planned = {"planned_start_on": today, "department": department, "holders": {"lider": Holder(head, department)}}
    begun = runs.start(version=version, title="Feria de la comuna", by=head, **planned)
    first = StageRun.objects.filter(run=begun).earliest("position")
    stages.begin_stage(first, by=head, today=today)
    stages.pass_gate(first, "equipo", said="Decreto 12", by=head)
    done, _next, outside = TaskRun.objects.filter(stage=first).order_by("position")
    tasks.finish_task(done, ended_on=today, by=head, today=today, note="Con el club.")
    tasks.skip_task(outside, reason="Este año no se adorna.", by=head, today=today)
    return begun
