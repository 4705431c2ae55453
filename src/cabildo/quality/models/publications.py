"""What an agency published of the results of its municipalities: frozen, so that two publications can be told apart."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.quality.choices import Basis
from cabildo.quality.models.cycle import Cycle

PROTECT = models.PROTECT


class Publication(models.Model):
    """The figures of an agency as they stood when somebody published them. Never changed: another one follows it.

    `held` are the groups that this publication keeps back because few changed in them since an earlier one, as lists:
    id of the version, basis, year and number that were asked for, and the values of the group.
    """

    agency = models.ForeignKey("accounts.Agency", on_delete=PROTECT, related_name="+")
    at = models.DateTimeField(_("publicada el"))
    by = models.ForeignKey("accounts.User", on_delete=PROTECT, related_name="+")
    smallest = models.PositiveSmallIntegerField(_("municipalidades que bastan para una cifra"))
    waiting = models.PositiveIntegerField(_("municipalidades que esperan la siguiente"))
    held = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("publicación de resultados")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.agency}, {self.at:%d-%m-%Y}"


class PublishedPlace(TenantModel):
    """Where a municipality stood in a publication, with or without a result."""

    publication = models.ForeignKey(Publication, on_delete=PROTECT, related_name="places")
    region = models.CharField(max_length=2, blank=True)
    stage = models.CharField(max_length=60, blank=True)
    line = models.CharField(max_length=14, blank=True)

    class Meta:
        verbose_name = _("municipalidad en una publicación")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "municipality"], name="quality_published_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id}"


class PublishedResult(TenantModel):
    """One basis of a cycle as it is published: from which sealed layer, and its exact points.

    `parts` holds rows of criterion, subcriterion, points and maximum, as `ResultPart` writes them.
    """

    publication = models.ForeignKey(Publication, on_delete=PROTECT, related_name="results")
    cycle = models.ForeignKey(Cycle, on_delete=PROTECT, related_name="+")
    basis = models.CharField(_("de qué"), max_length=9, choices=Basis.choices)
    layer = models.ForeignKey("instruments.Layer", on_delete=PROTECT, related_name="+")
    version = models.ForeignKey("content.PackVersion", on_delete=PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("año en que se declaró"))
    parts = models.JSONField()

    class Meta:
        verbose_name = _("resultado publicado")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "cycle", "basis"], name="quality_published_result_once")
        ]
        indexes = [models.Index(fields=["publication", "version"], name="quality_published_version")]

    def __str__(self) -> str:
        return f"{self.cycle_id}: {self.get_basis_display()}"
