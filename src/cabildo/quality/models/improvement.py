"""Stages 5 and 7: the matrix that ranks what could be done, what is done at once, whom the news reached."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.plans.rules.priority import HIGHEST, LOWEST
from cabildo.quality.models.cycle import Cycle
from cabildo.ui.parts import Words

WHOLE = 100  # per cent, of the weights of a matrix
MATRIX_CRITERIA = ("relevance", "feasibility", "impact", "cost")


def _weight(label: Words, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, default=default, validators=[MaxValueValidator(WHOLE)])


def _value(label: Words) -> models.PositiveSmallIntegerField:
    limits = [MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=limits)


class MatrixWeights(Revised, TenantModel):
    """How much each criterion of the matrix of a cycle weighs, in per cent; they add up to a hundred."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="matrix_weights")
    relevance = _weight(_("relevancia (%)"), 40)
    feasibility = _weight(_("factibilidad (%)"), 30)
    impact = _weight(_("impacto en el puntaje (%)"), 20)
    cost = _weight(_("costo (%)"), 10)

    class Meta:
        verbose_name = _("pesos de la matriz")
        constraints = [
            models.CheckConstraint(
                condition=Q(relevance=WHOLE - F("feasibility") - F("impact") - F("cost")), name="quality_weights_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relevance}/{self.feasibility}/{self.impact}/{self.cost}"


class Option(Revised, TenantModel):
    """A methodology of the model as this cycle sees it: its values from 1 to 5, whether it fits in twelve months.

    Unknown is null, never zero. The database keeps the hard gate: what is chosen is complete and fits.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="options")
    subcriterion = models.CharField(max_length=60)
    methodology = models.CharField(max_length=60)
    relevance = _value(_("relevancia"))
    feasibility = _value(_("factibilidad"))
    impact = _value(_("impacto en el puntaje"))
    cost = _value(_("costo"))
    is_feasible = models.BooleanField(_("¿se puede hacer en doce meses?"), null=True, blank=True)
    is_chosen = models.BooleanField(_("elegida"), default=False)
    note = models.CharField(_("por qué"), max_length=500, blank=True)
    line = models.ForeignKey("plans.PlanNode", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("metodología en la matriz")
        ordering = ["subcriterion", "methodology"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "subcriterion", "methodology"], name="quality_option_once"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": LOWEST, f"{name}__lte": HIGHEST}),
                    name=f"quality_option_{name}",
                )
                for name in MATRIX_CRITERIA
            ),
            models.CheckConstraint(
                condition=Q(is_chosen=False)
                | Q(is_feasible=True, **{f"{name}__isnull": False for name in MATRIX_CRITERIA}),
                name="quality_option_chosen",
            ),
        ]

    def __str__(self) -> str:
        return self.methodology


class ImmediateAction(Revised, TenantModel):
    """What is put right at once, outside the matrix: who, until when (at most three months), and when it was done."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="immediate_actions")
    what = models.CharField(_("qué se hará"), max_length=300)
    responsible = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("persona responsable")
    )
    begins_on = models.DateField(_("comienza el"))
    due_on = models.DateField(_("a más tardar el"))
    done_on = models.DateField(_("se hizo el"), null=True, blank=True)
    note = models.CharField(_("qué resultó"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("acción inmediata")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("begins_on")), name="quality_immediate_dates"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | (Q(done_on__gte=F("begins_on")) & ~Q(note="")),
                name="quality_immediate_done",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class DiffusionReach(Revised, TenantModel):
    """How many people of a department heard of the validated plan, of how many it has, how and when."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="diffusion")
    department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, related_name="+", verbose_name=_("dirección")
    )
    staff = models.PositiveIntegerField(_("personas de la dirección"), validators=[MinValueValidator(1)])
    reached = models.PositiveIntegerField(_("personas alcanzadas"))
    how = models.CharField(_("cómo se hizo"), max_length=300)
    on = models.DateField(_("fecha"))

    class Meta:
        verbose_name = _("alcance de la difusión")
        ordering = ["department__name"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "department"], name="quality_reach_once"),
            models.CheckConstraint(
                condition=Q(staff__gt=0, reached__lte=F("staff")) & ~Q(how=""), name="quality_reach_of_staff"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department}: {self.reached}/{self.staff}"
