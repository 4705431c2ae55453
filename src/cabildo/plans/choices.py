"""The words plans use."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlansPermission(StrEnum):
    """What may be done with plans."""

    VIEW = "plans.view"
    EDIT = "plans.edit"
    REPORT = "plans.report"
    APPROVE = "plans.approve"


class PlanState(models.TextChoices):
    """The states of `rules.states`, in words."""

    DRAFT = "draft", _("En preparación")
    SUBMITTED = "submitted", _("Enviado a aprobación")
    APPROVED = "approved", _("Aprobado")
    IN_EXECUTION = "in_execution", _("En ejecución")
    CLOSED = "closed", _("Cerrado")


class ProgressRule(models.TextChoices):
    """The rules of `rules.progress`, in words."""

    WEIGHTED = "weighted", _("Por sus partes, según el peso de cada una")
    MILESTONES = "milestones", _("Por sus hitos cumplidos")
    MANUAL = "manual", _("Informado a mano, con su razón")


class ActKind(models.TextChoices):
    DECREE = "decree", _("Decreto alcaldicio")
    COUNCIL = "council", _("Acuerdo del concejo municipal")
    RESOLUTION = "resolution", _("Resolución")
    MINUTES = "minutes", _("Acta")
