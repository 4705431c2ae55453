"""What people write in stage 1: the agreement, its clauses, counterparts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import User
from cabildo.accounts.queries import people_here
from cabildo.documents.actions import most_megabytes
from cabildo.documents.choices import Kind
from cabildo.quality.choices import Nature, Party
from cabildo.quality.models import Agreement, Clause
from cabildo.ui.revised_forms import RevisedForm, options


class AgreementForm(RevisedForm):
    municipality_signed_on = day(_("Firmó la municipalidad"), _("En blanco mientras no haya firmado."), required=False)
    agency_signed_on = day(_("Firmó el organismo"), _("En blanco mientras no haya firmado."), required=False)
    paper = forms.FileField(label=_("El convenio firmado"), required=False)
    reason = forms.CharField(label=_("Por qué se modifica"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

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
        if self.instance.is_signed:
            fields["paper"].label, fields["paper"].required = _("El documento que lo modifica"), True
        else:
            del fields["reason"]


class ClauseForm(RevisedForm):
    party = forms.ChoiceField(label=_("De quién es"), choices=options(Party), widget=forms.RadioSelect)
    nature = forms.ChoiceField(label=_("Qué es"), choices=options(Nature), widget=forms.RadioSelect)
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
