"""Lines of the programme and what may be done in it."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

COUNTERPARTS = 2  # named by the mayor before the committee (seed 001, slide 24)


class Line(models.TextChoices):
    """Where a diagnosis leads (seed 001, slide 11)."""

    LEVELLING = "levelling", _("Nivelación")
    PROGRESSIVE = "progressive", _("Mejoramiento Progresivo")
    ACCREDITATION = "accreditation", _("Acreditación")


class Party(models.TextChoices):
    """Whose duty or right a clause is."""

    MUNICIPALITY = "municipality", _("municipalidad")
    AGENCY = "agency", _("organismo")


class Nature(models.TextChoices):
    DUTY = "duty", _("deber")
    RIGHT = "right", _("derecho")


class SupportKind(models.TextChoices):
    """What the programme supports with (seed 001, slide 19)."""

    TECHNICAL = "technical", _("técnico")
    TRAINING = "training", _("capacitación")
    FINANCIAL = "financial", _("financiero")


class MovementKind(models.TextChoices):
    TRANSFER = "transfer", _("transferencia")
    RENDERED = "account_rendered", _("rendición de cuentas")


class QualityPermission(StrEnum):
    VIEW = "quality.view_cycles"
    LEAD = "quality.lead_cycle"
    ANSWER = "quality.answer_instruments"
