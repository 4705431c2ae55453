"""The words indicators use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Aim(models.TextChoices):
    UP = "up", _("Mientras más, mejor")
    DOWN = "down", _("Mientras menos, mejor")
    BAND = "band", _("Entre dos valores")


class Periodicity(models.TextChoices):
    MONTHLY = "monthly", _("Mensual")
    QUARTERLY = "quarterly", _("Trimestral")
    HALF_YEARLY = "half_yearly", _("Semestral")
    YEARLY = "yearly", _("Anual")
    ONCE = "once", _("Una vez, al terminar")


class MeasurementState(models.TextChoices):
    DECLARED = "declared", _("Declarado")
    VALIDATED = "validated", _("Validado")
