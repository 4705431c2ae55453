"""What people write in stage 0: answers, when they meet, why they answer again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.instruments.rules.answers import NOT_APPLICABLE as NO_ANSWER
from cabildo.instruments.rules.answers import Answer

NOT_APPLICABLE = "no_aplica"


class AnswerForm(forms.Form):
    """One alternative by consensus, the confirmation of those it includes, and dissent as a note."""

    alternative = forms.ChoiceField(label=_("Respuesta por consenso"), widget=forms.RadioSelect)
    confirms = forms.BooleanField(label=_("Confirmamos que también se cumplen las anteriores"), required=False)
    dissent = forms.CharField(
        label=_("Disenso"),
        help_text=_("Si alguien piensa distinto, anote qué y por qué. No cambia la respuesta."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *, question: Mapping[str, Any], may_not_apply: bool, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "prefix": question["id"]})
        alternative: Any = self.fields["alternative"]
        alternative.choices = [(one["id"], one["text"]) for one in question["alternatives"]]
        if may_not_apply:
            alternative.choices = [*alternative.choices, (NOT_APPLICABLE, _("No aplica"))]

    @property
    def said(self) -> Answer:
        """The answer as the rules take it."""
        chosen = self.cleaned_data["alternative"]
        return NO_ANSWER if chosen == NOT_APPLICABLE else Answer(chosen)


class ReopenForm(forms.Form):
    reason = forms.CharField(label=_("Motivo"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class MeetingForm(forms.Form):
    """When and where the group meets."""

    day = day(_("Día"))
    hour = forms.TimeField(label=_("Hora"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Lugar"), max_length=200)

    @property
    def starts_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))
