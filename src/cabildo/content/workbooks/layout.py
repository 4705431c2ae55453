"""How the body of a kind of pack is laid out in sheets, and the register that the owners of kinds fill.

A sheet is either `Fields` (one value per row, beside its name) or a `Table` (one item of a list per row). The rows of
a table below another name their parent by its id. Headings are part of the file format: they are not translated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cabildo.content.kinds import Step
from cabildo.content.workbooks.forms import Form

type Keys = tuple[str, ...]
type Body = Mapping[str, Any]
type Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A value: `key` of its block (dotted when nested), heading, form and what to write. `offers` names the table
    whose ids are its drop-down."""

    key: str
    heading: str
    form: Form
    about: str
    required: bool = True
    offers: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """A sheet with the single values of a block of the body."""

    title: str
    about: str
    path: Keys
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a list. A root list is at `path` of the body; below `parent`, `path` is the key in its items.

    `shape`: items are blocks; texts are plain texts, in the one column; entries are a block of key and value.
    """

    title: str
    about: str
    path: Keys
    columns: tuple[Column, ...]
    parent: str = ""
    parent_heading: str = ""
    shape: Literal["items", "texts", "entries"] = "items"


@dataclass(frozen=True, slots=True)
class RowOrder:
    """A list of ids in the order of the rows of a root table, or empty: a yes or no in its field."""

    path: Keys
    table: str


@dataclass(frozen=True)
class Layout:
    """The sheets of one kind, parents before children. `fixes` says, by problem code, what to do in a workbook
    where the words of the checker are about files."""

    kind: str
    sheets: tuple[Fields | Table, ...]
    row_order: RowOrder | None = None
    fixes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tables(self) -> list[Table]:
        return [sheet for sheet in self.sheets if isinstance(sheet, Table)]

    @property
    def blocks(self) -> list[Fields]:
        return [sheet for sheet in self.sheets if isinstance(sheet, Fields)]

    def children(self, table: Table) -> list[Table]:
        return [child for child in self.tables if child.parent == table.title]

    def roots(self) -> list[Table]:
        return [table for table in self.tables if not table.parent]


_layouts: dict[str, Layout] = {}


def register_layout(layout: Layout) -> None:
    """Declare how a kind is laid out in a workbook, from `AppConfig.ready()`. Again replaces the earlier one."""
    _layouts[layout.kind] = layout


def find_layout(kind: str) -> Layout | None:
    return _layouts.get(kind)


def laid_out_kinds() -> list[str]:
    return sorted(_layouts)


def at(body: Any, keys: Iterable[str]) -> Any:
    """What is at the end of the keys, or None."""
    for key in keys:
        body = body.get(key) if isinstance(body, Mapping) else None
    return body


def put(body: dict[str, Any], keys: Keys, value: Any) -> None:
    """Set a value at the end of the keys, making the blocks on the way."""
    for key in keys[:-1]:
        body = body.setdefault(key, {})
    body[keys[-1]] = value


def keys_of(column: Column) -> Keys:
    return tuple(column.key.split("."))
