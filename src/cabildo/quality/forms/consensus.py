"""What a person proposes for an element, and what the group agrees."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.instruments.queries.items import Item
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality.forms.self_assessment import ATTRIBUTE, add_scores, attributes_in

EXCLUDED = "no_aplica"


class MarkForm(forms.Form):
    """A level by its name, or the scores of a panel; «no aplica» where the model allows it."""

    note = forms.CharField(
        label=_("Por qué"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, item: Item, mark: Mark, may_be_excluded: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if item.is_levelled and item.element.method.takes_single_score:
            fields["score"] = _level_field(item, mark, may_be_excluded=may_be_excluded)
        else:
            add_scores(self, item, mark.score, dict(mark.attributes))
            if may_be_excluded:
                label = _("No aplica a la municipalidad")
                fields["is_excluded"] = forms.BooleanField(label=label, required=False, initial=mark.is_excluded)
        self.order_fields(["score", *(name for name in fields if name not in {"score", "note"}), "note"])

    @property
    def mark(self) -> Mark:
        """The mark as the rules take it."""
        given, score = self.cleaned_data, self.cleaned_data.get("score")
        is_excluded = score == EXCLUDED or bool(given.get("is_excluded"))
        value = None if score in {None, "", EXCLUDED} else int(score)
        return Mark(value, attributes_in(given), is_excluded)


def _level_field(item: Item, mark: Mark, *, may_be_excluded: bool) -> forms.ChoiceField:
    method = item.element.method
    choices = [
        (str(level), f"{level}. {item.level_label(level)}") for level in range(method.minimum, method.maximum + 1)
    ]
    if may_be_excluded:
        choices.append((EXCLUDED, str(_("No aplica a la municipalidad"))))
    initial = EXCLUDED if mark.is_excluded else mark.score
    return forms.ChoiceField(label=_("Nivel"), choices=choices, initial=initial, widget=forms.RadioSelect)


class WholeMarkForm(MarkForm):
    """A mark that says all it has to: with several attributes, each of them."""

    def __init__(self, *args: Any, item: Item, may_be_excluded: bool, **kwargs: Any) -> None:
        super().__init__(*args, item=item, may_be_excluded=may_be_excluded, **kwargs)
        if item.is_levelled or may_be_excluded or (item.attributes and item.element.method.takes_single_score):
            return
        missing = _("Escriba un puntaje para cada atributo.") if item.attributes else _("Escriba un puntaje.")
        for name, field in self.fields.items():
            if name == "score" or name.startswith(ATTRIBUTE):
                field.required, field.error_messages["required"] = True, missing


class ProposalForm(WholeMarkForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = _("Lo leerá el comité cuando se abra el consenso.")


class AgreedForm(WholeMarkForm):
    """Carries the revision that was seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Cómo llegaron al acuerdo")
        self.fields["note"].help_text = _(
            "Necesario si las propuestas no coincidían o si no aplica a la municipalidad."
        )
