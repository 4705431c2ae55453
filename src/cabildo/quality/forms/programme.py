"""What is written about a municipality in the programme: invitation, answer, who looks after it, line, levelling."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import Agency, Municipality, User
from cabildo.quality.choices import Line
from cabildo.quality.models import LevellingActivity
from cabildo.ui.revised_forms import RevisedForm, options


class InviteForm(forms.Form):
    """Whom, with which words, and which body would validate."""

    municipality = forms.ModelChoiceField(
        label=_("Municipalidad"), queryset=Municipality.objects.none(), empty_label=_("Elija una municipalidad")
    )
    invitation = forms.CharField(
        label=_("Texto de la invitación"),
        help_text=_("Diga qué ofrece el programa, qué pide y hasta cuándo se espera la respuesta."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    validating_agency = forms.ModelChoiceField(
        label=_("Organismo que valida"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Todavía no se sabe"),
    )

    def __init__(self, *args: Any, agency: Agency, free: Any, **kwargs: Any) -> None:
        """`free` are the municipalities that may be invited."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["municipality"].queryset = free
        fields["validating_agency"].queryset = Agency.objects.exclude(pk=agency.pk).order_by("name")


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Por qué no acepta"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class AssignForm(forms.Form):
    """Who looks after a municipality and which body validates; empty leaves it without."""

    professional = forms.ModelChoiceField(
        label=_("Profesional del programa"),
        help_text=_("Desde hoy entra a la municipalidad con ese rol; quien lo tenía deja de entrar."),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nadie por ahora"),
    )
    validating_agency = forms.ModelChoiceField(
        label=_("Organismo que valida"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Todavía no se sabe"),
    )

    def __init__(self, *args: Any, agency: Agency, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["professional"].queryset = people
        fields["validating_agency"].queryset = Agency.objects.exclude(pk=agency.pk).order_by("name")


class LineForm(forms.Form):
    line = forms.ChoiceField(label=_("Línea"), choices=options(Line), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Por qué"),
        help_text=_("Diga si sigue lo que propone el resultado. La municipalidad lee esta razón."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LevellingForm(RevisedForm):
    held_on = day(_("Cuándo"))

    class Meta:
        model = LevellingActivity
        fields = ["what", "held_on", "who"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["what"].help_text = _("Por ejemplo, «Taller sobre planificación y metas».")
        fields["who"].help_text = _("Persona o institución que la hace.")


class FinishForm(forms.Form):
    done_on = day(_("Se hizo el"))
    attendance = forms.CharField(
        label=_("Quiénes participaron"),
        help_text=_("Cuántas personas y de qué direcciones."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
