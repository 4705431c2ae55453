"""What is typed to answer a request, and to decide on what another drafted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.tickets.choices import ANSWERING_OUTCOMES, Outcome
from cabildo.tickets.forms.desk import VersionedForm
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.answers import pending_answer, returned_answer
from cabildo.tickets.rules.placeholders import is_unfinished


class AnswerForm(VersionedForm):
    """The answer; what came back to be corrected is here to be corrected, not to be written again."""

    outcome = forms.ChoiceField(
        label=_("Resultado"), choices=[(o.value, o.label) for o in ANSWERING_OUTCOMES], widget=forms.RadioSelect
    )
    addressee = forms.CharField(
        label=_("Organismo al que corresponde"),
        max_length=160,
        required=False,
    )
    addressee.show_when = f"outcome={Outcome.NOT_COMPETENT}"
    text = forms.CharField(
        label=_("Respuesta que leerá el vecino"),
        help_text=_(
            "Diga qué se resolvió, por qué, y qué puede hacer si no está de acuerdo. Sin emojis: en la carta no se "
            "imprimen y en su lugar queda [?]."
        ),
        max_length=12_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.returned = returned_answer(ticket)
        for name in ("outcome", "addressee", "text"):
            self.fields[name].initial = getattr(self.returned, name, "")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if is_unfinished(text):
            raise forms.ValidationError(_("Complete lo que está entre corchetes antes de enviar."))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Outcome.NOT_COMPETENT and not cleaned.get("addressee"):
            self.add_error("addressee", _("Indique a qué organismo corresponde la solicitud."))
        return cleaned


class DecideForm(VersionedForm):
    """To approve or return: it remembers which answer was on the page."""

    answer = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pending = pending_answer(ticket)
        self.fields["answer"].initial = self.pending.pk if self.pending else None

    def renew(self, **now: str) -> None:
        """From now on it decides on the answer shown now."""
        super().renew(answer=str(self.pending.pk if self.pending else ""), **now)


class ReturnForm(DecideForm):
    text = forms.CharField(
        label=_("Qué debe cambiar"),
        help_text=_("Lo lee quien preparó la respuesta."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
