"""What is typed to find something, or to say where it is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.tickets.choices import SearchPurpose
from cabildo.tickets.forms.desk import STAFF_CHANNELS

LONGEST_QUERY = 100


class SpotForm(forms.Form):
    """A place as the intake form has it so far: a point, words, or nothing yet."""

    latitude = forms.FloatField(required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180)
    place = forms.CharField(required=False, max_length=200)


class PersonSearchForm(forms.Form):
    """Who is looked for, and what for: without a purpose nobody is shown."""

    purpose = forms.ChoiceField(label=_("Para qué busca"), choices=[("", _("Elija un motivo")), *SearchPurpose.choices])
    q = forms.CharField(
        label=_("RUN, teléfono, correo o nombre"),
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    # the intake form that the person's data would fill, when one is being written
    canal = forms.ChoiceField(
        choices=[(c.value, c.label) for c in STAFF_CHANNELS], widget=forms.HiddenInput, required=False
    )
    materia = forms.SlugField(widget=forms.HiddenInput, required=False)
