"""What is typed about a body and its members."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import RunField, day
from cabildo.accounts.models import User
from cabildo.accounts.queries import people_here
from cabildo.meetings.actions.bodies import Act, Who
from cabildo.meetings.choices import ActKind, BodyKind, QuorumBasis, Role, Sector, Sex

SHARES = [("1/2", _("la mitad")), ("1/3", _("un tercio")), ("2/3", _("dos tercios")), ("3/5", _("tres quintos"))]
SHARE_BASES = f"quorum_basis={QuorumBasis.MORE_THAN}|{QuorumBasis.AT_LEAST}"


class ActFields(forms.Form):
    """The act that creates or names."""

    act_kind = forms.ChoiceField(label=_("Acto que lo dispone"), choices=ActKind.choices)
    act_number = forms.CharField(label=_("Número del acto"), max_length=40)
    act_on = day(_("Fecha del acto"))

    def act(self) -> Act | None:
        given = self.cleaned_data
        if not given["act_number"] or not given["act_on"]:
            return None
        return Act(given["act_kind"], given["act_number"], given["act_on"])


class BodyForm(ActFields):
    name = forms.CharField(label=_("Nombre"), max_length=160)
    kind = forms.ChoiceField(label=_("Tipo"), choices=BodyKind.choices)
    purpose = forms.CharField(
        label=_("Para qué se crea"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_on = day(_("Comienza"), _("En blanco, la fecha del acto."), required=False)
    ends_on = day(_("Termina"), _("En blanco si no tiene término fijado."), required=False)
    quorum_basis = forms.ChoiceField(label=_("Quórum para sesionar"), choices=QuorumBasis.choices)
    share = forms.ChoiceField(label=_("Qué parte"), choices=SHARES)
    quorum_number = forms.IntegerField(label=_("Cuántas personas"), min_value=1, max_value=500, initial=3)
    counts_representatives = forms.BooleanField(
        label=_("Quien envía a un representante cuenta como presente"), required=False
    )
    file = forms.FileField(
        label=_("El acto, en PDF"), required=False, widget=forms.FileInput(attrs={"accept": "application/pdf"})
    )
    field_order = ("name", "kind", "purpose", "act_kind", "act_number", "act_on", "file", "starts_on", "ends_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["quorum_basis"].initial = QuorumBasis.MORE_THAN
        fields["share"].show_when = SHARE_BASES
        fields["quorum_number"].show_when = f"quorum_basis={QuorumBasis.NUMBER}"
        for name in ("share", "quorum_number"):
            fields[name].required, fields[name].must_answer = False, True

    def values(self) -> dict[str, Any]:
        """What `create_body` takes beside the act."""
        given = self.cleaned_data
        numerator, denominator = (given["share"] or "1/2").split("/")
        quorum = {
            "quorum_basis": given["quorum_basis"],
            "quorum_numerator": int(numerator),
            "quorum_denominator": int(denominator),
            "quorum_number": given["quorum_number"] or 0,
        }
        plain = ("name", "kind", "purpose", "ends_on", "counts_representatives")
        begins = {"starts_on": given["starts_on"]} if given["starts_on"] else {}
        return {name: given[name] for name in plain} | quorum | begins


class WhoFields(forms.Form):
    """An official, or somebody of outside."""

    user = forms.ModelChoiceField(
        label=_("Funcionario"),
        help_text=_("Si es de fuera de la municipalidad, déjelo en blanco y escriba su nombre."),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Es de fuera"),
    )
    name = forms.CharField(label=_("Nombre"), max_length=160, required=False)
    organisation = forms.CharField(label=_("Organización"), max_length=160, required=False)
    email = forms.EmailField(label=_("Correo electrónico"), required=False)
    run = RunField(label=_("RUN"), help_text=_("Sólo si vio su cédula."), required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices, initial=Sector.UNKNOWN)
    sex = forms.ChoiceField(
        label=_("Sexo"), help_text=_("Como lo declara cada persona."), choices=Sex.choices, initial=Sex.UNKNOWN
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["user"].queryset = people_here()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("user") and not given.get("name") and "name" not in self.errors:
            self.add_error("name", _("Elija un funcionario o escriba el nombre de la persona."))
        return given

    def who(self) -> Who:
        names = ("user", "name", "organisation", "email", "run", "sector", "sex")
        return Who(**{name: self.cleaned_data[name] for name in names})


class AppointForm(WhoFields, ActFields):
    role = forms.ChoiceField(label=_("Papel"), choices=Role.choices, initial=Role.MEMBER)
    has_voice = forms.BooleanField(label=_("Tiene voz: cuenta para el quórum"), required=False, initial=True)
    starts_on = day(_("Desde"))
    ends_on = day(_("Hasta"), _("En blanco si no tiene término fijado."), required=False)
    field_order = ("user", "name", "organisation", "email", "run", "sector", "sex", "role", "has_voice")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("act_number", "act_on"):
            self.fields[name].required = False


class ReplaceForm(WhoFields, ActFields):
    starts_on = day(_("Asume el"), _("Quien deja el lugar lo ocupa hasta el día anterior."))
    reason = forms.CharField(label=_("Motivo"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("act_number", "act_on"):
            self.fields[name].required = False


class EndTermForm(forms.Form):
    ends_on = day(_("Hasta"), _("Ese día incluido."))
    reason = forms.CharField(label=_("Motivo"), max_length=200)
