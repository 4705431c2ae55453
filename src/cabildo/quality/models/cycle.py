"""A municipality's turns through the programme."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.quality.choices import Line


class Cycle(TenantModel):
    """One turn, from its diagnosis to the next. The line is proposed by the result and confirmed by the programme."""

    number = models.PositiveSmallIntegerField(_("ciclo"))
    opened_on = models.DateField(_("comenzó el"))
    closed_on = models.DateField(_("terminó el"), null=True, blank=True)
    diagnosis = models.OneToOneField(
        "instruments.Assessment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null only while both are being written
    self_assessment = models.OneToOneField(
        "instruments.Assessment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null until stage 3 starts
    final_assessment = models.OneToOneField(
        "instruments.Assessment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null until the elements of the plan are marked again, at its end
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="next")
    proposed_line = models.CharField(_("línea propuesta"), max_length=14, choices=Line.choices, blank=True)
    band = models.CharField(_("nivel"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("ciclo de mejora")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="quality_cycle_number"),
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(closed_on__isnull=True), name="quality_one_open_cycle"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Ciclo %s") % self.number)
