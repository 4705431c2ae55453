"""List machinery: what a list offers is declared once, what the address asks for is read into a `ListState`.

No database here: a view hands `state.values`, `state.sort.order` and `state.cursor` to a query.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.translation import gettext as _

from cabildo.ui.parts import Column, Words
from cabildo.ui.spanish import short_date

CURSOR = "pagina"
SORT = "orden"
COLUMNS = "columnas"
FORMAT = "formato"
PANEL = "filtros"
OPEN = "abiertos"

Options = Sequence[tuple[str, Words]]


@dataclass(frozen=True)
class Removal:
    """A filter in words, with the parameters that its chip takes away; None takes every value of the name."""

    text: str
    drops: tuple[tuple[str, str | None], ...]


class Filter(Protocol):
    """What a filter must be: it reads its value from an address, says what is wrong, and words itself as chips."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> Words: ...
    @property
    def kind(self) -> str: ...

    def read(self, query: QueryDict) -> Any: ...
    def error(self, query: QueryDict) -> str: ...
    def removals(self, value: Any) -> list[Removal]: ...


@dataclass(frozen=True)
class TextFilter:
    """Words to look for. Value: the stripped text, cut at `limit`, without what PostgreSQL refuses in a text."""

    name: str
    label: Words
    limit: int = 200
    kind = "text"

    def read(self, query: QueryDict) -> str:
        return query.get(self.name, "").replace("\x00", " ").strip()[: self.limit]

    def error(self, query: QueryDict) -> str:
        return ""

    def removals(self, value: str) -> list[Removal]:
        return [Removal(f"{self.label}: «{value}»", ((self.name, None),))] if value else []


@dataclass(frozen=True)
class ChoiceFilter:
    """One of the options. Value: its code, or "" when none; an unknown code counts as none.

    Options that have to be looked up are given as a function: it is asked only where one is chosen or all are shown.
    """

    name: str
    label: Words
    offered: Options | Callable[[], Options]
    kind = "choice"

    @cached_property
    def options(self) -> Options:
        return self.offered() if callable(self.offered) else self.offered

    def read(self, query: QueryDict) -> str:
        value = query.get(self.name, "")
        return value if value and value in dict(self.options) else ""

    def error(self, query: QueryDict) -> str:
        return ""

    def removals(self, value: str) -> list[Removal]:
        return [Removal(f"{self.label}: {dict(self.options)[value]}", ((self.name, None),))] if value else []


@dataclass(frozen=True)
class MultipleFilter:
    """Any of the options. Value: the tuple of known codes in the order of the options."""

    name: str
    label: Words
    options: Options
    kind = "multiple"

    def read(self, query: QueryDict) -> tuple[str, ...]:
        asked = set(query.getlist(self.name))
        return tuple(code for code, _label in self.options if code in asked)

    def error(self, query: QueryDict) -> str:
        return ""

    def removals(self, value: tuple[str, ...]) -> list[Removal]:
        words = dict(self.options)
        return [Removal(f"{self.label}: {words[code]}", ((self.name, code),)) for code in value]


@dataclass(frozen=True)
class DateRange:
    """Both ends are included; None leaves that end open."""

    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.since or self.until)


@dataclass(frozen=True)
class DateRangeFilter:
    """Two dates, in `<name>_desde` and `<name>_hasta`. Value: a `DateRange`; a date that is none counts as open."""

    name: str
    label: Words
    kind = "dates"

    @property
    def since_name(self) -> str:
        return f"{self.name}_desde"

    @property
    def until_name(self) -> str:
        return f"{self.name}_hasta"

    def read(self, query: QueryDict) -> DateRange:
        return DateRange(_day(query.get(self.since_name, "")), _day(query.get(self.until_name, "")))

    def error(self, query: QueryDict) -> str:
        value = self.read(query)
        for name, day in ((self.since_name, value.since), (self.until_name, value.until)):
            if query.get(name) and day is None:
                return _("La fecha no existe o no se entiende. Escríbala con año, mes y día: 2026-12-22.")
        if value.since and value.until and value.since > value.until:
            return _("La primera fecha es posterior a la segunda. Cambie una de las dos.")
        return ""

    def removals(self, value: DateRange) -> list[Removal]:
        if not value:
            return []
        since = _("desde el %s") % short_date(value.since) if value.since else ""
        until = _("hasta el %s") % short_date(value.until) if value.until else ""
        words = " ".join(word for word in (since, until) if word)
        return [Removal(f"{self.label}: {words}", ((self.since_name, None), (self.until_name, None)))]


@dataclass(frozen=True)
class SortOption:
    """An order that the list offers; `order` is what the keyset pager takes: ("due_on", "-pk")."""

    key: str
    label: Words
    order: tuple[str, ...]


@dataclass(frozen=True)
class Chip:
    """A filter in force and the address without it."""

    text: str
    remove_url: str


@dataclass(frozen=True)
class FilterField:
    """A filter as the panel draws it."""

    filter: Filter
    value: Any
    error: str


@dataclass(frozen=True)
class Heading:
    """A column as the table draws it; `sort_url` is empty when the list cannot be ordered by it.

    `direction` is "ascending" or "descending" for the column in whose order the list stands, else empty.
    """

    column: Column
    sort_url: str
    direction: str


@dataclass(frozen=True)
class ListSpec:
    """What a list offers. The first sort is the usual one."""

    filters: Sequence[Filter]
    columns: Sequence[Column]
    sorts: Sequence[SortOption]

    def read(self, query: QueryDict, *, preferred_columns: Sequence[str] = ()) -> "ListState":
        """The state an address asks for. Unknown parameters stay in it untouched, unknown values count as none."""
        values = {one.name: one.read(query) for one in self.filters}
        errors = {one.name: error for one in self.filters if (error := one.error(query))}
        sorts = {sort.key: sort for sort in self.sorts}
        return ListState(
            spec=self,
            query=query,
            values=values,
            errors=errors,
            columns=self._columns(query.getlist(COLUMNS) or preferred_columns),
            sort=sorts.get(query.get(SORT, ""), self.sorts[0]),
            cursor=query.get(CURSOR) or None,
        )

    def _columns(self, chosen: Sequence[str]) -> tuple[Column, ...]:
        """The first column names the row, so it is always there."""
        first, *others = self.columns
        kept = [column for column in others if column.key in chosen]
        return (first, *(kept or [column for column in others if column.is_usual]))


@dataclass(frozen=True)
class ListState:
    """What one address asks of a list: values by filter name, chosen columns, order and page."""

    spec: ListSpec
    query: QueryDict
    values: Mapping[str, Any]
    errors: Mapping[str, str]
    columns: tuple[Column, ...]
    sort: SortOption
    cursor: str | None

    @property
    def fields(self) -> list[FilterField]:
        return [FilterField(one, self.values[one.name], self.errors.get(one.name, "")) for one in self.spec.filters]

    @property
    def is_panel_open(self) -> bool:
        return bool(self.errors) or self.query.get(PANEL) == OPEN

    @property
    def panel_url(self) -> str:
        """This list with its panel of filters open."""
        return self.url(**{PANEL: OPEN})

    @property
    def folded(self) -> list[tuple[str, str]]:
        """What the closed panel would send: the parameters in force that its fields stand for."""
        names = [name for one in self.spec.filters if one.kind != "text" for name in _parameters(one)]
        return [(name, value) for name in (*names, COLUMNS) for value in self.query.getlist(name) if value]

    @property
    def chips(self) -> list[Chip]:
        removals = [removal for one in self.spec.filters for removal in one.removals(self.values[one.name])]
        return [Chip(removal.text, self._without(removal.drops)) for removal in removals]

    @property
    def headings(self) -> list[Heading]:
        direction = "descending" if self.sort.order[0].startswith("-") else "ascending"
        return [
            Heading(
                column,
                sort_url=self.url(**{SORT: column.sort}) if column.sort else "",
                direction=direction if column.sort == self.sort.key else "",
            )
            for column in self.columns
        ]

    @property
    def address(self) -> str:
        """The query string without the page: what a saved filter keeps."""
        return self.url(**{PANEL: None}).removeprefix("?")

    @property
    def clear_url(self) -> str:
        """The same order and columns without any filter."""
        names = [name for one in self.spec.filters for name in _parameters(one)]
        return self._without(tuple((name, None) for name in names))

    def url(self, **changes: str | None) -> str:
        """This address with parameters changed (None takes one away), on the first page."""
        query = self.query.copy()
        for name, value in {CURSOR: None, **changes}.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}"

    def page_url(self, cursor: str | None) -> str:
        """The address of another page; empty when there is none."""
        return self.url(**{CURSOR: cursor}) if cursor else ""

    def export_url(self, file_format: str) -> str:
        """The address of everything this list holds, as a file."""
        return self.url(**{FORMAT: file_format})

    def _without(self, drops: tuple[tuple[str, str | None], ...]) -> str:
        query = self.query.copy()
        query.pop(CURSOR, None)
        for name, value in drops:
            query.setlist(name, [kept for kept in query.getlist(name) if value is not None and kept != value])
        return f"?{query.urlencode()}"


def _parameters(one: Filter) -> tuple[str, ...]:
    return (one.since_name, one.until_name) if isinstance(one, DateRangeFilter) else (one.name,)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
