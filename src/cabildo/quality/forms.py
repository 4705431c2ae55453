"""What people write in the programme: answers, meetings, the agreement, its clauses, counterparts, support."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import User
from cabildo.accounts.queries import people_here
from cabildo.documents.actions import most_megabytes
from cabildo.documents.choices import Kind
from cabildo.instruments.rules.answers import NOT_APPLICABLE as NO_ANSWER
from cabildo.instruments.rules.answers import Answer
from cabildo.quality.choices import MovementKind, Nature, Party, SupportKind
from cabildo.quality.models import Agreement, Clause, Support, SupportMovement

NOT_APPLICABLE = "no_aplica"


class AnswerForm(forms.Form):
    """One alternative by consensus, the confirmation of those it includes, and dissent as a note."""

    alternative = forms.ChoiceField(label=_("Respuesta por consenso"), widget=forms.RadioSelect)
    confirms = forms.BooleanField(label=_("Confirmamos que también se cumplen las anteriores"), required=False)
    dissent = forms.CharField(
        label=_("Disenso"),
        help_text=_("Si alguien piensa distinto, anote qué y por qué. No cambia la respuesta."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *, question: Mapping[str, Any], may_not_apply: bool, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "prefix": question["id"]})
        alternative: Any = self.fields["alternative"]
        alternative.choices = [(one["id"], one["text"]) for one in question["alternatives"]]
        if may_not_apply:
            alternative.choices = [*alternative.choices, (NOT_APPLICABLE, _("No aplica"))]

    @property
    def said(self) -> Answer:
        """The answer as the rules take it."""
        chosen = self.cleaned_data["alternative"]
        return NO_ANSWER if chosen == NOT_APPLICABLE else Answer(chosen)


class ReopenForm(forms.Form):
    reason = forms.CharField(label=_("Motivo"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class MeetingForm(forms.Form):
    """When and where the group meets."""

    day = forms.DateField(label=_("Día"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=_("Hora"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Lugar"), max_length=200)

    @property
    def starts_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))


def _options(kinds: type[models.TextChoices]) -> Callable[[], list[tuple[str, str]]]:
    """The choices as the lines of a list, each with its capital."""
    return lambda: [(value, capfirst(label)) for value, label in kinds.choices]


class RevisedForm(forms.ModelForm):
    """Carries the revision that was seen, so that nobody undoes what another wrote meanwhile."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["revision"].initial = self.instance.revision if self.instance.pk else 0

    def show_conflict(self, names: Iterable[str], now: Any) -> None:
        """Say at each field what another person wrote; sending again keeps what is in the form."""
        for name in names:
            self.add_error(name, _("Otra persona escribió: «%s».") % _as_shown(now, name))
        data: Any = self.data.copy()
        data[self.add_prefix("revision")] = now.revision
        self.data = data


def _as_shown(row: Any, name: str) -> str:
    choice = getattr(row, f"get_{name}_display", None)
    value = choice() if choice else getattr(row, name)
    return "—" if value in (None, "") else f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)


class AgreementForm(RevisedForm):
    municipality_signed_on = day(_("Firmó la municipalidad"), _("En blanco mientras no haya firmado."), required=False)
    agency_signed_on = day(_("Firmó el organismo"), _("En blanco mientras no haya firmado."), required=False)
    paper = forms.FileField(label=_("El convenio firmado"), required=False)

    class Meta:
        model = Agreement
        fields = ["agency", "number", "municipality_signed_on", "agency_signed_on", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agency"].help_text = _("Quien conduce el programa; por ejemplo, SUBDERE.")
        fields["number"].help_text = _("En blanco mientras no lo tenga.")
        fields["paper"].help_text = _("Un archivo PDF de hasta %s MB.") % most_megabytes(Kind.EVIDENCE)


class ClauseForm(RevisedForm):
    party = forms.ChoiceField(label=_("De quién es"), choices=_options(Party), widget=forms.RadioSelect)
    nature = forms.ChoiceField(label=_("Qué es"), choices=_options(Nature), widget=forms.RadioSelect)
    due_on = day(_("A más tardar"), _("En blanco si el convenio no fija un plazo."), required=False)

    class Meta:
        model = Clause
        fields = ["party", "nature", "text", "due_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class MeetClauseForm(forms.Form):
    met_on = day(_("Se cumplió el"))
    met_note = forms.CharField(
        label=_("Cómo consta"),
        help_text=_("El documento o el hecho que lo muestra; por ejemplo, «Oficio N° 45»."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CounterpartForm(forms.Form):
    user = forms.ModelChoiceField(
        label=_("Persona"),
        help_text=_("Con tiempo y con acceso a las direcciones: después integra el Comité de Mejora."),
        queryset=User.objects.none(),
    )
    act = forms.CharField(label=_("Acto que designa"), help_text=_("Por ejemplo, «Oficio N° 45»."), max_length=120)
    named_on = day(_("Designada el"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["user"].queryset = people_here()


class EndCounterpartForm(forms.Form):
    ended_on = day(_("Dejó de serlo el"))


class SupportForm(RevisedForm):
    kind = forms.ChoiceField(label=_("Tipo de apoyo"), choices=_options(SupportKind), widget=forms.RadioSelect)
    granted_on = day(_("Otorgado el"))

    class Meta:
        model = Support
        fields = ["kind", "pays", "reason", "amount_clp", "granted_on"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["amount_clp"].help_text = _("Sin puntos. En blanco si todavía no se sabe: no es lo mismo que cero.")


class MovementForm(forms.ModelForm):
    kind = forms.ChoiceField(label=_("Qué es"), choices=_options(MovementKind), widget=forms.RadioSelect)
    on = day(_("Fecha"))

    class Meta:
        model = SupportMovement
        fields = ["kind", "on", "amount_clp", "paper"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["amount_clp"].help_text = _("Sin puntos.")
        fields["paper"].help_text = _("Por ejemplo, «Resolución exenta N° 812» o «Informe de rendición N° 3».")
