"""The plan by which a department clears its historic backlog."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel


class ClearingPlan(TenantModel):
    """So many requests a week, from a day on, under a person's care. A later plan takes the place of the earlier."""

    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("empieza el"))
    weekly_target = models.PositiveSmallIntegerField(_("solicitudes por semana"), validators=[MinValueValidator(1)])
    responsible = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    notes = models.TextField(_("cómo se hará"), max_length=1000, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("plan de puesta al día")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "department", "starts_on"], name="tickets_plan_once"),
            models.CheckConstraint(condition=Q(weekly_target__gte=1), name="tickets_plan_target"),
        ]

    def __str__(self) -> str:
        return f"{self.department_id} {self.starts_on}"
