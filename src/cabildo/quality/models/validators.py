"""Who validates: the register of the validating body, and who was sent to which cycle after declaring no conflict."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.quality.models.cycle import Cycle

NO_DECLARATION = Q(declared_at__isnull=True, has_conflict__isnull=True, declaration="")
DECLARED = Q(declared_at__isnull=False, has_conflict__isnull=False) & ~Q(declaration="")


class Validator(Revised, models.Model):
    """A person trained to validate, in the register of an agency, until a day; where they work, as they declare."""

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("persona"))
    trained_on = models.DateField(_("se formó el"))
    valid_until = models.DateField(_("su formación vale hasta"))
    employer = models.CharField(_("dónde trabaja, según declara"), max_length=160)
    note = models.TextField(_("observaciones"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("validador")
        ordering = ["user__full_name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "user"], name="quality_validator_once"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("trained_on")) & ~Q(employer=""), name="quality_validator_trained"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class ValidatorAssignment(TenantModel):
    """A validator sent to a cycle, for its self-assessment and its plan. Who declares a conflict cannot act.

    One that ended names why: only the validating body ends it, by force majeure; `replaces` is the one they took over.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="validator_assignments")
    validator = models.ForeignKey(Validator, on_delete=models.PROTECT, related_name="assignments")
    assigned_on = models.DateField(_("se asignó el"))
    assigned_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    has_conflict = models.BooleanField(_("tiene un conflicto de interés"), null=True, blank=True)
    declaration = models.TextField(_("declaración"), max_length=2000, blank=True)
    declared_at = models.DateTimeField(_("declaró el"), null=True, blank=True)
    plan_read_at = models.DateTimeField(_("terminó de leer el plan el"), null=True, blank=True)
    ended_on = models.DateField(_("dejó de validar el"), null=True, blank=True)
    end_reason = models.TextField(_("por qué dejó de validar"), max_length=2000, blank=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("asignación de validador")
        ordering = ["assigned_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "validator"], condition=Q(ended_on__isnull=True), name="quality_validator_assigned"
            ),
            models.CheckConstraint(condition=NO_DECLARATION | DECLARED, name="quality_validator_declared"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False, ended_on__gte=F("assigned_on")) & ~Q(end_reason="")),
                name="quality_validator_ended",
            ),
        ]

    def __str__(self) -> str:
        return str(self.validator)

    @property
    def party(self) -> str:
        """Whose layer of scores it is."""
        return f"validator-{self.validator_id}"

    @property
    def may_act(self) -> bool:
        """Declared, without conflict, and not ended."""
        return self.ended_on is None and self.has_conflict is False
