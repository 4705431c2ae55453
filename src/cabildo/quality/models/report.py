"""The report of the self-assessment: its background, its letter and acta, what the consultant said, what was sent."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.quality.choices import BackgroundKind, Subject
from cabildo.quality.models.cycle import Cycle


class Report(Revised, TenantModel):
    """What the report needs besides the self-assessment: the mayor's letter, whose file `documents` keeps, and the
    meeting of the committee whose signed acta backs the scores."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="report")
    letter_number = models.CharField(_("número del oficio"), max_length=40, blank=True)
    letter_on = models.DateField(_("fecha del oficio"), null=True, blank=True)
    meeting = models.ForeignKey(
        "meetings.Meeting",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reunión cuya acta respalda los puntajes"),
    )

    class Meta:
        verbose_name = _("informe de autoevaluación")

    def __str__(self) -> str:
        return str(_("Informe de Autoevaluación"))


class Background(Revised, TenantModel):
    """Comuna and municipality in words, for who validates from elsewhere."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="background")
    organisation = models.TextField(_("cómo se organiza la municipalidad"), max_length=6000, blank=True)
    challenges = models.TextField(_("principales desafíos"), max_length=6000, blank=True)

    class Meta:
        verbose_name = _("antecedentes")

    def __str__(self) -> str:
        return str(_("Antecedentes de la comuna y la municipalidad"))


class BackgroundFigure(Revised, TenantModel):
    """A figure with its year and source: persons, square kilometres or pesos by its kind. What has no row is unknown.

    A rural population carries in `whole` the population that the same source counted.
    """

    background = models.ForeignKey(Background, on_delete=models.PROTECT, related_name="figures")
    kind = models.CharField(_("dato"), max_length=16, choices=BackgroundKind.choices)
    year = models.PositiveSmallIntegerField(_("año"), validators=[MinValueValidator(1990)])
    value = models.DecimalField(_("cifra"), max_digits=18, decimal_places=2, validators=[MinValueValidator(Decimal(0))])
    whole = models.DecimalField(
        _("población total según la misma fuente"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(1))],
    )
    source = models.CharField(_("fuente"), max_length=200)

    class Meta:
        verbose_name = _("dato de los antecedentes")
        ordering = ["kind", "-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["background", "kind", "year"], name="quality_background_figure"),
            models.UniqueConstraint(
                fields=["background", "kind"],
                condition=~Q(kind=BackgroundKind.BUDGET),
                name="quality_background_once",
            ),
            models.CheckConstraint(condition=Q(value__gte=0) & ~Q(source=""), name="quality_background_sourced"),
            models.CheckConstraint(
                condition=(~Q(kind=BackgroundKind.RURAL) & Q(whole__isnull=True))
                | Q(kind=BackgroundKind.RURAL, whole__isnull=False, whole__gt=0, value__lte=F("whole")),
                name="quality_background_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"


class ConsultantReview(TenantModel):
    """What the consultant said of what they read. `sha256` is of that content: once it changes, the review is stale."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="consultant_reviews")
    subject = models.CharField(_("qué revisó"), max_length=6, choices=Subject.choices)
    sha256 = models.CharField(_("huella SHA-256 de lo revisado"), max_length=64)
    remarks = models.TextField(_("observaciones"), max_length=6000)
    reviewed_at = models.DateTimeField(_("revisado"))
    reviewed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("revisión de la consultoría")
        ordering = ["-reviewed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(remarks="") & ~Q(sha256=""), name="quality_review_told"),
        ]

    def __str__(self) -> str:
        return str(self.get_subject_display())


class Sending(TenantModel):
    """What was sent to the validating body, with which letter. The copy is kept by `documents`; it never changes.

    `sha256` is of that copy; `content_sha256` of what it was made from, as a consultant's review carries it.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="sendings")
    subject = models.CharField(_("qué se envió"), max_length=6, choices=Subject.choices)
    letter_number = models.CharField(_("número del oficio"), max_length=40)
    letter_on = models.DateField(_("fecha del oficio"))
    to = models.CharField(_("organismo validador"), max_length=160)
    sha256 = models.CharField(_("huella SHA-256 de la copia"), max_length=64)
    content_sha256 = models.CharField(_("huella SHA-256 del contenido"), max_length=64)
    reason = models.TextField(_("qué cambió desde el envío anterior"), max_length=1000, blank=True)
    sent_at = models.DateTimeField(_("enviado"))
    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("envío")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "subject", "content_sha256"], name="quality_sent_once"),
            models.CheckConstraint(
                condition=~Q(letter_number="") & ~Q(to="") & ~Q(sha256="") & ~Q(content_sha256=""),
                name="quality_sending_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} · {self.letter_number}"
