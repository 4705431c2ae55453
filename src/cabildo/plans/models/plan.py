"""A plan, its tree, and what was approved of it."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.plans.choices import ActKind, PlanState, ProgressRule

GREEN_FROM, YELLOW_FROM = 90, 70  # per cent of what was planned
LIGHTEST = Decimal("0.001")


class Plan(Revised, TenantModel):
    """A tree of what will be done until when. `on_type` and `on_id` name the record of the programme that owns it.

    `levels` are the names of its levels, the highest first; `touched` keeps at which revision each field last changed.
    """

    title = models.CharField(_("título"), max_length=200)
    kind = models.SlugField(_("tipo"), max_length=40)
    on_type = models.CharField(max_length=60, blank=True)
    on_id = models.CharField(max_length=40, blank=True)
    levels: Any = models.JSONField(_("niveles"), default=list)
    state = models.CharField(_("estado"), max_length=12, choices=PlanState.choices, default=PlanState.DRAFT)
    department = models.ForeignKey(
        "accounts.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dirección que lo lleva"),
    )
    starts_on = models.DateField(_("desde"))
    ends_on = models.DateField(_("hasta"))
    green_from = models.PositiveSmallIntegerField(_("verde desde (% de lo programado)"), default=GREEN_FROM)
    yellow_from = models.PositiveSmallIntegerField(_("amarillo desde (% de lo programado)"), default=YELLOW_FROM)
    closing_note = models.TextField(_("cómo terminó"), max_length=4000, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("plan")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="plans_plan_dates"),
            models.CheckConstraint(condition=Q(green_from__gt=F("yellow_from")), name="plans_plan_thresholds"),
        ]
        indexes = [
            models.Index(fields=["municipality", "on_type", "on_id"], name="plans_plan_owner"),
            models.Index(fields=["municipality", "state", "ends_on"], name="plans_plan_state"),
        ]

    def __str__(self) -> str:
        return self.title


class PlanNode(Revised, TenantModel):
    """One place of the tree. The approved dates are written once, with the first approval; a re-baseline leaves them.

    `place` is the name by which its kind knows a place that every plan of it has; people see its code and label.
    `removed_on` marks what was taken out after the approval; `touched` keeps at which revision each field last changed.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    position = models.PositiveIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(_("código"), max_length=30)
    place = models.CharField(max_length=30, blank=True, editable=False)
    label = models.CharField(_("nombre"), max_length=250)
    problem = models.TextField(_("problema o brecha"), max_length=4000, blank=True)
    objective = models.TextField(_("objetivo"), max_length=4000, blank=True)
    methodology = models.TextField(_("cómo se hará"), max_length=8000, blank=True)
    verification = models.TextField(_("medio de verificación"), max_length=2000, blank=True)
    risks = models.TextField(_("riesgos"), max_length=4000, blank=True)
    expected_effect: Any = models.JSONField(default=dict, blank=True)
    weight = models.DecimalField(
        _("peso"), max_digits=8, decimal_places=3, default=1, validators=[MinValueValidator(LIGHTEST)]
    )
    rule = models.CharField(
        _("cómo se cuenta el avance"), max_length=10, choices=ProgressRule.choices, default=ProgressRule.WEIGHTED
    )
    manual_reason = models.CharField(_("por qué a mano"), max_length=300, blank=True)
    department = models.ForeignKey(
        "accounts.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dirección responsable"),
    )
    responsible = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("persona responsable"),
    )
    starts_on = models.DateField(_("comienza"), null=True, blank=True)
    ends_on = models.DateField(_("termina"), null=True, blank=True)
    approved_starts_on = models.DateField(_("comienzo aprobado"), null=True, blank=True, editable=False)
    approved_ends_on = models.DateField(_("término aprobado"), null=True, blank=True, editable=False)
    closed_on = models.DateField(_("cerrada el"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    removed_on = models.DateField(_("quitada el"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("elemento del plan")
        ordering = ["level", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="plans_node_code"),
            models.UniqueConstraint(fields=["plan", "place"], condition=~Q(place=""), name="plans_node_place"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="plans_node_weight"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="plans_node_dates",
            ),
            models.CheckConstraint(
                condition=~Q(rule=ProgressRule.MANUAL) | ~Q(manual_reason=""), name="plans_node_manual_reason"
            ),
            models.CheckConstraint(
                condition=Q(level=0, parent__isnull=True) | Q(level__gt=0, parent__isnull=False),
                name="plans_node_parent",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "responsible", "ends_on"], name="plans_node_person"),
            models.Index(fields=["municipality", "department", "ends_on"], name="plans_node_department"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class Participation(TenantModel):
    """A department that takes part in what another answers for."""

    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="participations")
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "department"], name="plans_participation_once")]

    def __str__(self) -> str:
        return f"{self.node_id} {self.department_id}"


class PlanVersion(TenantModel):
    """What an act approved: the whole plan as JSON and its SHA-256. Never changed, never removed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("versión"))
    snapshot: Any = models.JSONField()
    sha256 = models.CharField(max_length=64)
    act_kind = models.CharField(_("acto que aprueba"), max_length=12, choices=ActKind.choices)
    act_number = models.CharField(_("número"), max_length=40)
    act_on = models.DateField(_("fecha del acto"))
    approved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plans_version_number")]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class Rebaseline(TenantModel):
    """A change of an approved plan: what it was, what it is, and why. Never changed, never removed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rebaselines")
    node = models.ForeignKey(PlanNode, on_delete=models.PROTECT, related_name="rebaselines")
    verb = models.CharField(max_length=10)
    changes: Any = models.JSONField(default=dict)
    reason = models.TextField(_("razón"), max_length=2000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.node_id} {self.verb}"
