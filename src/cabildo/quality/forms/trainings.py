"""What an agency writes of its trainings: what is taught, whom it calls, the materials, who came."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import Municipality
from cabildo.documents.actions import most_megabytes
from cabildo.documents.choices import Kind
from cabildo.quality.choices import TrainingKind
from cabildo.quality.models import Training, TrainingAttendance
from cabildo.ui.revised_forms import RevisedForm, options

CAME, STAYED, UNKNOWN = "si", "no", "sin-anotar"
ANSWERS = {CAME: True, STAYED: False, UNKNOWN: None}
WORDS = ((CAME, _("Asistió")), (STAYED, _("No asistió")), (UNKNOWN, _("Sin anotar")))


class TrainingForm(RevisedForm):
    kind = forms.ChoiceField(label=_("Tipo de capacitación"), choices=options(TrainingKind), widget=forms.RadioSelect)
    starts_on = day(_("Primer día"))
    ends_on = day(_("Último día"))

    class Meta:
        model = Training
        fields = ["title", "kind", "starts_on", "ends_on", "place", "trainers"]
        widgets = {"trainers": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["trainers"].help_text = _("Nombre e institución de cada persona que enseña.")


class CallForm(forms.Form):
    municipality = forms.ModelChoiceField(
        label=_("Municipalidad"),
        help_text=_("Se espera a su Comité de Mejora y a sus contrapartes técnicas."),
        queryset=Municipality.objects.none(),
        empty_label=_("Elija una municipalidad"),
    )

    def __init__(self, *args: Any, free: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["municipality"].queryset = free


class MaterialForm(forms.Form):
    paper = forms.FileField(label=_("Archivo"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].help_text = _("PDF, Word o Excel de hasta %s MB.") % most_megabytes(Kind.OTHER)


class AttendanceForm(forms.Form):
    """One question a person; nothing is supposed of who is left without an answer."""

    def __init__(self, *args: Any, people: Iterable[TrainingAttendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.named = {f"persona_{one.pk}": one.pk for one in people}
        for one in people:
            fields[f"persona_{one.pk}"] = forms.ChoiceField(
                label=str(one),
                choices=WORDS,
                widget=forms.RadioSelect,
                initial={True: CAME, False: STAYED}.get(one.came, UNKNOWN),
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        data["came"] = {pk: ANSWERS[data[name]] for name, pk in self.named.items() if name in data}
        return data
