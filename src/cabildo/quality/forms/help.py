"""What is asked and answered, who answers, and in how many days."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import User
from cabildo.quality.models import HelpTerm
from cabildo.ui.revised_forms import RevisedForm


class WordsForm(forms.Form):
    words = forms.CharField(label=_("Texto"), max_length=6000, widget=forms.Textarea(attrs={"rows": 8}))


class QuestionForm(WordsForm):
    subject = forms.CharField(label=_("De qué se trata"), max_length=160)

    field_order = ("subject", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Qué necesita saber")
        self.fields["words"].help_text = _("Diga en qué etapa está y qué ya intentó. No escriba datos de vecinos.")


class HandForm(forms.Form):
    user = forms.ModelChoiceField(label=_("Quién responde"), queryset=User.objects.none(), empty_label=_("Elija"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["user"].queryset = people


class TermForm(RevisedForm):
    class Meta:
        model = HelpTerm
        fields = ["days"]
