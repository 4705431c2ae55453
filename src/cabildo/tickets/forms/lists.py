"""What officials type about lists: a step on many, a saved view, a file, the levels of the warnings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import Department, Membership, User
from cabildo.accounts.queries import in_force
from cabildo.tickets.models import Ticket
from cabildo.tickets.rules.escalation import are_sound


class BulkForm(forms.Form):
    """Nothing more to say: the confirmation is enough."""

    def __init__(self, *args: Any, tickets: list[Ticket], today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(tickets, today)

    def offer(self, tickets: list[Ticket], today: Any) -> None:
        """Fill the choices from the chosen requests."""


class BulkAssignForm(BulkForm):
    person = forms.ModelChoiceField(
        label=_("Persona a cargo"), queryset=User.objects.none(), empty_label=_("Elija una opción")
    )

    def offer(self, tickets: list[Ticket], today: Any) -> None:
        departments = {ticket.department_id for ticket in tickets}
        held = Membership.objects.filter(in_force(today), department__in=departments)
        people = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
        self.fields["person"].queryset = people.order_by("full_name")


class BulkDeriveForm(BulkForm):
    department = forms.ModelChoiceField(
        label=_("Dirección que debe responder"), queryset=Department.objects.none(), empty_label=_("Elija una opción")
    )
    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Lo leerán también los vecinos."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def offer(self, tickets: list[Ticket], today: Any) -> None:
        self.fields["department"].queryset = Department.objects.filter(is_active=True)


class BulkNoteForm(BulkForm):
    text = forms.CharField(label=_("Nota interna"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class SavedViewForm(forms.Form):
    name = forms.CharField(label=_("Nombre de la vista"), max_length=60)
    address = forms.CharField(widget=forms.HiddenInput, max_length=2000, required=False)


class ExportForm(forms.Form):
    file_format = forms.ChoiceField(
        label=_("Formato"),
        choices=[("xlsx", _("Excel (XLSX)")), ("csv", _("Texto separado por punto y coma (CSV)"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    with_persons = forms.BooleanField(
        label=_("Incluir datos de las personas y lo que escribieron"),
        help_text=_("Queda registrado que usted los sacó. Márquelo sólo si los necesita."),
        required=False,
    )


class ThresholdsForm(forms.Form):
    steps = forms.CharField(
        label=_("Niveles, en días hábiles que faltan"),
        help_text=_("De mayor a menor y separados por comas. Cero es el día del plazo; los negativos son de atraso."),
        max_length=80,
    )

    def clean_steps(self) -> tuple[int, ...]:
        try:
            steps = tuple(int(part) for part in self.cleaned_data["steps"].split(","))
        except ValueError:
            raise forms.ValidationError(_("Escriba sólo números enteros separados por comas: 3, 0, -1, -5.")) from None
        if not are_sound(steps):
            raise forms.ValidationError(_("Escríbalos de mayor a menor, sin repetir, entre 30 y -60."))
        return steps
