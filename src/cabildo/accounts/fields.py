"""A date and a RUN as every form asks for them."""

from typing import Any

from django import forms

from cabildo.kit import run as runs
from cabildo.kit.errors import DomainError


def day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


class RunField(forms.CharField):
    """A RUN, with or without dots; stored in its normal form."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return runs.normalise(text)
        except DomainError as problem:
            raise forms.ValidationError(problem.sentence) from problem
