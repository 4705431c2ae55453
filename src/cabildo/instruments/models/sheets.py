"""A model being filled in, element by element: what is done, what shows it, who proposes what and what was agreed."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.instruments.choices import PaperKind
from cabildo.instruments.models.answering import Assessment


class Standing:
    """How far a sheet is, from what stands in it; whoever reads some of its fields tells it the same way."""

    text: Any
    written_at: Any
    agreed_at: Any

    @property
    def is_written(self) -> bool:
        """Has somebody written or confirmed the text here? One brought from an earlier assessment waits for it."""
        return self.written_at is not None and bool(self.text.strip())

    @property
    def is_carried(self) -> bool:
        return self.written_at is None and bool(self.text.strip())

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None


class Sheet(Standing, Revised, TenantModel):
    """One element: who writes it and until when, the text, the levels attested, and the mark the group agreed.

    `attested` holds level → bool, `attributes` and `score` what the writers give on a panel. The agreed mark is apart:
    without `agreed_at` there is none. Proposals stay hidden until `consensus_opened_at`.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="sheets")
    element = models.CharField(max_length=60)
    department = models.ForeignKey(
        "accounts.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dirección o unidad responsable"),
    )
    helpers = models.ManyToManyField(
        "accounts.Department", blank=True, related_name="+", verbose_name=_("direcciones o unidades que ayudan")
    )
    due_on = models.DateField(_("a más tardar"), null=True, blank=True)
    text = models.TextField(_("qué se hace"), max_length=8000, blank=True)
    attested: Any = models.JSONField(_("niveles que se cumplen"), default=dict, blank=True)
    score = models.PositiveSmallIntegerField(_("puntaje"), null=True, blank=True)
    attributes: Any = models.JSONField(_("puntaje por atributo"), default=dict, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    consensus_opened_at = models.DateTimeField(null=True, blank=True)
    agreed_score = models.PositiveSmallIntegerField(_("puntaje acordado"), null=True, blank=True)
    agreed_attributes: Any = models.JSONField(_("puntaje acordado por atributo"), default=dict, blank=True)
    is_excluded = models.BooleanField(_("no aplica"), default=False)
    agreement_note = models.TextField(_("nota del acuerdo"), max_length=2000, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("ficha")
        ordering = ["assessment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "element"], name="instruments_one_sheet"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=False) | Q(agreed_score__isnull=True, is_excluded=False),
                name="instruments_sheet_agreed",
            ),
            models.CheckConstraint(
                condition=Q(is_excluded=False) | Q(agreed_score__isnull=True), name="instruments_sheet_excluded"
            ),
        ]

    def __str__(self) -> str:
        return self.element


class Proposal(TenantModel):
    """The mark one person would give; the others see it once the group opens the consensus of its sheet."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="proposals")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(_("puntaje"), null=True, blank=True)
    attributes: Any = models.JSONField(_("puntaje por atributo"), default=dict, blank=True)
    is_excluded = models.BooleanField(_("no aplica"), default=False)
    note = models.TextField(_("por qué"), max_length=2000, blank=True)
    proposed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("propuesta")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "user"], name="instruments_one_proposal"),
            models.CheckConstraint(
                condition=Q(is_excluded=False) | Q(score__isnull=True), name="instruments_proposal_excluded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.user}"


class Evidence(Revised, TenantModel):
    """A paper that shows something, with its files; several elements may use it. It serves until `valid_until`.

    `carried_from` is the same paper in an earlier assessment, whose files it shares.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(_("título"), max_length=200)
    kind = models.CharField(_("tipo de documento"), max_length=12, choices=PaperKind.choices)
    issued_on = models.DateField(_("fecha del documento"), null=True, blank=True)
    valid_until = models.DateField(_("vigente hasta"), null=True, blank=True)
    note = models.TextField(_("qué muestra"), max_length=2000, blank=True)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("evidencia")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")),
                name="instruments_evidence_dates",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="instruments_evidence_titled"),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceUse(TenantModel):
    """An element that an evidence shows."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="uses")
    element = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("uso de una evidencia")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["evidence", "element"], name="instruments_one_use")]

    def __str__(self) -> str:
        return f"{self.element}: {self.evidence_id}"


class YearFigure(TenantModel):
    """What an indicator was worth in a year, and where that figure comes from."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="figures")
    element = models.CharField(max_length=60)
    indicator = models.CharField(_("indicador"), max_length=160)
    unit = models.CharField(_("unidad"), max_length=40)
    year = models.PositiveSmallIntegerField(_("año"))
    value = models.DecimalField(_("valor"), max_digits=18, decimal_places=4)
    source = models.CharField(_("de dónde sale"), max_length=200)
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="figures", verbose_name=_("evidencia")
    )
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("cifra anual")
        ordering = ["element", "indicator", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "element", "indicator", "year"], name="instruments_one_figure"
            ),
            models.CheckConstraint(condition=~Q(indicator="") & ~Q(source=""), name="instruments_figure_told"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"


class PartSummary(Revised, TenantModel):
    """What a part of the model (a subcriterion) does well and what it lacks, in the words of the group."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="summaries")
    part = models.CharField(max_length=60)
    strengths = models.TextField(_("fortalezas"), max_length=4000, blank=True)
    gaps = models.TextField(_("brechas"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("síntesis")
        ordering = ["assessment", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "part"], name="instruments_one_summary")]

    def __str__(self) -> str:
        return self.part
