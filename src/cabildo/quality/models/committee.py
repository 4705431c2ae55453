"""Stage 2: the committee and its launch, whom each channel reaches, how each stage is run and followed, practices."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import Department
from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.quality.choices import Every, Scope, Stage
from cabildo.quality.models.cycle import Cycle


class Committee(TenantModel):
    """Who conducts a cycle: a body of the meetings, created by the decree. Members and their history are the body's."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="committee")
    body = models.OneToOneField("meetings.Body", on_delete=models.PROTECT, related_name="+")
    launch = models.OneToOneField(
        "meetings.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # the last one planned; one that was called off gives way to the next

    class Meta:
        verbose_name = _("Comité de Mejora")

    def __str__(self) -> str:
        return str(self.body)


class ChannelReach(TenantModel):
    """A department that a channel of the communication strategy reaches; the channel is an activity of that plan."""

    channel = models.ForeignKey("plans.PlanNode", on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "department"], name="quality_channel_reach_once")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.department_id}"


class InterventionMethod(Revised, TenantModel):
    """How a stage is run: which departments and people take part, and how they work."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="methods")
    stage = models.CharField(_("etapa"), max_length=30, choices=Stage.choices)
    people = models.TextField(_("quiénes participan"), max_length=2000)
    how = models.TextField(_("cómo se trabaja"), max_length=4000)
    departments = models.ManyToManyField(Department, through="MethodDepartment", related_name="+")

    class Meta:
        verbose_name = _("metodología de intervención")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "stage"], name="quality_method_stage"),
            models.CheckConstraint(condition=~Q(people="") & ~Q(how=""), name="quality_method_told"),
        ]

    def __str__(self) -> str:
        return str(self.get_stage_display())


class MethodDepartment(TenantModel):
    """A department that takes part in a stage."""

    method = models.ForeignKey(InterventionMethod, on_delete=models.CASCADE, related_name="involved")
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["method", "department"], name="quality_method_department_once")]

    def __str__(self) -> str:
        return f"{self.method_id} {self.department_id}"


class FollowUp(Revised, TenantModel):
    """A review that comes again: of the stages under way, or of the plan being carried out."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="follow_ups")
    scope = models.CharField(_("qué se sigue"), max_length=6, choices=Scope.choices)
    what = models.TextField(_("qué se revisa"), max_length=2000)
    reviewer = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("quién revisa")
    )
    every = models.CharField(_("cada cuánto"), max_length=11, choices=Every.choices)
    starts_on = models.DateField(_("primera revisión"))
    when_late = models.TextField(_("qué se hace si hay atraso"), max_length=2000)

    class Meta:
        verbose_name = _("seguimiento")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(when_late=""), name="quality_follow_up_told"),
        ]

    def __str__(self) -> str:
        return self.what


class GoodPractice(Revised, TenantModel):
    """Something that works in a department and that another may copy; all read it once it is published."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="practices")
    department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, related_name="+", verbose_name=_("dirección o unidad")
    )
    title = models.CharField(_("nombre de la práctica"), max_length=160)
    what = models.TextField(_("qué se hace"), max_length=4000)
    since_on = models.DateField(_("desde cuándo"))
    contact = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("a quién preguntar")
    )
    published_on = models.DateField(_("publicada el"), null=True, blank=True)
    published_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("buena práctica")
        ordering = ["-published_on", "-pk"]
        indexes = [models.Index(fields=["municipality", "published_on", "id"], name="quality_practice_published")]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_by__isnull=True)
                | Q(published_on__isnull=False, published_by__isnull=False),
                name="quality_practice_published_by",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(what=""), name="quality_practice_told"),
        ]

    def __str__(self) -> str:
        return self.title
