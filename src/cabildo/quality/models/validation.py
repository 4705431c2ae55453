"""Stages 4 and 6: what validators mark and write, in which state it is, what was issued, observed and answered."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.quality.choices import ChangeReason, FindingKind, Subject, ValidationState
from cabildo.quality.models.cycle import Cycle
from cabildo.quality.models.validators import ValidatorAssignment


class Validation(Revised, TenantModel):
    """The validation of a self-assessment. `declared` is the sealed layer that is read: another one makes it stale."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="validation")
    declared = models.ForeignKey("instruments.Layer", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("estado"), max_length=10, choices=ValidationState.choices, default=ValidationState.REVIEW
    )
    interview = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    summary = models.TextField(_("síntesis del informe"), max_length=6000, blank=True)
    opened_at = models.DateTimeField(_("comenzó el"))

    class Meta:
        verbose_name = _("validación de la autoevaluación")

    def __str__(self) -> str:
        return str(_("Validación de la autoevaluación"))


class ValidationStep(TenantModel):
    """A change of state: which, when, by whom. Only added."""

    validation = models.ForeignKey(Validation, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=ValidationState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("paso de la validación")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_state_display()


class DraftMark(Revised, TenantModel):
    """What a validator would mark, before sealing: theirs alone. Without `assignment`, the one all of them agree on."""

    validation = models.ForeignKey(Validation, on_delete=models.CASCADE, related_name="drafts")
    assignment = models.ForeignKey(
        ValidatorAssignment, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    element = models.CharField(max_length=60)
    score = models.PositiveSmallIntegerField(_("puntaje"), null=True, blank=True)
    attributes: Any = models.JSONField(_("puntaje por atributo"), default=dict, blank=True)
    is_excluded = models.BooleanField(_("no aplica"), default=False)
    reason_code = models.CharField(_("motivo"), max_length=20, choices=ChangeReason.choices, blank=True)
    reason = models.TextField(_("explicación"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("puntaje en borrador")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "element"], condition=Q(assignment__isnull=False), name="quality_draft_mark"
            ),
            models.UniqueConstraint(
                fields=["validation", "element"], condition=Q(assignment__isnull=True), name="quality_draft_consensus"
            ),
            models.CheckConstraint(
                condition=Q(is_excluded=False) | Q(score__isnull=True), name="quality_draft_excluded"
            ),
        ]

    def __str__(self) -> str:
        return self.element


class Finding(Revised, TenantModel):
    """A strength or an opportunity to improve that validators see in a subcriterion, for the feedback report."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="findings")
    phase = models.CharField(_("de qué"), max_length=6, choices=Subject.choices, default=Subject.REPORT)
    subcriterion = models.CharField(_("subcriterio"), max_length=60)
    element = models.CharField(_("elemento de gestión"), max_length=60, blank=True)
    kind = models.CharField(_("qué es"), max_length=11, choices=FindingKind.choices)
    text = models.TextField(_("qué se encontró"), max_length=2000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("hallazgo")
        ordering = ["kind", "pk"]
        indexes = [models.Index(fields=["cycle", "phase", "subcriterion"], name="quality_finding_part")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="quality_finding_told")]

    def __str__(self) -> str:
        return self.text


class Observation(TenantModel):
    """What the municipality observes of the feedback report, and what the validators answer."""

    validation = models.ForeignKey(Validation, on_delete=models.PROTECT, related_name="observations")
    subcriterion = models.CharField(_("subcriterio"), max_length=60, blank=True)
    text = models.TextField(_("observación"), max_length=4000)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reply = models.TextField(_("respuesta"), max_length=4000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("observación al informe")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True, replied_by__isnull=True)
                | (Q(replied_at__isnull=False, replied_by__isnull=False) & ~Q(reply="")),
                name="quality_observation_replied",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="quality_observation_told"),
        ]

    def __str__(self) -> str:
        return self.text


class PlanValidation(Revised, TenantModel):
    """The reading of the improvement plan. `issued_on` is null until its report goes out."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="plan_validation")
    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="+")
    conclusion = models.TextField(_("conclusión"), max_length=6000, blank=True)
    opened_at = models.DateTimeField(_("comenzó el"))
    issued_on = models.DateField(_("informe emitido el"), null=True, blank=True)
    read_plan = models.JSONField(null=True, editable=False)  # its snapshot, from the day the report goes out

    class Meta:
        verbose_name = _("validación del plan")
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | ~Q(conclusion=""), name="quality_plan_validation_told"
            )
        ]

    def __str__(self) -> str:
        return str(_("Validación del Plan de Mejoras"))


class Recommendation(Revised, TenantModel):
    """What validators recommend of a part of the plan; without `node`, of the whole."""

    validation = models.ForeignKey(PlanValidation, on_delete=models.PROTECT, related_name="recommendations")
    node = models.ForeignKey(
        "plans.PlanNode",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("parte del plan"),
    )
    node_label = models.CharField(max_length=300, blank=True)  # as it was read, whatever the plan becomes
    text = models.TextField(_("recomendación"), max_length=2000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    is_taken = models.BooleanField(_("se acoge"), null=True, blank=True)  # null until the municipality decides
    answer = models.TextField(_("qué se hará, quién y hasta cuándo; o por qué no"), max_length=2000, blank=True)
    answered_on = models.DateField(_("se decidió el"), null=True, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("recomendación al plan")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="quality_recommendation_told"),
            models.CheckConstraint(
                condition=Q(is_taken__isnull=True, answer="", answered_on__isnull=True, answered_by__isnull=True)
                | (Q(is_taken__isnull=False, answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="quality_recommendation_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class IssuedReport(TenantModel):
    """A report that the validating body sent to the municipality, as it went out. A correction is the next number.

    `content` keeps the summary and the findings it said, whatever is written since.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="issued_reports")
    phase = models.CharField(max_length=6, choices=Subject.choices)
    number = models.PositiveSmallIntegerField(_("versión"))
    layer = models.ForeignKey("instruments.Layer", on_delete=models.PROTECT, null=True, related_name="+")
    content: Any = models.JSONField(default=dict)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField(_("emitido el"))
    issued_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("informe emitido")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "phase", "number"], name="quality_issued_once"),
            models.CheckConstraint(
                condition=Q(phase=Subject.PLAN, layer__isnull=True) | Q(phase=Subject.REPORT, layer__isnull=False),
                name="quality_issued_layer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} {self.number}"
