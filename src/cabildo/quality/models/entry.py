"""Stage 1: the agreement with its clauses, the two counterparts, the support and where its money went."""

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.quality.choices import MovementKind, Nature, Party, SupportKind
from cabildo.quality.models.cycle import Cycle


class Agreement(Revised, TenantModel):
    """What the municipality and the agency signed for a cycle. Its signed file is kept by `documents`."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="agreement")
    agency = models.CharField(_("organismo con que se firma"), max_length=160)
    number = models.CharField(_("número del convenio"), max_length=40, blank=True)
    municipality_signed_on = models.DateField(_("firmó la municipalidad"), null=True, blank=True)
    agency_signed_on = models.DateField(_("firmó el organismo"), null=True, blank=True)
    note = models.TextField(_("observaciones"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("convenio")

    def __str__(self) -> str:
        return str(_("Convenio N° %s") % self.number) if self.number else str(_("Convenio"))

    @property
    def is_signed(self) -> bool:
        """By both parties."""
        return bool(self.municipality_signed_on and self.agency_signed_on)


class AgreementAmendment(TenantModel):
    """A change of an agreement that both had signed: why, with which paper, and what it said before. Only added.

    `before` is field → value, of those that changed.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="amendments")
    reason = models.TextField(_("por qué se modifica"), max_length=1000)
    before = models.JSONField(_("lo que decía antes"), encoder=DjangoJSONEncoder)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    amended_at = models.DateTimeField(_("se modificó el"), default=timezone.now)
    amended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("modificación del convenio")
        ordering = ["amended_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="quality_amendment_told")]

    def __str__(self) -> str:
        return self.reason


class Clause(Revised, TenantModel):
    """A duty or a right of one party, and when it was met, as somebody noted."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="clauses")
    party = models.CharField(_("de quién es"), max_length=12, choices=Party.choices)
    nature = models.CharField(_("deber o derecho"), max_length=5, choices=Nature.choices)
    text = models.TextField(_("qué dice"), max_length=2000)
    position = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(_("a más tardar"), null=True, blank=True)
    met_on = models.DateField(_("se cumplió el"), null=True, blank=True)
    met_note = models.CharField(_("cómo consta"), max_length=500, blank=True)
    met_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("cláusula")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(met_on__isnull=True, met_by__isnull=True, met_note="")
                | (Q(met_on__isnull=False, met_by__isnull=False) & ~Q(met_note="")),
                name="quality_clause_met",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Counterpart(TenantModel):
    """Who coordinates the cycle with the agency, by which act, since when; in force while it has no end."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="counterparts")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("persona"))
    act = models.CharField(_("acto que designa"), max_length=120)
    named_on = models.DateField(_("designada el"))
    ended_on = models.DateField(_("dejó de serlo el"), null=True, blank=True)

    class Meta:
        verbose_name = _("contraparte técnica")
        ordering = ["named_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("named_on")), name="quality_counterpart_dates"
            ),
            models.UniqueConstraint(
                fields=["cycle", "user"], condition=Q(ended_on__isnull=True), name="quality_counterpart_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class Support(Revised, TenantModel):
    """What the programme gives for a cycle and why it is due. Without amount, the amount is unknown; it is not zero."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="supports")
    kind = models.CharField(_("tipo de apoyo"), max_length=9, choices=SupportKind.choices)
    amount_clp = models.BigIntegerField(_("monto (pesos)"), null=True, blank=True, validators=[MinValueValidator(1)])
    pays = models.CharField(_("qué paga"), max_length=500)
    reason = models.TextField(_("por qué le corresponde"), max_length=2000)
    granted_on = models.DateField(_("otorgado el"))

    class Meta:
        verbose_name = _("apoyo")
        ordering = ["granted_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_clp__isnull=True) | Q(amount_clp__gt=0), name="quality_support_amount"
            ),
            models.CheckConstraint(condition=~Q(pays="") & ~Q(reason=""), name="quality_support_told"),
        ]

    def __str__(self) -> str:
        return self.pays


class SupportMovement(TenantModel):
    """Money of a support that came in, or that was accounted for, and the paper that says so."""

    support = models.ForeignKey(Support, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(_("qué es"), max_length=16, choices=MovementKind.choices)
    on = models.DateField(_("fecha"))
    amount_clp = models.BigIntegerField(_("monto (pesos)"), validators=[MinValueValidator(1)])
    paper = models.CharField(_("documento que lo respalda"), max_length=160)

    class Meta:
        verbose_name = _("movimiento del apoyo")
        ordering = ["on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount_clp__gt=0), name="quality_movement_amount")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.paper}"
