"""What a municipality lets others of its programme see."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.quality.choices import Sharing


class SharingForm(forms.Form):
    sharing = forms.ChoiceField(
        label=_("Qué comparte la municipalidad"),
        help_text=_("Rige desde que lo guarda. Puede cambiarlo cuando quiera, sin dar razones."),
        choices=Sharing.choices,
        widget=forms.RadioSelect,
    )
