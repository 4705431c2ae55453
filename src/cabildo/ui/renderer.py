"""How forms are drawn: label above, help below it, errors at the field and in a summary with links."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import django.forms
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput, Select, Widget
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import CheckboxSelectMultiple, Input, RadioSelect, Textarea

HERE = Path(__file__).parent


class Field(BoundField):
    """A field that gives its widget the class of the design system and knows where an error link must land."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        own = widget.attrs.get("class", "")
        built = super().build_widget_attrs(attrs, widget)
        return {**built, "class": f"{_widget_class(widget)} {own}".strip()}

    @property
    def is_tick(self) -> bool:
        """A single yes or no, whose label stands beside it."""
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def show_when(self) -> str:
        """The condition of a question that depends on another: "kind=reclamo|denuncia"."""
        return getattr(self.field, "show_when", "")

    @property
    def target(self) -> str:
        """The id that an error link goes to: the control, or the first of a group."""
        return self.id_for_label or f"{self.auto_id}_0"


class FormRenderer(DjangoTemplates):
    """Django's `FORM_RENDERER`: our templates before Django's own."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Field

    @cached_property
    def engine(self) -> Any:
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [HERE / "templates", Path(django.forms.__file__).parent / "templates"],
                "NAME": "forms",
                "OPTIONS": {"builtins": ["django.templatetags.i18n", "cabildo.ui.templatetags.ui"]},
            }
        )


@dataclass(frozen=True)
class Problem:
    """One error of the summary; `target` is empty when it belongs to no field."""

    message: str
    target: str
    label: str = ""

    @property
    def sentence(self) -> str:
        """The label before the message: «Correo: falta la arroba», «¿Qué pide? Elija una opción»."""
        return f"{self.label}{' ' if self.label.endswith('?') else ': '}{self.message}" if self.label else self.message


def problems(form: BaseForm | BaseFormSet) -> list[Problem]:
    """Every error of a form or formset, in the order of its fields."""
    if isinstance(form, BaseFormSet):
        general = [Problem(str(message), "") for message in form.non_form_errors()]
        return general + [problem for one in form.forms for problem in problems(one)]
    general = [Problem(str(message), "") for message in form.non_field_errors()]
    return general + [
        Problem(str(message), "" if field.is_hidden else _target(field), str(field.label))
        for field in form
        for message in field.errors
    ]


def _target(field: BoundField) -> str:
    return field.target if isinstance(field, Field) else field.id_for_label


def _widget_class(widget: Widget) -> str:
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return "form-check-input"
    if isinstance(widget, Select):
        return "form-select"
    if isinstance(widget, Input | Textarea) or not hasattr(widget, "input_type"):
        return "form-control"
    return ""
