"""What people write of the report: its letter, the acta, the background, the consultant's remarks, the sending."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.documents.actions import most_megabytes
from cabildo.documents.choices import Kind
from cabildo.meetings.models import Meeting
from cabildo.quality.choices import BackgroundKind
from cabildo.quality.models import Background, BackgroundFigure, Cycle, Report
from cabildo.quality.queries.report import committee_meetings
from cabildo.ui.revised_forms import RevisedForm


class LetterForm(RevisedForm):
    """With its file, unless one is kept already."""

    letter_number = forms.CharField(label=_("Número del oficio"), max_length=40)
    letter_on = day(_("Fecha del oficio"))
    paper = forms.FileField(label=_("El oficio firmado"), required=False)

    class Meta:
        model = Report
        fields = ["letter_number", "letter_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["paper"].help_text = _("Un archivo PDF de hasta %s MB.") % most_megabytes(Kind.EVIDENCE)


class ActaForm(RevisedForm):
    meeting = forms.ModelChoiceField(
        label=_("Reunión del Comité de Mejora"),
        help_text=_("Aquella en que el comité acordó los puntajes. Su acta debe quedar firmada."),
        queryset=Meeting.objects.none(),
    )

    class Meta:
        model = Report
        fields = ["meeting"]

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["meeting"].queryset = Meeting.objects.filter(pk__in=[one.pk for one in committee_meetings(cycle)])


class BackgroundForm(RevisedForm):
    class Meta:
        model = Background
        fields = ["organisation", "challenges"]
        widgets = {"organisation": forms.Textarea(attrs={"rows": 8}), "challenges": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].help_text = _("Sus direcciones, quién depende de quién y qué servicios presta.")
        fields["challenges"].help_text = _("Los que más pesan en la gestión de los próximos años.")


class FigureForm(RevisedForm):
    """A figure as it is asked for: the year of a budget is given, and only a rural population has a whole."""

    class Meta:
        model = BackgroundFigure
        fields = ["value", "whole", "year", "source"]

    def __init__(self, *args: Any, kind: str, asked_year: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["value"].label = UNITS.get(kind, _("Cantidad de personas"))
        fields["value"].help_text = _("Sin puntos de miles.")
        fields["source"].help_text = _("Por ejemplo, «Censo 2024, INE» o «Balance de ejecución presupuestaria».")
        if kind == BackgroundKind.RURAL:
            fields["whole"].required = True
            fields["whole"].help_text = _("Urbana y rural juntas. Sin puntos de miles.")
        else:
            del fields["whole"]
        if asked_year is not None:
            del fields["year"]


UNITS: dict[str, Any] = {
    BackgroundKind.SURFACE: _("Kilómetros cuadrados"),
    BackgroundKind.RURAL: _("Personas que viven en zonas rurales"),
    BackgroundKind.BUDGET: _("Pesos ejecutados en el año"),
}


class ReviewForm(forms.Form):
    remarks = forms.CharField(
        label=_("Sus observaciones"),
        help_text=_("Qué falta, qué no se entiende, qué conviene corregir antes de enviar. Si nada, dígalo."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class SendForm(forms.Form):
    """To whom; on a second time, what changed since the first."""

    to = forms.CharField(label=_("Organismo que valida"), max_length=160)
    reason = forms.CharField(
        label=_("Qué cambió desde el envío anterior"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, is_again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_again:
            del self.fields["reason"]


class SendPlanForm(SendForm):
    letter_number = forms.CharField(label=_("Número del oficio"), max_length=40)
    letter_on = day(_("Fecha del oficio"))
    paper = forms.FileField(label=_("El oficio firmado"))
    field_order = ["to", "letter_number", "letter_on", "paper", "reason"]
