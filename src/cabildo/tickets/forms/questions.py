"""The extra questions of a category as form fields; which apply is decided by the rules."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabildo.tickets.models import Category
from cabildo.tickets.rules.questions import stopping_notice, visible_questions

PREFIX = "q_"
MAX_TEXT = 500


def field_for(question: Mapping[str, Any]) -> forms.Field:
    """The field of one question; whether it is required is checked after knowing if it applies."""
    shared: dict[str, Any] = {"label": question["label"], "help_text": question.get("help", ""), "required": False}
    choices = [(option["id"], option["label"]) for option in question.get("options", [])]
    match question["type"]:
        case "number":
            return forms.DecimalField(max_digits=12, decimal_places=2, **shared)
        case "date":
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **shared)
        case "single":
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **shared)
        case "multiple":
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **shared)
        case _:
            return forms.CharField(max_length=MAX_TEXT, **shared)


class CategoryQuestions(forms.Form):
    """Mixin: adds the category's questions, checks those that apply, and the notices that stop the way."""

    category: Category

    def add_questions(self) -> None:
        for question in self.questions:
            name = PREFIX + question["id"]
            self.fields[name] = field_for(question)
            self.fields[name].must_answer = question.get("required", False)
            if condition := question.get("visible_if"):
                wanted = condition.get("in") or [condition.get("equals")]
                self.fields[name].show_when = f"{PREFIX}{condition['question']}={'|'.join(wanted)}"

    @property
    def questions(self) -> list[Mapping[str, Any]]:
        return self.category.definition.get("questions", [])

    def check_questions(self, cleaned: dict[str, Any]) -> None:
        answers = {q["id"]: _storable(cleaned.get(PREFIX + q["id"])) for q in self.questions}
        for question in visible_questions(self.questions, answers):
            name = PREFIX + question["id"]
            missing = answers[question["id"]] in (None, "", [])
            if question.get("required") and missing and name not in self.errors:
                self.add_error(name, _("Responda esta pregunta."))
        notice = stopping_notice(self.category.definition.get("notices", []), answers)
        if notice is not None:
            self.add_error(None, notice["text"])
        cleaned["answers"] = answers


def _storable(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (str, list)):
        return value
    return str(value)
