"""Rows that several people edit: the second is told, field by field, what the first wrote, and nothing is lost."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError
from cabildo.kit.revisions import conflicts

type Changes = dict[str, tuple[Any, Any]]


class StaleError(DomainError):
    """Code `stale`; the fact `names` are the fields that somebody else changed meanwhile."""

    sentences = {
        "stale": _("Otra persona cambió {fields} mientras usted escribía. Revise lo que quedó y guarde de nuevo.")
    }


class Revised(models.Model):
    """`touched` keeps at which revision each field last changed."""

    revision = models.PositiveIntegerField(default=1, editable=False)
    touched: Any = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True


def first_revision(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a new row: all of them written at its first revision."""
    return {**values, "revision": 1, "touched": dict.fromkeys(values, 1)}


def put(row: Revised, wanted: Mapping[str, Any], *, revision: int) -> Changes:
    """Set, without saving, the fields that differ; each with its value before and after. Raises StaleError."""
    moved = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    refuse_stale(row, moved, revision)
    changes = {name: (getattr(row, name), value) for name, value in moved.items()}
    for name, value in moved.items():
        setattr(row, name, value)
    touch(row, moved)
    return changes


def write(row: Revised, wanted: Mapping[str, Any], *, revision: int) -> Changes:
    """Set and save the fields that differ. Raises StaleError."""
    changes = put(row, wanted, revision=revision)
    if changes:
        row.save(update_fields=[*changes, "revision", "touched"])
    return changes


def refuse_stale(row: Revised, moved: Mapping[str, Any], revision: int, names: Mapping[str, str] | None = None) -> None:
    """StaleError when somebody else changed one of these since `revision`; `names` says those that are no fields."""
    stale = conflicts(row.touched, revision, moved)
    if stale:
        labels = {field.name: field.verbose_name for field in row._meta.fields} | dict(names or {})
        raise StaleError("stale", fields=", ".join(f"«{labels[name]}»" for name in stale), names=tuple(stale))


def touch(row: Revised, moved: Mapping[str, Any]) -> None:
    """One revision more, in which these fields changed."""
    if moved:
        row.revision += 1
        row.touched = {**row.touched, **dict.fromkeys(moved, row.revision)}
