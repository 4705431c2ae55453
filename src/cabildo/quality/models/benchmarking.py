"""What a cycle obtained, kept to be added up with others; and who agreed to be compared."""

from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.quality.choices import Basis, Sharing
from cabildo.quality.models.cycle import Cycle


class CycleResult(TenantModel):
    """What one basis of a cycle obtains: what was declared when the report is sent, or validated when that is issued.

    Taken from a sealed layer, so it can be computed again; a layer that takes its place replaces the row. `year` is
    the year in which the cycle first declared, also for what was validated later.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="results")
    basis = models.CharField(_("de qué"), max_length=9, choices=Basis.choices)
    layer = models.ForeignKey("instruments.Layer", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("content.PackVersion", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("año en que se declaró"))

    class Meta:
        verbose_name = _("resultado de un ciclo")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "basis"], name="quality_result_once")]
        indexes = [models.Index(fields=["version", "basis"], name="quality_result_version")]

    def __str__(self) -> str:
        return f"{self.cycle}: {self.get_basis_display()}"


class ResultPart(TenantModel):
    """The exact points of a criterion, of one of its subcriteria, or of the whole (both empty), as «31/2»."""

    result = models.ForeignKey(CycleResult, on_delete=models.CASCADE, related_name="parts")
    criterion = models.CharField(max_length=60, blank=True)
    subcriterion = models.CharField(max_length=60, blank=True)
    points = models.CharField(max_length=60)
    maximum = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("resultado de una parte")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["result", "criterion", "subcriterion"], name="quality_result_part_once"),
            models.CheckConstraint(
                condition=Q(subcriterion="") | ~Q(criterion=""), name="quality_result_part_of_criterion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.subcriterion}: {self.points} / {self.maximum}"

    @property
    def ratio(self) -> Fraction | None:
        """None where nothing was in scope: unknown, which is not zero."""
        return Fraction(self.points) / Fraction(self.maximum) if Fraction(self.maximum) else None


class BenchmarkConsent(TenantModel):
    """What a municipality lets others of the programme see of its results, from when, and who decided it.

    Never changed: each decision names the one it replaces, and the one that none replaces is in force.
    """

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    sharing = models.CharField(_("qué se comparte"), max_length=9, choices=Sharing.choices)
    at = models.DateTimeField(_("desde"), auto_now_add=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("quién decidió"))
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("autorización para comparar")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(replaces__isnull=True), name="quality_first_consent_once"
            )
        ]

    def __str__(self) -> str:
        return self.get_sharing_display()
