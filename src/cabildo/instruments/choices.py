"""The words instruments uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MarkMode(models.TextChoices):
    """How a whole assessment is marked where the method of its model takes both ways."""

    SINGLE = "single", _("con una sola nota")
    ATTRIBUTES = "attributes", _("por atributos")


class PaperKind(models.TextChoices):
    """What kind of paper an evidence is, by the names that offices use."""

    DECREE = "decree", _("decreto o resolución")
    REGULATION = "regulation", _("reglamento u ordenanza")
    MINUTES = "minutes", _("acta")
    REPORT = "report", _("informe")
    PLAN = "plan", _("plan o programa")
    PROCEDURE = "procedure", _("manual o procedimiento")
    RECORD = "record", _("registro o planilla")
    CONTRACT = "contract", _("contrato o convenio")
    SURVEY = "survey", _("encuesta o medición")
    PHOTO = "photo", _("fotografía")
    OTHER = "other", _("otro documento")
