"""What a department promises about its backlog."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import members_of


class PlanForm(forms.Form):
    """So many a week, from a day on, and who sees to it."""

    starts_on = forms.DateField(
        label=_("Empieza el"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    weekly_target = forms.IntegerField(
        label=_("Solicitudes que se cerrarán cada semana"), min_value=1, max_value=10_000
    )
    responsible = forms.ModelChoiceField(
        label=_("Persona responsable"), queryset=User.objects.none(), empty_label=_("Elija una opción")
    )
    notes = forms.CharField(
        label=_("Cómo se hará"),
        help_text=_("Por ejemplo: quiénes, qué días, con qué orden."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        responsible: Any = self.fields["responsible"]
        responsible.queryset = members_of(department)
