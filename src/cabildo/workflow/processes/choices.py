"""The words of the processes."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """From where somebody takes part."""

    MUNICIPALITY = "municipality", _("Municipalidad")
    AGENCY = "agency", _("Organismo")
    OUTSIDE = "outside", _("Externo")


class RunState(models.TextChoices):
    PLANNED = "planned", _("Por empezar")
    RUNNING = "running", _("En curso")
    ENDED = "ended", _("Terminado")
    WITHDRAWN = "withdrawn", _("Retirado")


class StageState(models.TextChoices):
    TO_BEGIN = "to_begin", _("Por empezar")
    RUNNING = "running", _("En curso")
    CLOSED = "closed", _("Cerrada")
    REOPENED = "reopened", _("Reabierta")


class TaskState(models.TextChoices):
    PENDING = "pending", _("Pendiente")
    RUNNING = "running", _("En curso")
    DONE = "done", _("Hecha")
    SKIPPED = "skipped", _("No aplica")


OPEN_RUNS = [RunState.PLANNED, RunState.RUNNING]
OPEN_STAGES = [StageState.RUNNING, StageState.REOPENED]
OPEN_TASKS = [TaskState.PENDING, TaskState.RUNNING]


class EventKind(models.TextChoices):
    CREATED = "created", _("Se planificó el proceso")
    WITHDRAWN = "withdrawn", _("Se retiró el proceso")
    RESUMED = "resumed", _("Se retomó el proceso")
    ENDED = "ended", _("Terminó el proceso")
    CYCLE = "cycle", _("Se abrió un nuevo ciclo")
    LED = "led", _("Cambió quién conduce el proceso")
    STAGE_BEGUN = "stage_begun", _("Comenzó la etapa")
    STAGE_CLOSED = "stage_closed", _("Se cerró la etapa")
    STAGE_REOPENED = "stage_reopened", _("Se reabrió la etapa")
    STAGE_REPEATED = "stage_repeated", _("La etapa empezó de nuevo")
    REPLANNED = "replanned", _("Cambiaron las fechas")
    TASK_BEGUN = "task_begun", _("Comenzó la tarea")
    TASK_DONE = "task_done", _("Se hizo la tarea")
    TASK_UNDONE = "task_undone", _("La tarea volvió a quedar pendiente")
    TASK_SKIPPED = "task_skipped", _("La tarea no aplica")
    TASK_CHANGED = "task_changed", _("Se anotó en la tarea")
    REASSIGNED = "reassigned", _("Cambió quién responde")
    GATE_PASSED = "gate_passed", _("Se dio por cumplido un requisito")
    GATE_WITHDRAWN = "gate_withdrawn", _("Un requisito dejó de estar cumplido")


class ProcessPermission(StrEnum):
    """What may be done with processes."""

    VIEW = "workflow.view_processes"
    DIRECT = "workflow.direct_processes"  # start processes, and lead those of one's department, or all
    LEAD = "workflow.lead_process"  # begin and close stages, plan again, say who answers: of those one leads
    WORK = "workflow.work_on_tasks"  # those one answers for: see processes.permissions
