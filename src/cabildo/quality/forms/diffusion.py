"""What people write in stage 7 of one meeting in which several departments heard of the validated plan."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.accounts.models import Department
from cabildo.quality.actions.diffusion import ReachOf
from cabildo.quality.errors import QualityError
from cabildo.quality.models import DiffusionReach

MOST_PEOPLE = 100_000  # more than any municipality employs
HALVES = ("staff", "reached")


class ReachesForm(forms.Form):
    """How and when, once; and for each department two numbers, both empty where it was not there."""

    template_name = "quality/_reaches_form.html"
    how = forms.CharField(
        label=_("Cómo se hizo"), max_length=300, help_text=_("Por ejemplo, «Reunión de todas las direcciones».")
    )
    on = day(_("Fecha"))

    def __init__(self, *args: Any, offered: Sequence[tuple[Department, DiffusionReach | None]], **kwargs: Any) -> None:
        """`offered`: departments, each with what was noted of it, if anything was."""
        super().__init__(*args, **kwargs)
        self.departments = [department for department, _held in offered]
        for department, held in offered:
            self._add(department, held)

    def _add(self, department: Department, held: DiffusionReach | None) -> None:
        labels = {
            "staff": _("%s: personas de la dirección") % department,
            "reached": _("%s: a cuántas llegó") % department,
        }
        for least, half in ((1, "staff"), (0, "reached")):
            self.fields[f"{half}_{department.code}"] = forms.IntegerField(
                label=labels[half], min_value=least, max_value=MOST_PEOPLE, required=False
            )
        self.fields[f"staff_{department.code}"].initial = held.staff if held else None
        revision = held.revision if held else 0
        seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=revision, required=False)
        self.fields[f"revision_{department.code}"] = seen

    def rows(self) -> Iterator[tuple[Department, BoundField, BoundField, BoundField]]:
        for one in self.departments:
            yield one, self[f"staff_{one.code}"], self[f"reached_{one.code}"], self[f"revision_{one.code}"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for one in self.departments:
            self._check(one, *(given.get(f"{half}_{one.code}") for half in HALVES))
        if not self.errors and not self.told():
            self.add_error(None, QualityError("nobody_noted").sentence)
        return given

    def _check(self, department: Department, staff: int | None, reached: int | None) -> None:
        staff_name, reached_name = (f"{half}_{department.code}" for half in HALVES)
        if reached is None and staff is not None and staff_name in self.changed_data:
            self.add_error(reached_name, _("Anote a cuántas llegó, o deje vacíos los dos números."))
        elif reached is not None and staff is None and staff_name not in self.errors:
            self.add_error(staff_name, _("Anote cuántas personas tiene la dirección."))
        elif reached is not None and staff is not None and reached > staff:
            self.add_error(reached_name, QualityError("more_than_staff", staff=staff).sentence)

    def told(self) -> list[ReachOf]:
        """The departments whose two numbers were written."""
        given = self.cleaned_data
        return [
            ReachOf(one, given[f"revision_{one.code}"] or 0, *(given[f"{half}_{one.code}"] for half in HALVES))
            for one in self.departments
            if given.get(f"reached_{one.code}") is not None
        ]
