"""What officials type when a person no longer wants their request."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import Department
from cabildo.tickets.actions.withdrawing import Said
from cabildo.tickets.choices import SaidBy, SaidHow
from cabildo.tickets.forms.desk import VersionedForm
from cabildo.tickets.models import Ticket


class WithdrawalForm(VersionedForm):
    """Who said so, how and when; a request not yet routed is left with the department it belonged to."""

    said_by = forms.ChoiceField(label=_("Quién pidió retirarla"), choices=SaidBy.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Nombre de esa persona"),
        help_text=_("Queda en la historia, que lee quien hizo la solicitud."),
        max_length=160,
        required=False,
    )
    name.show_when = f"said_by={SaidBy.OTHER}"
    name.must_answer = True
    how = forms.ChoiceField(label=_("Cómo lo pidió"), choices=SaidHow.choices, widget=forms.RadioSelect)
    said_on = forms.DateField(label=_("Qué día lo pidió"), widget=forms.DateInput(attrs={"type": "date"}))
    department = forms.ModelChoiceField(
        label=_("Dirección a la que correspondía"),
        help_text=_("La solicitud se cierra en esa dirección."),
        queryset=Department.objects.none(),
        empty_label=_("Elija una opción"),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ticket = ticket
        self.fields["said_on"].initial = timezone.localdate
        self.fields["department"].queryset = Department.objects.filter(is_active=True)
        if ticket.department_id is not None:
            del self.fields["department"]
        if ticket.is_reserved:
            del self.fields["name"]

    def clean_said_on(self) -> Any:
        day = self.cleaned_data["said_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ese día todavía no llega."))
        if day < timezone.localdate(self.ticket.received_at):
            raise forms.ValidationError(_("Ese día la solicitud todavía no ingresaba."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("said_by") == SaidBy.OTHER and "name" in given and not given["name"]:
            self.add_error("name", _("Escriba quién lo pidió en su nombre."))
        if not self.errors:
            given["said"] = Said(given["said_by"], given["how"], given["said_on"], given.get("name", ""))
        return given
