"""Folios, the municipality's own holidays, and the shapes of a clock and of a timeline."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.workflow.choices import HolidayEffect
from cabildo.workflow.rules.terms import Clock, Unit

UNITS = [(Unit.HABILES.value, _("días hábiles")), (Unit.CORRIDOS.value, _("días corridos"))]


class FolioSequence(TenantModel):
    """The last correlative number given in a series and year."""

    series = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "series", "year"], name="workflow_folio_series"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class HolidayChange(TenantModel):
    """A day that the municipality adds to, or takes from, the national holidays."""

    date = models.DateField(_("fecha"))
    effect = models.CharField(_("qué hace"), max_length=8, choices=HolidayEffect.choices)
    name = models.CharField(_("nombre"), max_length=120)
    act = models.CharField(_("ley, decreto o acuerdo que lo dispone"), max_length=160)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "date"], name="workflow_holiday_once"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class ClockRecord(TenantModel):
    """A computed deadline with its day-by-day explanation; concrete in the app that owes something."""

    clock = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Clock])
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10, choices=UNITS)
    article = models.CharField(max_length=200)
    extension_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    urgent = models.BooleanField(default=False)
    extra_days = models.PositiveSmallIntegerField(default=0)
    submitted_on = models.DateField()
    effective_on = models.DateField()
    nominal_due_on = models.DateField()
    due_on = models.DateField()
    extended_due_on = models.DateField(null=True, blank=True)
    explanation: Any = models.JSONField(default=list)
    computed_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def expires_on(self) -> Any:
        return self.extended_due_on or self.due_on


class TimelineEntry(TenantModel):
    """Something that happened, told in plain words; concrete in the app it happened in."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    standing_in_for = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_public = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    data: Any = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
