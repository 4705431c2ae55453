"""The words accounts uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AbsenceReason(models.TextChoices):
    LEAVE = "leave", _("feriado o permiso")
    SICK = "sick", _("licencia médica")
    ERRAND = "errand", _("cometido o comisión de servicio")
    VACANCY = "vacancy", _("cargo vacante")
