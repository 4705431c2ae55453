"""The consultancy that an agency contracts: its people, the municipalities it accompanies, its visits to each."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.quality.models.cycle import Cycle

MOST_VISITS = 12


class Consultancy(Revised, models.Model):
    """A tender that was awarded and the contract that came of it. One that ended keeps its last day."""

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    firm = models.CharField(_("empresa o persona contratada"), max_length=160)
    tender_number = models.CharField(_("número de la licitación"), max_length=60)
    awarded_on = models.DateField(_("se adjudicó el"))
    contract_number = models.CharField(_("número del contrato"), max_length=60)
    starts_on = models.DateField(_("primer día del contrato"))
    ends_on = models.DateField(_("último día del contrato"))
    ended_on: Any = models.DateField(_("terminó el"), null=True, blank=True)

    class Meta:
        verbose_name = _("consultoría")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "contract_number"], name="quality_contract_once"),
            models.CheckConstraint(
                condition=~Q(firm="") & ~Q(tender_number="") & ~Q(contract_number=""), name="quality_consultancy_told"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__gte=F("awarded_on"), ends_on__gte=F("starts_on"))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on"))),
                name="quality_consultancy_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.contract_number}"


class ConsultancyMember(models.Model):
    """Somebody of the firm who visits. They hold the outside role in every municipality of the contract, to its end."""

    consultancy = models.ForeignKey(Consultancy, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("persona"))
    starts_on = models.DateField(_("desde"))
    ended_on: Any = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("consultor")
        ordering = ["user__full_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultancy", "user"], condition=Q(ended_on__isnull=True), name="quality_consultant_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")), name="quality_consultant_dates"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class ConsultancyPlace(TenantModel):
    """A municipality that the contract covers. One at a time accompanies a municipality."""

    consultancy = models.ForeignKey(Consultancy, on_delete=models.PROTECT, related_name="places")
    starts_on = models.DateField(_("desde"))
    ended_on: Any = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("municipalidad de la consultoría")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(ended_on__isnull=True), name="quality_one_consultancy"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")), name="quality_covered_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultancy} · {self.municipality}"


class Visit(Revised, TenantModel):
    """A visit of the consultancy, which is a task of the cycle's process: its agenda before, its report after."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="visits")
    place = models.ForeignKey(ConsultancyPlace, on_delete=models.PROTECT, related_name="visits")
    task = models.ForeignKey("workflow.TaskRun", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("visita"))
    agenda = models.TextField(_("tabla de la visita"), max_length=4000)
    held_on: Any = models.DateField(_("se hizo el"), null=True, blank=True)
    effort_days: Any = models.DecimalField(
        _("días de trabajo"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(20))],
    )
    report = models.TextField(_("informe de la visita"), max_length=10000, blank=True)

    class Meta:
        verbose_name = _("visita de la consultoría")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="quality_visit_number"),
            models.UniqueConstraint(fields=["cycle", "task"], name="quality_visit_task"),
            models.CheckConstraint(
                condition=~Q(agenda="") & Q(number__gte=1, number__lte=MOST_VISITS), name="quality_visit_told"
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, effort_days__isnull=True, report="")
                | (Q(held_on__isnull=False, effort_days__gt=0) & ~Q(report="")),
                name="quality_visit_reported",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Visita %s") % self.number)
