"""What the office says of a mail that was refused wrongly."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TakeMailForm(forms.Form):
    may_answer = forms.BooleanField(
        label=_("Enviar el comprobante y las respuestas a esa dirección"),
        help_text=_("Marque sólo si le consta que la dirección es de quien escribe."),
        required=False,
    )
