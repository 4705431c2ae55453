"""The accreditation line: the services presented, and the points of global management and of each of them."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.quality.choices import PointsSide
from cabildo.quality.models.cycle import Cycle

PROTECT = models.PROTECT
IS_TOTAL = Q(service__isnull=True) & ~Q(total="")
IS_SERVICE = Q(service__isnull=False, total="")


class Service(Revised, TenantModel):
    """A service that the municipality presents for accreditation in a cycle, who answers for it, and why it.

    One that drops out keeps its row, with the day and the reason; what was sealed of it stays as it was.
    """

    cycle = models.ForeignKey(Cycle, on_delete=PROTECT, related_name="services")
    name = models.CharField(_("nombre del servicio"), max_length=160)
    department = models.ForeignKey(
        "accounts.Department", on_delete=PROTECT, related_name="+", verbose_name=_("dirección responsable")
    )
    delivers = models.TextField(_("qué entrega"), max_length=2000)
    reason = models.TextField(_("por qué se eligió"), max_length=2000)
    withdrawn_on: Any = models.DateField(_("se retiró el"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("por qué se retiró"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("servicio presentado")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "name"], condition=Q(withdrawn_on__isnull=True), name="quality_service_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawal_reason="")),
                name="quality_service_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(delivers="") & ~Q(reason=""), name="quality_service_told"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PointsLayer(TenantModel):
    """The points that one side states, on which paper and by which rules. Sealed whole: the database keeps it as it is.

    A correction is a new layer of the same side that names the one before, and why. A validated layer names in `read`
    the declared one that it answers: another declaration makes it stale.
    """

    cycle = models.ForeignKey(Cycle, on_delete=PROTECT, related_name="points_layers")
    side = models.CharField(_("de quién son"), max_length=9, choices=PointsSide.choices)
    rules = models.ForeignKey("content.PackVersion", on_delete=PROTECT, related_name="+")
    paper = models.CharField(_("documento que los respalda"), max_length=200)
    read = models.ForeignKey("self", on_delete=PROTECT, null=True, blank=True, related_name="+")
    previous = models.OneToOneField("self", on_delete=PROTECT, null=True, blank=True, related_name="next")
    reason = models.TextField(_("motivo de la corrección"), max_length=1000, blank=True)
    sealed_at = models.DateTimeField(_("sellados el"))
    sealed_by = models.ForeignKey("accounts.User", on_delete=PROTECT, related_name="+")

    class Meta:
        verbose_name = _("puntos de acreditación")
        ordering = ["sealed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "side"], condition=Q(previous__isnull=True), name="quality_first_points"
            ),
            models.CheckConstraint(
                condition=Q(previous__isnull=True, reason="") | (Q(previous__isnull=False) & ~Q(reason="")),
                name="quality_points_correction_told",
            ),
            models.CheckConstraint(
                condition=Q(side=PointsSide.DECLARED, read__isnull=True)
                | Q(side=PointsSide.VALIDATED, read__isnull=False),
                name="quality_points_read",
            ),
            models.CheckConstraint(condition=~Q(paper=""), name="quality_points_paper"),
        ]

    def __str__(self) -> str:
        return self.get_side_display()


class Points(TenantModel):
    """What a layer gives to one total of the rules, by its id, or to one service; `label` as it was called then."""

    layer = models.ForeignKey(PointsLayer, on_delete=PROTECT, related_name="points")
    total = models.CharField(max_length=60, blank=True)
    service = models.ForeignKey(Service, on_delete=PROTECT, null=True, blank=True, related_name="points")
    label = models.CharField(max_length=160)
    points = models.DecimalField(
        _("puntos"), max_digits=7, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )

    class Meta:
        verbose_name = _("puntos")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=IS_TOTAL | IS_SERVICE, name="quality_points_of_one"),
            models.CheckConstraint(condition=Q(points__gte=0), name="quality_points_positive"),
            models.UniqueConstraint(
                fields=["layer", "total"], condition=Q(service__isnull=True), name="quality_points_total"
            ),
            models.UniqueConstraint(
                fields=["layer", "service"], condition=Q(service__isnull=False), name="quality_points_service"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.points}"
