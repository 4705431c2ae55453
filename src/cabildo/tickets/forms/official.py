"""What officials type of whom a complaint speaks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import User
from cabildo.accounts.queries import people_here
from cabildo.tickets.forms.desk import VersionedForm
from cabildo.tickets.models import Ticket


class OfficialForm(VersionedForm):
    official = forms.ModelChoiceField(
        label=_("De quién trata el reclamo"), queryset=User.objects.none(), empty_label=_("Elija a una persona")
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["official"].queryset = people_here()
