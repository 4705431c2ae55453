"""What people type to adhere to a request, and officials to join and separate requests."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.tickets.forms.desk import VersionedForm
from cabildo.tickets.forms.portal import ContactForm
from cabildo.tickets.forms.subject import SubjectFields
from cabildo.tickets.models import Category, Ticket
from cabildo.tickets.rules.folio import normal_folio


class AdhesionForm(ContactForm):
    """Who adheres: the same data, with the same rules, as for one's own request; the key makes resending harmless."""

    is_follower_only = forms.BooleanField(
        label=_("Sólo quiero saber cómo termina"),
        help_text=_("No lo contamos como una persona más que lo pide."),
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, category=category, **kwargs)
        for name in ("photo", "reserve"):
            self.fields.pop(name, None)

    @property
    def sent_key(self) -> str | None:
        return str(self.cleaned_data["key"]) if self.cleaned_data["key"] else None


class JoinForm(VersionedForm):
    """Into which request, and why; the reason is read by the neighbour."""

    folio = forms.CharField(
        label=_("Folio de la solicitud principal"), help_text=_("Por ejemplo: S-2026-000123-K"), max_length=30
    )
    text = forms.CharField(
        label=_("Motivo"),
        help_text=_("Lo leerá también el vecino. La unión se funda en el art. 33 de la Ley 19.880."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean_folio(self) -> str:
        folio = normal_folio(self.cleaned_data["folio"])
        if folio is None:
            raise forms.ValidationError(_("El folio no está bien escrito. Cópielo completo."))
        return folio


class SplitForm(SubjectFields, VersionedForm):
    """One part: what it asks and of which subject. The step is repeated for another."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    text = forms.CharField(
        label=_("Qué pide en esta parte"),
        help_text=_("Con las palabras del vecino. Lo leerá tal como lo escriba."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].label = _("Materia de la parte")
        self.fields["kind"].initial = ticket.kind
        self.offer()
