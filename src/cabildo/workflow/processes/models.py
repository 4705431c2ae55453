"""A process under way in a municipality: its stages, tasks and who answers for them; what happened, and what passed."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.workflow.models.records import TimelineEntry
from cabildo.workflow.processes.choices import (
    OPEN_RUNS,
    OPEN_STAGES,
    OPEN_TASKS,
    EventKind,
    RunState,
    Side,
    StageState,
    TaskState,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

USER, DEPARTMENT = "accounts.User", "accounts.Department"


def nobody(to: str, name: "StrPromise") -> Any:
    """A relation that may be empty and keeps what it points to."""
    return models.ForeignKey(to, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=name)


class Planned(TenantModel):
    """Days as first planned, which never change; as planned again, with the reason; and as they truly were."""

    planned_starts_on = models.DateField(_("debía empezar"))
    planned_ends_on = models.DateField(_("debía terminar"))
    replanned_starts_on = models.DateField(_("nueva fecha de inicio"), null=True, blank=True)
    replanned_ends_on = models.DateField(_("nueva fecha de término"), null=True, blank=True)
    replan_reason = models.CharField(_("motivo del cambio de fechas"), max_length=300, blank=True)
    started_on = models.DateField(_("empezó"), null=True, blank=True)
    ended_on = models.DateField(_("terminó"), null=True, blank=True)
    # the day that holds: the last one planned
    due_on = models.GeneratedField(
        expression=Coalesce("replanned_ends_on", "planned_ends_on"), output_field=models.DateField(), db_persist=True
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def expected_starts_on(self) -> date:
        """The last planned day to begin."""
        return self.replanned_starts_on or self.planned_starts_on

    @property
    def expected_ends_on(self) -> date:
        """The last planned day to end; `due_on` is the same, kept by the database."""
        return self.replanned_ends_on or self.planned_ends_on


class ProcessRun(TenantModel):
    """One time that a municipality goes through a process. What it is about is named by type and id."""

    pack_version = models.ForeignKey("content.PackVersion", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("nombre"), max_length=160)
    on_type = models.CharField(max_length=80, blank=True)
    on_id = models.CharField(max_length=60, blank=True)
    department = nobody(DEPARTMENT, _("dirección que lo conduce"))
    leader = nobody(USER, _("persona que lo conduce"))
    cycle = models.PositiveSmallIntegerField(_("ciclo"), default=1)
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="next")
    state = models.CharField(_("estado"), max_length=10, choices=RunState.choices, default=RunState.PLANNED)
    planned_start_on = models.DateField(_("inicio previsto"))
    started_on = models.DateField(_("empezó"), null=True, blank=True)
    ended_on = models.DateField(_("terminó"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("proceso")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN_RUNS, ended_on__isnull=True)
                | (~Q(state__in=OPEN_RUNS) & Q(ended_on__isnull=False)),
                name="workflow_run_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "-planned_start_on"], name="workflow_run_state"),
            models.Index(fields=["municipality", "on_type", "on_id"], name="workflow_run_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_RUNS


class RunRole(TenantModel):
    """Who holds a role of the process in this run: a person, a department, or nobody yet."""

    run = models.ForeignKey(ProcessRun, on_delete=models.CASCADE, related_name="roles")
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=160)
    side = models.CharField(max_length=12, choices=Side.choices)
    position = models.PositiveSmallIntegerField()
    responsible = nobody(USER, _("persona que responde"))
    department = nobody(DEPARTMENT, _("dirección"))

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "code"], name="workflow_run_role")]

    def __str__(self) -> str:
        return self.label


class StageRun(Planned):
    """A stage of a run. `round` counts how often it was opened: what was passed by hand holds for one round."""

    run = models.ForeignKey(ProcessRun, on_delete=models.CASCADE, related_name="stages")
    code = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=160)
    state = models.CharField(_("estado"), max_length=10, choices=StageState.choices, default=StageState.TO_BEGIN)
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("etapa")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "code"], name="workflow_stage_code"),
            models.CheckConstraint(
                condition=~Q(state=StageState.CLOSED) | Q(ended_on__isnull=False), name="workflow_stage_closed"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "state", "due_on"], name="workflow_stage_due")]

    def __str__(self) -> str:
        return self.label

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STAGES


class TaskRun(Planned):
    """A task of a stage: who answers for it, how it goes. Its papers are documents that belong to it."""

    stage = models.ForeignKey(StageRun, on_delete=models.CASCADE, related_name="tasks")
    code = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=160)
    role = models.CharField(max_length=60)
    responsible = nobody(USER, _("persona que responde"))
    department = nobody(DEPARTMENT, _("dirección"))
    state = models.CharField(_("estado"), max_length=10, choices=TaskState.choices, default=TaskState.PENDING)
    is_required = models.BooleanField(default=True)
    is_visit = models.BooleanField(default=False)
    deliverable = models.CharField(_("documento que deja"), max_length=200, blank=True)
    note = models.TextField(_("nota"), max_length=2000, blank=True)
    reason = models.CharField(_("por qué no aplica"), max_length=300, blank=True)
    ended_by = nobody(USER, _("quién la terminó"))

    class Meta:
        verbose_name = _("tarea")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "code"], name="workflow_task_code"),
            models.CheckConstraint(
                condition=~Q(state=TaskState.SKIPPED) | ~Q(reason=""), name="workflow_task_skipped_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_TASKS, ended_on__isnull=True)
                | (~Q(state__in=OPEN_TASKS) & Q(ended_on__isnull=False)),
                name="workflow_task_ended",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="workflow_task_days",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "responsible", "state", "due_on"], name="workflow_task_owed"),
            models.Index(fields=["municipality", "department", "state", "due_on"], name="workflow_task_there"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_TASKS


class GatePass(TenantModel):
    """A requirement that held when it was looked at: who looked, when, and what the check said."""

    stage = models.ForeignKey(StageRun, on_delete=models.CASCADE, related_name="passes")
    code = models.CharField(max_length=60)
    round = models.PositiveSmallIntegerField()
    check_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = nobody(USER, _("quién lo dio por cumplido"))
    said = models.CharField(_("en qué se funda"), max_length=400)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("requisito cumplido")
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "code", "round"],
                condition=Q(withdrawn_at__isnull=True),
                name="workflow_gate_pass_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage_id} {self.code}"


class ProcessEvent(TimelineEntry):
    """One line of the history of a run."""

    run = models.ForeignKey(ProcessRun, on_delete=models.CASCADE, related_name="events")
    stage = models.ForeignKey(StageRun, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    task = models.ForeignKey(TaskRun, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=40, choices=EventKind.choices)

    class Meta(TimelineEntry.Meta):
        abstract = False
        indexes = [models.Index(fields=["run", "at"], name="workflow_process_event")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.kind}"


class RunFeed(TenantModel):
    """The secret address at which a person reads the dates of a run; only an index of the secret is kept."""

    run = models.ForeignKey(ProcessRun, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    token_index = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.run_id} {self.user_id}"
