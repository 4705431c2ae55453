"""What people write in stage 3: the model, who writes what, a sheet, strengths and gaps."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import Department
from cabildo.content.kinds import Adopted
from cabildo.instruments.models import PartSummary, Sheet
from cabildo.instruments.queries.items import Item
from cabildo.instruments.rules.sheets import levels
from cabildo.ui.revised_forms import RevisedForm

ATTRIBUTE = "atributo_"


class BeginForm(forms.Form):
    """With which of the models in use."""

    version = forms.TypedChoiceField(label=_("Modelo"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, adopted: Sequence[Adopted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version: Any = self.fields["version"]
        version.choices = [(one.version_id, one.title) for one in adopted]


class AssignForm(forms.Form):
    """Many elements at once to one department."""

    elements = forms.MultipleChoiceField(label=_("Elementos"), widget=forms.CheckboxSelectMultiple)
    department = forms.ModelChoiceField(
        label=_("Dirección o unidad responsable"), queryset=Department.objects.none(), required=False
    )
    helpers = forms.ModelMultipleChoiceField(
        label=_("Direcciones o unidades que ayudan"),
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = day(_("A más tardar"), _("Aparece en «Mi trabajo» de quienes escriben."), required=False)

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["elements"].choices = _grouped(items)
        fields["department"].empty_label = _("Nadie todavía")
        for name in ("department", "helpers"):
            fields[name].queryset = Department.objects.filter(is_active=True)


def _grouped(items: Sequence[Item]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The elements under their subcriterion."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for item in items:
        groups.setdefault(item.part["label"], []).append((item.id, item.label))
    return list(groups.items())


class SheetForm(RevisedForm):
    """What is done, and the levels whose fact holds or the scores of a panel."""

    class Meta:
        model = Sheet
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 9})}

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        fields: Any = self.fields
        fields["text"].label = _("Qué se hace hoy")
        fields["text"].help_text = _("Hechos: quién lo hace, cada cuánto, en qué unidades y qué papel lo muestra.")
        if item.is_levelled:
            fields["attested"] = _levels_field(item, self.instance.attested)
        else:
            add_scores(self, item, self.instance.score, self.instance.attributes)

    @property
    def written(self) -> dict[str, Any]:
        """What the sheet takes, with the revision that was seen."""
        given = self.cleaned_data
        told = {"text": given["text"], "revision": given["revision"]}
        if self.item.is_levelled:
            return {**told, "attested": dict.fromkeys(given["attested"], True)}
        return {**told, "score": given.get("score"), "attributes": attributes_in(given)}


def _levels_field(item: Item, attested: dict[str, bool]) -> forms.MultipleChoiceField:
    texts = {one["level"]: one["text"] for one in item.body["levels"]}
    choices = [
        (str(level), format_html("<strong>{}. {}.</strong> {}", level, item.level_label(level), texts[level]))
        for level in levels(item.element.method)
    ]
    return forms.MultipleChoiceField(
        label=_("Niveles que se cumplen"),
        help_text=_(
            "Marque cada nivel cuyo hecho se puede mostrar. Uno vale sólo si se cumplen también los anteriores."
        ),
        choices=choices,
        required=False,
        initial=[level for level, holds in attested.items() if holds],
        widget=forms.CheckboxSelectMultiple,
    )


def add_scores(form: Any, item: Item, score: int | None, attributes: dict[str, int]) -> None:
    """The fields of a panel: one score, one per attribute, or either when the method takes both."""
    method = item.element.method
    limits: dict[str, Any] = {"min_value": method.minimum, "max_value": method.maximum, "required": False}
    if method.takes_single_score:
        form.fields["score"] = forms.IntegerField(
            label=_("Puntaje único, de %(low)s a %(high)s") % {"low": method.minimum, "high": method.maximum},
            initial=score,
            **limits,
        )
    for one in item.method.get("attributes", ()):
        form.fields[f"{ATTRIBUTE}{one['id']}"] = forms.IntegerField(
            label=one["label"], help_text=one["about"], initial=attributes.get(one["id"]), **limits
        )


def attributes_in(given: dict[str, Any]) -> dict[str, int]:
    """The scores by attribute among what was sent; those left blank are left out."""
    return {
        name.removeprefix(ATTRIBUTE): value
        for name, value in given.items()
        if name.startswith(ATTRIBUTE) and value is not None
    }


class SummaryForm(RevisedForm):
    class Meta:
        model = PartSummary
        fields = ["strengths", "gaps"]
        widgets = {"strengths": forms.Textarea(attrs={"rows": 5}), "gaps": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["strengths"].help_text = _("Lo que se hace bien y conviene conservar.")
        fields["gaps"].help_text = _("Lo que falta para llegar al nivel siguiente. De aquí salen las mejoras del plan.")
