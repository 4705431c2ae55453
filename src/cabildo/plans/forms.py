"""What people type about plans."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import departments_where, holds_everywhere
from cabildo.accounts.fields import day
from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import people_here
from cabildo.accounts.scoping import formfield
from cabildo.documents.actions import most_megabytes
from cabildo.documents.choices import Kind
from cabildo.indicators.choices import MeasurementState, Periodicity
from cabildo.indicators.models import Indicator
from cabildo.plans.choices import ActKind, PlansPermission
from cabildo.plans.kinds import kinds
from cabildo.plans.models import BudgetLine, CorrectiveMeasure, Milestone, Plan, PlanNode
from cabildo.plans.rules.errors import PlansError
from cabildo.plans.rules.states import REBASELINED
from cabildo.ui.revised_forms import DecidedForm, RevisedForm

CHOOSE = _("Elija una opción")


def text_box(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Por qué se cambia"),
        help_text=_("El plan ya fue aprobado. Lo aprobado se conserva, y esta razón también."),
        max_length=2000,
        widget=text_box(),
    )


class TouchedForm(RevisedForm):
    def as_shown(self, row: Any, name: str) -> str:
        if name == "participants":
            return ", ".join(str(link.department) for link in row.participations.select_related("department"))
        return super().as_shown(row, name)


class PlanForm(TouchedForm):
    starts_on = day(_("Desde"))
    ends_on = day(_("Hasta"))
    kind = forms.ChoiceField(label=_("Tipo de plan"))

    class Meta:
        formfield_callback = formfield
        model = Plan
        fields = ["title", "kind", "department", "starts_on", "ends_on", "green_from", "yellow_from"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        departments = Department.objects.filter(is_active=True)
        everywhere = holds_everywhere(user, PlansPermission.EDIT)
        mine = departments if everywhere else departments.filter(pk__in=departments_where(user, PlansPermission.EDIT))
        fields["department"].queryset = mine
        fields["department"].required = not everywhere
        fields["department"].empty_label = _("Toda la municipalidad") if everywhere else CHOOSE
        if self.instance.pk:
            del fields["kind"]
        else:
            fields["kind"].choices = [(kind.code, kind.label) for kind in kinds() if kind.is_free]


class NodeForm(TouchedForm):
    starts_on = day(_("Comienza"), required=False)
    ends_on = day(_("Termina"), required=False)
    participants = forms.ModelMultipleChoiceField(
        label=_("Otras direcciones que participan"),
        queryset=Department.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        formfield_callback = formfield
        model = PlanNode
        fields = [
            "label", "code", "problem", "objective", "methodology", "department", "responsible", "participants",
            "starts_on", "ends_on", "verification", "weight", "rule", "manual_reason", "risks",
        ]  # fmt: skip
        widgets = {
            "rule": forms.RadioSelect,
            **{name: text_box() for name in ("problem", "objective", "methodology", "verification", "risks")},
        }
        help_texts = {
            "code": _("En blanco se numera solo: 1, 1.1, 1.1.1."),
            "weight": _("Cuánto cuenta frente a los demás del mismo grupo. Un 2 cuenta el doble que un 1."),
            "verification": _("El documento que probará que se hizo: acta, decreto, informe. Sin él no se cierra."),
        }

    field_order = (*Meta.fields, "reason", "revision")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        departments = Department.objects.filter(is_active=True)
        fields["department"].queryset = departments
        fields["department"].empty_label = _("Por definir")
        fields["participants"].queryset = departments
        fields["responsible"].queryset = people_here()
        fields["responsible"].empty_label = _("Nadie en particular")
        fields["code"].required = False
        fields["rule"].choices = PlanNode._meta.get_field("rule").choices
        fields["manual_reason"].show_when = "rule=manual"
        if plan.state in REBASELINED:
            fields["reason"] = reason_field()


class MoveForm(forms.Form):
    parent = forms.ModelChoiceField(label=_("Dentro de"), queryset=PlanNode.objects.none(), empty_label=CHOOSE)
    position = forms.IntegerField(label=_("En qué lugar"), min_value=1, max_value=999)

    def __init__(self, *args: Any, node: PlanNode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if node.level == 0:
            del fields["parent"]
        else:
            above = PlanNode.objects.filter(plan=node.plan, level=node.level - 1, removed_on__isnull=True)
            fields["parent"].queryset, fields["parent"].initial = above.order_by("position"), node.parent_id
        fields["position"].initial = node.position
        _ask_reason(self, node)


class RemoveForm(forms.Form):
    def __init__(self, *args: Any, node: PlanNode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_reason(self, node)


def _ask_reason(form: Any, node: PlanNode) -> None:
    if node.plan.state in REBASELINED:
        form.fields["reason"] = reason_field()


class DatedForm(forms.Form):
    """Something that happened on a day, usually today."""

    on = day(_("Fecha"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class ProgressForm(DatedForm):
    on = day(_("Avance al"))
    percent = forms.DecimalField(
        label=_("Avance (%)"), help_text=_("De 0 a 100."), min_value=0, max_value=100, decimal_places=2
    )
    text = forms.CharField(label=_("Qué se hizo"), max_length=4000, widget=text_box(5))


class CloseForm(DatedForm):
    on = day(_("Se terminó el"))


class EvidenceForm(forms.Form):
    proves = forms.CharField(label=_("Qué prueba"), help_text=_("Por ejemplo: acta del curso."), max_length=250)
    file = forms.FileField(label=_("Archivo"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        size = most_megabytes(Kind.EVIDENCE)
        self.fields["file"].help_text = _("PDF, foto, Word, Excel o texto, de hasta %(size)s MB.") % {"size": size}


class MilestoneForm(DecidedForm):
    due_on = day(_("Debe cumplirse el"))

    class Meta:
        model = Milestone
        fields = ["label", "due_on", "weight"]

    def __init__(self, *args: Any, node: PlanNode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_reason(self, node)


class BudgetForm(DecidedForm):
    class Meta:
        model = BudgetLine
        fields = ["concept", "source", "year", "amount_clp"]

    def __init__(self, *args: Any, node: PlanNode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_reason(self, node)


class SpendingForm(DecidedForm):
    class Meta:
        model = BudgetLine
        fields = ["committed_clp", "spent_clp"]


class MeasureForm(DecidedForm):
    due_on = day(_("A más tardar el"))

    class Meta:
        formfield_callback = formfield
        model = CorrectiveMeasure
        fields = ["what", "responsible", "due_on"]
        widgets = {"what": text_box()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["responsible"].queryset, fields["responsible"].empty_label = people_here(), CHOOSE


class FinishForm(DatedForm):
    outcome = forms.CharField(label=_("Qué resultó"), max_length=2000, widget=text_box())


class ActForm(forms.Form):
    """The act that approves."""

    act_kind = forms.ChoiceField(label=_("Acto que aprueba"), choices=ActKind.choices, widget=forms.RadioSelect)
    number = forms.CharField(label=_("Número"), max_length=40)
    on = day(_("Fecha del acto"))

    def clean_on(self) -> date:
        """An act that has been signed: not after today."""
        given: date = self.cleaned_data["on"]
        if given > timezone.localdate():
            raise forms.ValidationError(PlansError("act_in_future").sentence)
        return given


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Cómo terminó"),
        help_text=_("Si quedan actividades sin cerrar, explique por qué."),
        max_length=4000,
        required=False,
        widget=text_box(4),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Qué falta o qué hay que cambiar"), max_length=2000, widget=text_box())


class NothingForm(forms.Form):
    """Nothing more to say."""


class IndicatorForm(DecidedForm):
    baseline_on = day(_("Fecha de la línea base"), required=False)
    target_on = day(_("Fecha de la meta"), required=False)
    target = forms.DecimalField(label=_("Meta"), decimal_places=4, max_digits=15, required=False)

    class Meta:
        formfield_callback = formfield
        model = Indicator
        fields = [
            "label", "formula", "numerator", "denominator", "unit", "direction", "band_low", "band_high", "periodicity",
            "source", "baseline", "baseline_on",
        ]  # fmt: skip
        widgets = {"formula": text_box(), "direction": forms.RadioSelect}
        help_texts = {"baseline": _("En blanco si todavía no se conoce: desconocido no es cero.")}

    def __init__(self, *args: Any, node: PlanNode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["direction"].choices = Indicator._meta.get_field("direction").choices
        fields["periodicity"].choices = [("", CHOOSE), *Periodicity.choices]
        for name in ("band_low", "band_high"):
            fields[name].show_when = "direction=band"
        _ask_reason(self, node)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("target") is None) != (given.get("target_on") is None):
            self.add_error("target_on", _("Escriba la meta y su fecha, o ninguna de las dos."))
        return given


class ReadingForm(forms.Form):
    """What an indicator counts: both counts, or a plain value, or nothing, which is «sin dato»."""

    numerator = forms.DecimalField(label=_("Numerador"), decimal_places=4, max_digits=15, required=False)
    denominator = forms.DecimalField(label=_("Denominador"), decimal_places=4, max_digits=15, required=False)
    value = forms.DecimalField(
        label=_("Valor"),
        help_text=_("Sólo si no se cuenta con numerador y denominador. Sin dato, deje los tres en blanco."),
        decimal_places=4,
        max_digits=15,
        required=False,
    )
    source_records = forms.CharField(
        label=_("De qué registros sale"), max_length=2000, required=False, widget=text_box()
    )
    note = forms.CharField(label=_("Nota"), max_length=2000, required=False, widget=text_box())

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["numerator"].help_text = indicator.numerator
        self.fields["denominator"].help_text = indicator.denominator


class MeasurementForm(ReadingForm):
    cut_off = day(_("Fecha de corte"))
    state = forms.ChoiceField(
        label=_("Estado"),
        choices=MeasurementState.choices,
        widget=forms.RadioSelect,
        initial=MeasurementState.DECLARED,
    )
    field_order = ["cut_off", "numerator", "denominator", "value", "state", "source_records", "note"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cut_off"].initial = today


class CorrectionForm(ReadingForm):
    """What should have been written, and why."""

    note = forms.CharField(
        label=_("Por qué se corrige"),
        help_text=_("La medición anterior se conserva con esta razón al lado."),
        max_length=2000,
        widget=text_box(),
    )
