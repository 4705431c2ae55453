"""The words accounts uses."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class AbsenceReason(models.TextChoices):
    LEAVE = "leave", _("feriado o permiso")
    SICK = "sick", _("licencia médica")
    ERRAND = "errand", _("cometido o comisión de servicio")
    VACANCY = "vacancy", _("cargo vacante")


class AccountsPermission(StrEnum):
    """What may be done with accounts."""

    ENTER_DESK = "accounts.enter_desk"
    MANAGE_MUNICIPALITY = "accounts.manage_municipality"
    MANAGE_PEOPLE = "accounts.manage_people"
    VIEW_OPERATIONS = "accounts.view_operations"
    ENTER_AGENCY = "accounts.enter_agency"
    MANAGE_AGENCY_PEOPLE = "accounts.manage_agency_people"
