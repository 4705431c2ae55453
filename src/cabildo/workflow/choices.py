"""The words workflow uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayEffect(models.TextChoices):
    ADDED = "added", _("agrega un feriado")
    REMOVED = "removed", _("quita un feriado")


class DutyState(models.TextChoices):
    ON_TIME = "on_time", _("En plazo")
    DUE_SOON = "due_soon", _("Por vencer")
    LATE = "late", _("Atrasada")
    STOPPED = "stopped", _("Plazo detenido")
