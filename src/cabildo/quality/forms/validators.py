"""What the validating body writes of its validators."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.quality.models import Validator
from cabildo.ui.revised_forms import RevisedForm


class ValidatorForm(RevisedForm):
    trained_on = day(_("Se formó el"))
    valid_until = day(_("Su formación vale hasta"))

    class Meta:
        model = Validator
        fields = ["trained_on", "valid_until", "employer", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class NewValidatorForm(ValidatorForm):
    """With the account of whoever enters the register; it is made when there is none."""

    full_name = forms.CharField(label=_("Nombre y apellidos"), max_length=120)
    email = forms.EmailField(label=_("Correo electrónico"), help_text=_("Con él entrará a la plataforma."))

    field_order = ["full_name", "email", "trained_on", "valid_until", "employer", "note"]


class AssignValidatorForm(forms.Form):
    validator = forms.ModelChoiceField(
        label=_("Validador"),
        help_text=_("Quien tenga su formación vigente. Lo primero que hará es declarar si tiene conflictos."),
        queryset=Validator.objects.none(),
    )

    def __init__(self, *args: Any, register: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["validator"].queryset = register


class ReplaceValidatorForm(AssignValidatorForm):
    reason = forms.CharField(
        label=_("Por qué es fuerza mayor"),
        help_text=_("Queda escrito en los informes."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EndAssignmentForm(forms.Form):
    on = day(_("Último día"))
    reason = forms.CharField(
        label=_("Por qué deja de validar"),
        help_text=_("Un conflicto de interés o una fuerza mayor. Queda escrito en los informes."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
