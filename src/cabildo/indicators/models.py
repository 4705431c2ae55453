"""What was observed of computed indicators, and the indicators that people measure."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.indicators.choices import Aim, MeasurementState, Periodicity

AMOUNT: Any = {"max_digits": 15, "decimal_places": 4}  # fifteen digits are what SQLite keeps exactly
# what an indicator takes over from its definition, word by word
DEFINED = (
    "label", "formula", "numerator", "denominator", "unit", "direction", "dimension", "periodicity", "source",
    "disaggregations",
)  # fmt: skip


class ObservationRecord(TenantModel):
    """An indicator over a period, as counted at `cut_off`; without datum both counts are null."""

    code = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    cut_off = models.DateTimeField()
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code", "since", "until"], name="indicators_observed_once"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="indicators_period"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False),
                name="indicators_both_counts_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.since}"


class Indicator(TenantModel):
    """An indicator of the municipality's own, or taken from a published definition; its words are kept as they were.

    `computed_code` names the computed source that feeds it, if any. Without baseline it is unknown, which is not zero.
    """

    label = models.CharField(_("nombre"), max_length=200)
    formula = models.TextField(_("fórmula, en palabras"), max_length=1000)
    numerator = models.CharField(_("numerador"), max_length=250, blank=True)
    denominator = models.CharField(_("denominador"), max_length=250, blank=True)
    unit = models.CharField(_("unidad"), max_length=40)
    direction = models.CharField(_("qué es mejor"), max_length=5, choices=Aim.choices, default=Aim.UP)
    band_low = models.DecimalField(_("desde"), null=True, blank=True, **AMOUNT)
    band_high = models.DecimalField(_("hasta"), null=True, blank=True, **AMOUNT)
    dimension = models.CharField(_("dimensión"), max_length=60, blank=True)
    periodicity = models.CharField(_("cada cuánto se mide"), max_length=12, choices=Periodicity.choices)
    source = models.CharField(_("de dónde sale el dato"), max_length=250)
    disaggregations: Any = models.JSONField(default=list, blank=True)
    baseline = models.DecimalField(_("línea base"), null=True, blank=True, **AMOUNT)
    baseline_on = models.DateField(_("fecha de la línea base"), null=True, blank=True)
    green_from = models.PositiveSmallIntegerField(_("verde desde (% de la meta)"), default=90)
    yellow_from = models.PositiveSmallIntegerField(_("amarillo desde (% de la meta)"), default=70)
    definition_version = models.ForeignKey(
        "content.PackVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    definition_code = models.CharField(max_length=60, blank=True)
    computed_code = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("indicador")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction=Aim.BAND, band_low__isnull=False, band_high__gte=F("band_low"))
                | (~Q(direction=Aim.BAND) & Q(band_low__isnull=True, band_high__isnull=True)),
                name="indicators_band",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | Q(baseline_on__isnull=False), name="indicators_baseline_dated"
            ),
            models.CheckConstraint(condition=Q(green_from__gt=F("yellow_from")), name="indicators_thresholds"),
        ]

    def __str__(self) -> str:
        return self.label


class Target(TenantModel):
    """What an indicator should reach by a day."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    due_on = models.DateField(_("al"))
    value = models.DecimalField(_("meta"), **AMOUNT)

    class Meta:
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["indicator", "due_on"], name="indicators_target_once")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.due_on}"


class Measurement(TenantModel):
    """What was measured at `cut_off`: both counts, or a plain value, or nothing, which is «sin dato» and no zero.

    Never changed: a correction is a row of its own that names the one it corrects. Declared and validated are apart.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    cut_off = models.DateField(_("fecha de corte"))
    numerator = models.DecimalField(_("numerador"), null=True, blank=True, **AMOUNT)
    denominator = models.DecimalField(_("denominador"), null=True, blank=True, **AMOUNT)
    value = models.DecimalField(_("valor"), null=True, blank=True, **AMOUNT)
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("estado"), max_length=10, choices=MeasurementState.choices)
    source_records = models.TextField(_("registros de donde sale"), max_length=2000, blank=True)
    note = models.TextField(_("nota"), max_length=2000, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["cut_off", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, value__isnull=True),
                name="indicators_counts_or_value",
            ),
            models.UniqueConstraint(
                fields=["indicator", "cut_off", "state"],
                condition=Q(corrects__isnull=True, area__isnull=True),
                name="indicators_measured_once",
            ),
            models.UniqueConstraint(
                fields=["indicator", "cut_off", "state", "area"],
                condition=Q(corrects__isnull=True, area__isnull=False),
                name="indicators_measured_once_by_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.cut_off}"
