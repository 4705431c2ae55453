"""The form of the mail server. Passwords are never shown: one left empty stays as it was."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.notifications.models import MailServer

_KEPT = _("Déjela vacía para conservar la que ya está guardada.")


def _password(label: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, strip=False, widget=widget, help_text=_KEPT)


class MailServerForm(forms.ModelForm):
    password = _password(_("Clave de salida"))
    incoming_password = _password(_("Clave de entrada"))

    class Meta:
        model = MailServer
        fields = [
            "from_address",
            "from_name",
            "reply_to",
            "host",
            "port",
            "security",
            "username",
            "password",
            "incoming_address",
            "incoming_host",
            "incoming_port",
            "incoming_security",
            "incoming_username",
            "incoming_password",
            "incoming_folder",
        ]
        help_texts = {
            "from_address": _("Por ejemplo: no-responder@municipalidad.cl."),
            "reply_to": _("Donde llega lo que las personas responden. Vacía: no se ofrece responder."),
            "host": _("Por ejemplo: smtp.municipalidad.cl."),
            "incoming_address": _("Las solicitudes que lleguen a esta dirección entran a la mesa."),
        }
