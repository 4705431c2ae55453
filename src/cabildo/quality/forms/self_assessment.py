"""What people write in stage 3: the model, who writes what, a sheet, strengths and gaps."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import Department
from cabildo.instruments.choices import MarkMode
from cabildo.instruments.models import PartSummary, Sheet
from cabildo.instruments.queries.items import Item
from cabildo.instruments.rules.sheets import levels
from cabildo.quality.model_words import ModelWords
from cabildo.quality.queries.self_assessment import Startable
from cabildo.ui.revised_forms import RevisedForm

ATTRIBUTE = "atributo_"


class BeginForm(forms.Form):
    """With which of the models in use and, where it is marked in two ways, in which."""

    version = forms.ChoiceField(label=_("Modelo"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, startable: Sequence[Startable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version: Any = self.fields["version"]
        version.choices = [(one.code, _startable(one)) for one in startable]
        if len(startable) == 1:
            version.initial = startable[0].code

    @property
    def chosen(self) -> dict[str, Any]:
        """As the action takes it."""
        version, _mark, mode = self.cleaned_data["version"].partition(":")
        return {"version_id": int(version), "mark_mode": mode}


def _startable(one: Startable) -> Any:
    """What the model is, how it is marked, and what it says of itself."""
    title, modes = one.adopted.title, {MarkMode.SINGLE: _SINGLE, MarkMode.ATTRIBUTES: _BY_ATTRIBUTE}
    told = [
        one.body["pack"].get("summary", ""),
        modes[MarkMode(one.mode)] if one.mode else "",
        one.body["model"]["notice"],
    ]
    heading = f"{title}, {MarkMode(one.mode).label}" if one.mode else title
    return format_html("<strong>{}</strong><br>{}", heading, " ".join(str(text) for text in told if text))


_SINGLE = _("Cada subcriterio recibe una sola nota, según el tramo que se cumple con todos los anteriores.")
_BY_ATTRIBUTE = _("Cada atributo recibe su nota, y el puntaje del subcriterio es el promedio exacto de todas.")


class AssignForm(forms.Form):
    """Many elements at once to one department."""

    elements = forms.MultipleChoiceField(label="", widget=forms.CheckboxSelectMultiple)
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

    def __init__(self, *args: Any, items: Sequence[Item], words: ModelWords, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["elements"].label = words.heads
        fields["elements"].choices = _grouped(items)
        fields["department"].empty_label = _("Nadie todavía")
        for name in ("department", "helpers"):
            fields[name].queryset = Department.objects.filter(is_active=True)


def _grouped(items: Sequence[Item]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The elements under their subcriterion; those that are one, under their criterion."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for item in items:
        over = item.criterion if item.is_part else item.part
        groups.setdefault(over["label"], []).append((item.id, item.label))
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
    limits = {"low": method.minimum, "high": method.maximum}
    if method.takes_single_score:
        label = _("Puntaje, de %(low)s a %(high)s") % limits
        form.fields["score"] = score_field(item, label, initial=score, help_text=_bands(item))
    for one in item.attributes:
        label = _("%(label)s, de %(low)s a %(high)s") % {"label": one["label"], **limits}
        name, given = f"{ATTRIBUTE}{one['id']}", attributes.get(one["id"])
        form.fields[name] = score_field(item, label, initial=given, help_text=one["about"])


def _bands(item: Item) -> str:
    """«0–10 Sin trabajo en el tema · 11–30 Hay un plan · …»."""
    return " · ".join(f"{band['from']}–{band['to']} {band['label']}" for band in item.method["bands"])


def score_field(item: Item, label: Any, **more: Any) -> forms.IntegerField:
    """A whole score of the scale; blank is not zero."""
    method = item.element.method
    return whole_score(label, lowest=method.minimum, highest=method.maximum, **more)


def whole_score(label: Any, *, lowest: int, highest: int, **more: Any) -> forms.IntegerField:
    told = _("Escriba un número entero de %(low)s a %(high)s, sin decimales.")
    message = told % {"low": lowest, "high": highest}
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), message)
    return forms.IntegerField(
        label=label, min_value=lowest, max_value=highest, required=False, error_messages=wrong, **more
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
        fields["gaps"].help_text = _("Lo que falta para subir. De aquí salen las mejoras del plan.")
