from django.apps import AppConfig
from django.db.models import fields
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "cabildo.ui"
    label = "ui"

    def ready(self) -> None:
        fields.BLANK_CHOICE_LABEL = _("Elija una opción")  # Django's own has no Spanish
