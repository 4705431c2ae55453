"""What is filled in about people: who they are, which role they hold, who stands in for whom."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts import access, queries
from cabildo.accounts.choices import AbsenceReason
from cabildo.accounts.fields import RunField, day
from cabildo.accounts.models import Department, User
from cabildo.accounts.roles import agency_roles, home_roles
from cabildo.accounts.scoping import formfield


def role_choices() -> list[tuple[str, Any]]:
    """Roles that the municipality gives, as a person chooses among them."""
    return [(slug, role.name) for slug, role in home_roles().items()]


class InvitationForm(forms.Form):
    """A new official: account, role and where."""

    full_name = forms.CharField(label=_("Nombre y apellidos"), max_length=120)
    email = forms.EmailField(label=_("Correo institucional"), help_text=_("Aquí le llega la invitación para entrar."))
    role = forms.ChoiceField(label=_("Rol"))
    department = forms.ModelChoiceField(
        label=_("Dirección o unidad"),
        help_text=_("Solo para jefaturas y funcionarios de una dirección."),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("Ninguna"),
    )
    position = forms.CharField(label=_("Cargo"), max_length=120, required=False)
    starts_on = day(_("Desde"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Elija un rol")), *role_choices()]
        self.fields["department"].queryset = Department.objects.filter(is_active=True)
        self.fields["starts_on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        role = access.roles().get(given.get("role", ""))
        if role and role.in_department and not given.get("department"):
            self.add_error("department", _("El rol «%s» se ejerce en una dirección. Elija cuál.") % role.name)
        return given


class RoleForm(InvitationForm):
    """One more role for somebody who is already here."""

    full_name = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]


class AgencyRoleForm(forms.Form):
    """Somebody of the agency: account, role and since when."""

    full_name = forms.CharField(label=_("Nombre y apellidos"), max_length=120)
    email = forms.EmailField(
        label=_("Correo institucional"), help_text=_("Si aún no tiene cuenta, le llega aquí la invitación.")
    )
    role = forms.ChoiceField(label=_("Rol"))
    starts_on = day(_("Desde"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(slug, role.name) for slug, role in agency_roles().items()]
        self.fields["role"].choices = [("", _("Elija un rol")), *offered]
        self.fields["starts_on"].initial = timezone.localdate


class RunForm(forms.Form):
    """Whose account it is; empty takes it back."""

    run = RunField(
        label=_("RUN"), help_text=_("Por ejemplo: 12.345.678-5. Vacío: se borra."), max_length=14, required=False
    )


class EndForm(forms.Form):
    """Until when, included."""

    ends_on = day(_("Último día"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = timezone.localdate


class DepartmentForm(forms.ModelForm):
    class Meta:
        model = Department
        formfield_callback = formfield
        fields = ["code", "name", "parent", "does", "email", "phone", "address", "hours", "is_active"]
        help_texts = {
            "code": _("Corto y sin espacios: obras, aseo-y-ornato. No se cambia después."),
            "parent": _("De quién depende, si depende de otra."),
            "does": _("En palabras que un vecino entienda."),
        }
        labels = {"parent": _("Depende de"), "is_active": _("Recibe solicitudes")}
        widgets = {"does": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Department.objects.filter(is_active=True).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = others
        self.fields["parent"].empty_label = _("De nadie: es de primer nivel")
        if self.instance.pk:
            self.fields["code"].disabled = True

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Department.objects.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Ya hay una dirección con ese código. Escriba otro."))
        return code


class SubstitutionForm(forms.Form):
    absent = forms.ModelChoiceField(
        label=_("Quién se ausenta"), queryset=User.objects.none(), empty_label=_("Elija una opción")
    )
    substitute = forms.ModelChoiceField(
        label=_("Quién le subroga"),
        help_text=_("Recibe su trabajo y sus avisos, y puede lo que ella o él puede, entre esas fechas."),
        queryset=User.objects.none(),
        empty_label=_("Elija una opción"),
    )
    reason = forms.ChoiceField(label=_("Motivo"), choices=AbsenceReason.choices)
    starts_on = day(_("Desde"))
    ends_on = day(_("Hasta"), _("Incluido."))
    act = forms.CharField(
        label=_("Acto que lo ordena"),
        help_text=_("Por ejemplo: Decreto alcaldicio 1.234 de 2026."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("absent", "substitute"):
            self.fields[name].queryset = queries.people_here()
            self.fields[name].empty_label = _("Elija a una persona")


class PasswordForm(forms.Form):
    """A password chosen for the first time. Rules as the settings say."""

    password = forms.CharField(
        label=_("Clave nueva"),
        strip=False,
        help_text=_("Diez caracteres o más. Sirve una frase que solo usted conozca."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password
