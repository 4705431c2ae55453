"""What hangs from a node: milestones, money, proofs, progress, what was done to get back on track."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.plans.models.plan import LIGHTEST, PlanNode


class Milestone(TenantModel):
    """A moment that can be told from outside. The approved day is written once, with the first approval."""

    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="milestones")
    label = models.CharField(_("hito"), max_length=200)
    weight = models.DecimalField(
        _("peso"), max_digits=8, decimal_places=3, default=1, validators=[MinValueValidator(LIGHTEST)]
    )
    due_on = models.DateField(_("debe cumplirse el"))
    approved_due_on = models.DateField(null=True, blank=True, editable=False)
    done_on = models.DateField(_("cumplido el"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(weight__gt=0), name="plans_milestone_weight")]

    def __str__(self) -> str:
        return self.label


class BudgetLine(TenantModel):
    """Money of one year and one source for a node, in pesos: what it has, what is committed and what is spent."""

    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="budget_lines")
    concept = models.CharField(_("en qué"), max_length=200)
    source = models.CharField(_("fuente de financiamiento"), max_length=120)
    year = models.PositiveSmallIntegerField(_("año"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    amount_clp = models.BigIntegerField(_("presupuesto (pesos)"), validators=[MinValueValidator(0)])
    committed_clp = models.BigIntegerField(_("comprometido (pesos)"), default=0, validators=[MinValueValidator(0)])
    spent_clp = models.BigIntegerField(_("gastado (pesos)"), default=0, validators=[MinValueValidator(0)])

    class Meta:
        ordering = ["year", "source", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_clp__gte=0, committed_clp__gte=0, spent_clp__gte=0), name="plans_budget_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.source}"


class NodeIndicator(TenantModel):
    """An indicator by which a node is measured."""

    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="indicator_links")
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "indicator"], name="plans_indicator_once")]

    def __str__(self) -> str:
        return f"{self.node_id} {self.indicator_id}"


class Evidence(TenantModel):
    """A document that proves what a node did; one document may prove several."""

    node = models.ForeignKey(PlanNode, on_delete=models.PROTECT, related_name="evidence")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    proves = models.CharField(_("qué prueba"), max_length=250)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["node", "document"], name="plans_evidence_once")]

    def __str__(self) -> str:
        return self.proves


class ProgressReport(TenantModel):
    """How far a node had got on a day, as told by somebody. Never changed: the next report says otherwise."""

    node = models.ForeignKey(PlanNode, on_delete=models.PROTECT, related_name="reports")
    on = models.DateField(_("al"))
    percent = models.DecimalField(
        _("avance (%)"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    text = models.TextField(_("qué se hizo"), max_length=4000)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="plans_report_percent")
        ]

    def __str__(self) -> str:
        return f"{self.node_id} {self.percent}"


class CorrectiveMeasure(TenantModel):
    """What somebody will do, by when, because a node is behind."""

    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="measures")
    what = models.TextField(_("medida"), max_length=2000)
    responsible: Any = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("persona responsable")
    )
    due_on = models.DateField(_("a más tardar el"))
    done_on = models.DateField(_("cumplida el"), null=True, blank=True)
    outcome = models.TextField(_("qué resultó"), max_length=2000, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["municipality", "responsible", "done_on"], name="plans_measure_person")]

    def __str__(self) -> str:
        return self.what[:60]
