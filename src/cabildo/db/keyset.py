"""Paging that costs the same on page one and on page ten thousand: the next page starts after a row, not at a number.

Rows without a value come last in either direction, on SQLite and on PostgreSQL alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import Func
from django.db.models.lookups import GreaterThan, LessThan

MAX_CURSOR_LENGTH = 2_000
FORWARD, BACKWARD = "f", "b"


class InvalidCursor(Exception):  # noqa: N818 - what happened, as in kit.run.InvalidRun
    """The cursor was altered, is of another ordering, or was signed with another secret: start at the first page."""


@dataclass(frozen=True)
class Page[Row: models.Model]:
    """Items in the asked order; a cursor is None where there is no page."""

    items: list[Row]
    next_cursor: str | None
    previous_cursor: str | None


@dataclass(frozen=True)
class _Key:
    name: str
    descending: bool
    nullable: bool
    field: models.Field
    alias: str  # under which each row carries its value

    def ordering(self, backward: bool) -> models.expressions.OrderBy:
        """Plain where nothing can be missing, so that ordinary indexes serve."""
        descending = self.descending != backward
        nulls_last = True if self.nullable and not backward else None
        nulls_first = True if self.nullable and backward else None
        return models.expressions.OrderBy(F(self.name), descending, nulls_first=nulls_first, nulls_last=nulls_last)

    def equal(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: Any, backward: bool) -> Q | None:
        """What comes strictly after `value` in the direction of travel; None when nothing can."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if backward else None
        further = Q(**{f"{self.name}__{'lt' if self.descending != backward else 'gt'}": value})
        if self.nullable and not backward:
            further |= Q(**{f"{self.name}__isnull": True})
        return further


def page[Row: models.Model](
    queryset: models.QuerySet[Row], order: Sequence[str], cursor: str | None, size: int
) -> Page[Row]:
    """One page of `size` rows with one query, ordered by `order` ("-due_on", "department__name", ...), ties by pk.

    `cursor` comes from an earlier page with the same `order`, or is None for the first page; raises `InvalidCursor`.
    Keys may be fields, fields of single-valued relations or annotations. The cursor is signed, not secret: its
    values stand in the address, so do not order by personal data.
    """
    keys = _keys(queryset, order)
    direction, values = _read(cursor, keys) if cursor else (FORWARD, None)
    backward = direction == BACKWARD
    rows = queryset.annotate(**{key.alias: F(key.name) for key in keys if key.alias != key.name})
    rows = rows.order_by(*[key.ordering(backward) for key in keys])
    if values is not None:
        rows = rows.filter(_after(keys, values, backward))
    found = list(rows[: size + 1])
    more = len(found) > size
    items = found[:size][::-1] if backward else found[:size]
    has_next = backward or more
    has_previous = more if backward else values is not None
    return Page(
        items=items,
        next_cursor=_cursor(FORWARD, keys, items[-1]) if items and has_next else None,
        previous_cursor=_cursor(BACKWARD, keys, items[0]) if items and has_previous else None,
    )


def _keys(queryset: models.QuerySet, order: Sequence[str]) -> list[_Key]:
    keys = []
    for word in order:
        keys.append(_key(queryset, word))
        if keys[-1].field.primary_key and keys[-1].field.model is queryset.model:
            return keys
    last_descends = bool(keys) and keys[-1].descending
    return [*keys, _key(queryset, "-pk" if last_descends else "pk")]


def _key(queryset: models.QuerySet, word: str) -> _Key:
    name = word.removeprefix("-")
    annotation = queryset.query.annotations.get(name)
    if annotation is not None:
        return _Key(name, word.startswith("-"), nullable=True, field=annotation.output_field, alias=name)
    model, nullable = queryset.model, False
    for part in name.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        nullable = nullable or field.null
        model = field.related_model
    alias = f"keyset_{name}" if "__" in name else name
    return _Key(name, word.startswith("-"), nullable, getattr(field, "target_field", field), alias)


def _after(keys: list[_Key], values: list[Any], backward: bool) -> Any:
    directions = {key.descending for key in keys}
    if len(directions) == 1 and not any(key.nullable for key in keys):
        return _rows_beyond(keys, values, backward)
    return _nested_beyond(keys, values, backward)


def _rows_beyond(keys: list[_Key], values: list[Any], backward: bool) -> Any:
    """(a, b) > (x, y): the one form for which both databases start the index right at the row, ties included."""
    comparison = LessThan if keys[0].descending != backward else GreaterThan
    columns = _Row(*[F(key.name) for key in keys])
    return comparison(columns, _Row(*[Value(value, key.field) for key, value in zip(keys, values, strict=True)]))


def _nested_beyond(keys: list[_Key], values: list[Any], backward: bool) -> Q:
    """a > x OR (a = x AND (b > y OR ...)), for mixed directions and missing values."""
    condition: Q | None = None
    for key, value in reversed(list(zip(keys, values, strict=True))):
        ties = key.equal(value) & condition if condition is not None else None
        further = key.beyond(value, backward)
        condition = _either(further, ties)
    return condition if condition is not None else Q(pk__in=[])


def _either(first: Q | None, second: Q | None) -> Q | None:
    if first is None or second is None:
        return first if second is None else second
    return first | second


class _Row(Func):
    """A row value, `(a, b)`."""

    function = ""
    arity = None
    output_field = models.BooleanField()


def _cursor(direction: str, keys: list[_Key], item: models.Model) -> str:
    values = [getattr(item, key.alias) for key in keys]
    return signing.dumps([direction, *map(_plain, values)], salt=_salt(keys))


def _read(cursor: str, keys: list[_Key]) -> tuple[str, list[Any]]:
    if len(cursor) > MAX_CURSOR_LENGTH:
        raise InvalidCursor
    try:
        direction, *plain = signing.loads(cursor, salt=_salt(keys))
        return direction, [key.field.to_python(value) for key, value in zip(keys, plain, strict=True)]
    except (signing.BadSignature, ValueError, ValidationError) as error:
        raise InvalidCursor from error


def _salt(keys: list[_Key]) -> str:
    return "cabildo.keyset:" + ",".join(f"{key.name}:{key.descending}" for key in keys)


def _plain(value: Any) -> Any:
    """What JSON can hold; dates, decimals and identifiers travel as text, which their field reads back."""
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
