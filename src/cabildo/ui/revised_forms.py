"""Forms over rows that several people edit, and choices as a list shows them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


def options(kinds: type[models.TextChoices]) -> Callable[[], list[tuple[str, str]]]:
    """The choices as the lines of a list, each with its capital."""
    return lambda: [(value, capfirst(label)) for value, label in kinds.choices]


class DecidedForm(forms.ModelForm):
    """The action refuses what does not agree, at the field and in words; the database stands behind it.

    Each field is still checked by itself.
    """

    def validate_constraints(self) -> None:
        """Left to the action: a constraint would say its own name."""


class RevisedForm(DecidedForm):
    """Carries the revision that was seen, so that nobody undoes what another wrote meanwhile."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["revision"].initial = self.instance.revision if self.instance.pk else 0

    def show_conflict(self, names: Iterable[str], now: Any) -> None:
        """Say at each field what another person wrote; sending again keeps what is in the form."""
        for name in names:
            written = _("Otra persona escribió: «%s».") % self.as_shown(now, name)
            self.add_error(name if name in self.fields else None, written)
        sent: Any = self.data
        data = sent.copy()
        data[self.add_prefix("revision")] = now.revision
        self.data = data

    def as_shown(self, row: Any, name: str) -> str:
        """A stored value in words."""
        choice = getattr(row, f"get_{name}_display", None)
        value = choice() if choice else getattr(row, name)
        return "—" if value in (None, "") else f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)
