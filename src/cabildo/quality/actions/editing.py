"""What the verbs of the programme share: the cycle held open, days that have come, and nobody's words undone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cabildo.db.locking import lock_rows
from cabildo.plans.rules.revisions import conflicts
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle
from cabildo.quality.models.entry import Revised


def hold_open(cycle_id: int) -> Cycle:
    """The cycle, locked to the end of the transaction. QualityError cycle_closed."""
    cycle = lock_rows(Cycle.objects.filter(pk=cycle_id)).get()
    if cycle.closed_on is not None:
        raise QualityError("cycle_closed", number=cycle.number)
    return cycle


def must_have_come(today: date, **days: date | None) -> None:
    """QualityError in_future, whose fact `field` names the first of these days that is after today."""
    for field, day in days.items():
        if day is not None and day > today:
            raise QualityError("in_future", field=field)


def first_revision(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a new row: all of them written at its first revision."""
    return {**values, "revision": 1, "touched": dict.fromkeys(values, 1)}


def apply(row: Revised, wanted: Mapping[str, Any], *, revision: int) -> list[str]:
    """Write the fields that differ, as seen at `revision`; their names.

    QualityError stale, whose fact `names` are the fields that somebody else changed meanwhile.
    """
    moved = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    stale = conflicts(row.touched, revision, moved)
    if stale:
        labels = {field.name: field.verbose_name for field in row._meta.fields}
        words = ", ".join(f"«{labels[name]}»" for name in stale)
        raise QualityError("stale", fields=words, names=tuple(stale))
    if moved:
        for name, value in moved.items():
            setattr(row, name, value)
        row.revision += 1
        row.touched = {**row.touched, **dict.fromkeys(moved, row.revision)}
        row.save(update_fields=[*moved, "revision", "touched"])
    return sorted(moved)
