"""What people write in stage 5: weights and values of the matrix, the plan, expected scores, what is done at once."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import User
from cabildo.accounts.queries import people_here
from cabildo.plans.rules.priority import HIGHEST, LOWEST
from cabildo.quality.forms.self_assessment import whole_score
from cabildo.quality.models import ImmediateAction, MatrixWeights, Option
from cabildo.quality.models.improvement import MATRIX_CRITERIA
from cabildo.ui.revised_forms import RevisedForm

HELP = {
    "relevance": _("5: ataca lo que más pesa en el informe y en los lineamientos de la municipalidad."),
    "feasibility": _("5: hay personas, tiempo y permiso para hacerlo."),
    "impact": _("5: recupera muchos puntos. Mire los puntos por recuperar, arriba."),
    "cost": _("5: casi no cuesta. 1: cuesta mucho."),
}
LABELS = {
    "relevance": _("Relevancia"),
    "feasibility": _("Factibilidad"),
    "impact": _("Impacto en el puntaje"),
    "cost": _("Costo"),
}
FITS = [("", _("Todavía no se sabe")), ("yes", _("Sí")), ("no", _("No"))]


class WeightsForm(RevisedForm):
    class Meta:
        model = MatrixWeights
        fields = list(MATRIX_CRITERIA)


class OptionForm(RevisedForm):
    is_feasible = forms.TypedChoiceField(
        label=_("¿Se puede hacer en doce meses?"),
        help_text=_("Lo que no cabe en doce meses no se elige, aunque sea lo más relevante."),
        choices=FITS,
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Option
        fields = [*MATRIX_CRITERIA, "is_feasible", "is_chosen", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        scale = [(str(value), str(value)) for value in range(LOWEST, HIGHEST + 1)]
        for name in MATRIX_CRITERIA:
            fields[name] = forms.TypedChoiceField(
                label=LABELS[name],
                help_text=HELP[name],
                choices=[("", _("Sin dato")), *scale],
                coerce=int,
                empty_value=None,
                required=False,
            )
        fields["is_chosen"].label = _("Elegirla para el Plan de Mejoras")
        self.initial["is_feasible"] = {True: "yes", False: "no", None: ""}[self.instance.is_feasible]

    def as_shown(self, row: Any, name: str) -> str:
        if name in ("is_feasible", "is_chosen"):
            return {True: str(_("sí")), False: str(_("no")), None: "—"}[getattr(row, name)]
        return super().as_shown(row, name)


class PlanForm(forms.Form):
    title = forms.CharField(label=_("Título"), max_length=200)
    starts_on = day(_("Comienza el"), _("Los primeros doce meses son el programa anual."))
    ends_on = day(_("Termina el"), _("El programa general puede durar más de un año."))


class TargetsForm(forms.Form):
    """A score for each element; `kept` are those that a line has now."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, elements: Iterable[tuple[str, str, str, int]], ask_reason: bool = False, **kw: Any):
        """`elements`: id, label, help and highest score of each."""
        super().__init__(*args, **kw)
        fields: Any = self.fields
        self.names = []
        for name, label, help_text, highest in elements:
            fields[name] = whole_score(label, lowest=0, highest=highest, help_text=help_text)
            self.names.append(name)
        if ask_reason:
            fields["reason"] = forms.CharField(
                label=_("Por qué se cambia"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
            )

    @property
    def scores(self) -> dict[str, int]:
        """Those that were written."""
        return {name: value for name in self.names if (value := self.cleaned_data[name]) is not None}

    def show_conflict(self, names: Iterable[str], now: Any) -> None:
        """Somebody else changed the line meanwhile; sending again keeps what is in the form."""
        sent: Any = self.data
        data = sent.copy()
        data["revision"] = now.revision
        self.data = data


class ImmediateForm(RevisedForm):
    begins_on = day(_("Comienza el"))
    due_on = day(_("A más tardar el"), _("Hasta tres meses después de comenzar. Lo que dura más va en el plan."))

    class Meta:
        model = ImmediateAction
        fields = ["what", "responsible", "begins_on", "due_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["responsible"] = forms.ModelChoiceField(label=_("Persona responsable"), queryset=User.objects.none())
        fields["responsible"].queryset = people_here()
        self.order_fields([*self.Meta.fields, "revision"])


class FinishImmediateForm(forms.Form):
    done_on = day(_("Se hizo el"))
    note = forms.CharField(
        label=_("Qué resultó"),
        help_text=_("Y dónde consta: un acta, un registro, una fotografía."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
