"""A number that a column cannot hold is in none of its rows: the database is not asked, and nothing overflows.

Django does so for the comparisons of whole numbers with one value. Here it does so too for lists of them, which is how
every choice of rows in a form is looked up, and for relations. `register` is called once, when the app is ready.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In


def _fits(value: Any, lookup: Any, connection: Any) -> bool:
    """Is it no plain number, or one that the column of the lookup can hold?"""
    if not isinstance(value, int):
        return True
    field = getattr(lookup.lhs, "target", lookup.lhs.output_field)
    low, high = connection.ops.integer_field_range(_kind(field))
    return (low is None or value >= low) and (high is None or value <= high)


def _kind(field: Any) -> str:
    """The type of the column, of a relation that of the row it names, and of that the same."""
    while field.is_relation:
        field = field.target_field
    kind: str = field.get_internal_type()
    return kind


class _InWithinBounds:
    """Leaves out of a list what the column cannot hold."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        lookup: Any = self
        if lookup.rhs_is_direct_value():
            lookup.rhs = [value for value in lookup.rhs if _fits(value, lookup, connection)]
        return super().process_rhs(compiler, connection)  # type: ignore[misc]


class IntegerIn(_InWithinBounds, In):
    pass


class RelatedInWithinBounds(_InWithinBounds, RelatedIn):
    pass


class RelatedExactWithinBounds(RelatedExact):
    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value() and not _fits(self.rhs, self, connection):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)


def register() -> None:
    models.IntegerField.register_lookup(IntegerIn)
    models.ForeignKey.register_lookup(RelatedInWithinBounds)
    models.ForeignKey.register_lookup(RelatedExactWithinBounds)
