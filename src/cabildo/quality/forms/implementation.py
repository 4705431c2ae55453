"""What people write in stage 7: whom the news reached in a department, and which scores were reached."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.instruments.queries.items import Item
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality.forms.self_assessment import score_field
from cabildo.quality.models import DiffusionReach
from cabildo.ui.revised_forms import RevisedForm


class ReachForm(RevisedForm):
    staff = forms.IntegerField(label=_("Personas de la dirección"), min_value=1)
    reached = forms.IntegerField(label=_("A cuántas llegó la noticia"), min_value=0)
    on = day(_("Fecha"))

    class Meta:
        model = DiffusionReach
        fields = ["staff", "reached", "how", "on"]
        help_texts = {"how": _("Por ejemplo, «Reunión de la dirección» o «Correo y afiche en el acceso».")}


class ReachedForm(forms.Form):
    """What each element of the plan reached, marked as the starting scores were: one score, or one an attribute."""

    def __init__(self, *args: Any, asked: Sequence[tuple[Item, str]], is_again: bool, **kwargs: Any) -> None:
        """`asked`: each element of the plan and what is told beside it."""
        super().__init__(*args, **kwargs)
        self.items = [item for item, _help in asked]
        for item, help_text in asked:
            self._add(item, help_text)
        if is_again:
            self.fields["reason"] = forms.CharField(
                label=_("Por qué se cambia"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
            )

    def _add(self, item: Item, help_text: str) -> None:
        if item.element.method.takes_single_score:
            self.fields[item.id] = _owed(score_field(item, item.label, help_text=help_text))
            return
        for place, one in enumerate(item.attributes):
            label = f"{item.label} · {one['label']}"
            self.fields[_name(item, one["id"])] = _owed(score_field(item, label, help_text="" if place else help_text))

    @property
    def marks(self) -> dict[str, Mark]:
        """Those that were written whole."""
        found = {item.id: self._mark(item) for item in self.items}
        return {name: mark for name, mark in found.items() if mark is not None}

    def _mark(self, item: Item) -> Mark | None:
        given = self.cleaned_data
        if item.element.method.takes_single_score:
            return None if given[item.id] is None else Mark(given[item.id])
        scores = {one["id"]: given[_name(item, one["id"])] for one in item.attributes}
        return None if None in scores.values() else Mark(attributes=scores)


def _owed(field: forms.IntegerField) -> forms.IntegerField:
    """Every score is sealed at once: none may be left blank."""
    field.required = field.widget.is_required = True
    field.error_messages["required"] = _("Anote el puntaje alcanzado. Si fue el mínimo, escríbalo.")
    return field


def _name(item: Item, attribute: str) -> str:
    return f"{item.id}__{attribute}"
