"""What officials type of whom a complaint speaks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import User
from cabildo.accounts.queries import people_here
from cabildo.tickets.forms.desk import VersionedForm
from cabildo.tickets.models import Ticket


class CorrectOfficialForm(VersionedForm):
    """The complaint speaks of another person, or of none, and why that was wrong."""

    official = forms.ModelChoiceField(
        label=_("De quién trata el reclamo"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("De ningún funcionario"),
    )
    official.must_answer = True  # the blank one is an answer too
    text = forms.CharField(
        label=_("Motivo"),
        help_text=_("Queda en la historia. No escriba nombres: la lee todo el que ve la solicitud."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["official"].queryset = people_here()
        self.fields["official"].initial = ticket.official_id


class SetAsideForm(VersionedForm):
    """Nobody could tell of whom it speaks, and what was done to know."""

    text = forms.CharField(
        label=_("Motivo"),
        help_text=_("Diga qué se averiguó. No escriba nombres: lo lee todo el que ve la solicitud."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class OfficialForm(VersionedForm):
    official = forms.ModelChoiceField(
        label=_("De quién trata el reclamo"), queryset=User.objects.none(), empty_label=_("Elija a una persona")
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["official"].queryset = people_here()
