"""A date and a RUN as every form asks for them."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.kit import run as runs
from cabildo.kit.errors import DomainError

YEARS_BACK, YEARS_AHEAD = 100, 10  # farther away is a slip of the keyboard, and beyond the calendar of working days


def believable(day: date, years_back: int) -> None:
    """ValidationError for a day that nobody means: of another century, or so far ahead that no calendar reaches it."""
    today = timezone.localdate()
    first, last = today.year - years_back, today.year + YEARS_AHEAD
    if not first <= day.year <= last:
        words = _("Revise el año: debe estar entre %(first)s y %(last)s.")
        raise forms.ValidationError(words, code="year", params={"first": first, "last": last})


def day(label: Any, help_text: Any = "", *, required: bool = True, years_back: int = YEARS_BACK) -> forms.DateField:
    """A day, at most so many years before this one; see `believable`."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    named = {"label": label, "help_text": help_text, "required": required}
    return forms.DateField(**named, widget=widget, validators=[partial(believable, years_back=years_back)])


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
