"""The words territory uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LayerKind(models.TextChoices):
    SECTOR = "sector", _("sectores")
    NEIGHBOURHOOD_UNIT = "neighbourhood_unit", _("unidades vecinales")
    LOCALITY = "locality", _("localidades")
    PATROL = "patrol", _("cuadrantes de seguridad")
    DELEGATION = "delegation", _("delegaciones municipales")
    OTHER = "other", _("otras áreas")
