"""What the administration says of an external system before giving it a key."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.tickets.models import ApiClient

PERMISSIONS = ("may_read", "may_write", "may_update")


class ClientForm(forms.ModelForm):
    class Meta:
        model = ApiClient
        fields = ["name", "contact", *PERMISSIONS, "per_minute"]
        help_texts = {
            "name": _("Los funcionarios lo verán como origen de lo que ingrese. Por ejemplo: App Vecina."),
            "contact": _("A quién escribir si algo falla o la clave se filtra."),
            "per_minute": _("Pasado el límite, se le pide esperar un minuto."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in PERMISSIONS):
            self.add_error("may_read", _("Marque al menos un permiso."))
        return cleaned
