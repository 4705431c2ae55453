from django import forms
from django.apps import AppConfig
from django.core.validators import MinLengthValidator
from django.db.models import fields
from django.utils.translation import gettext_lazy as _

NO_FILE = _("No llegó ningún archivo. Elíjalo otra vez.")
FILE_SENTENCES = {
    "empty": _("El archivo está vacío. Compruebe que se abre y elíjalo de nuevo."),
    "invalid": NO_FILE,
    "missing": NO_FILE,
    "contradiction": _("Elija un archivo o marque que se quite el que hay, pero no las dos cosas."),
}
TOO_SHORT = _("Escriba al menos %(limit_value)d letras o números: hay %(show_value)d.")


class UiConfig(AppConfig):
    name = "cabildo.ui"
    label = "ui"

    def ready(self) -> None:
        fields.BLANK_CHOICE_LABEL = _("Elija una opción")  # Django's own has no Spanish
        # Django's own say «fichero» and «carácter(es)».
        forms.FileField.default_error_messages |= FILE_SENTENCES
        MinLengthValidator.message = TOO_SHORT
