"""Which subject, and of which kind: only the kinds that the subject admits."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cabildo.tickets.choices import Kind
from cabildo.tickets.models import Category
from cabildo.tickets.queries.catalogue import open_categories


def grouped_choices(categories: QuerySet[Category]) -> list[tuple[Any, Any]]:
    """The subjects under the names of their groups, as the counter reads them. One query."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for category in categories.only("pk", "group_label", "label"):
        groups.setdefault(category.group_label, []).append((category.pk, category.label))
    return [("", _("Elija una materia")), *groups.items()]


def kind_choices(category: Category | None) -> list[tuple[str, Any]]:
    """Every kind while no subject is chosen."""
    admitted = category.admitted_kinds if category else Kind.values
    return [(value, label) for value, label in Kind.choices if value in admitted]


class SubjectFields(forms.Form):
    """The subject, by groups, and a kind that it admits; choosing another subject offers the kinds of that one."""

    category = forms.ModelChoiceField(label=_("Materia"), queryset=Category.objects.none())
    kind = forms.ChoiceField(
        label=_("Tipo"),
        error_messages={"invalid_choice": _("La materia no admite ese tipo. Elija uno de los que se muestran.")},
    )

    asks_again = ("category",)  # the page asked for with another subject shows the form for it

    def offer(self) -> None:
        categories = open_categories()
        field = self.fields["category"]
        field.queryset = categories
        field.choices = grouped_choices(categories)
        refresh = {"hx-get": "", "hx-trigger": "change", "hx-select": "#id_kind", "hx-target": "#id_kind"}
        field.widget.attrs |= {**refresh, "hx-swap": "outerHTML"}
        admitted = kind_choices(self._chosen(categories))
        is_offered = self["kind"].value() in dict(admitted)
        self.fields["kind"].choices = admitted if is_offered else [("", _("Elija un tipo")), *admitted]

    def _chosen(self, categories: QuerySet[Category]) -> Category | None:
        pk = str(self["category"].value() or "")
        return categories.filter(pk=pk).first() if pk.isdecimal() else None
