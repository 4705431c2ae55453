"""The PDF that an official signed with their own certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignedLetterForm(forms.Form):
    file = forms.FileField(
        label=_("PDF firmado"),
        help_text=_("La misma copia que descargó, con su firma electrónica dentro."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )
