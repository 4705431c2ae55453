"""A body as the rows of its sheets."""

from collections.abc import Iterator, Sequence
from typing import Any

from cabildo.content.workbooks.layout import Body, Fields, Layout, Table, at, keys_of

type Rows = list[list[Any]]
FIELD_HEADINGS = ("Campo", "Valor", "Qué se escribe")


def filled(body: Body, layout: Layout) -> dict[str, Rows]:
    """The rows of every sheet of the layout by its title, as the forms write them; headings are not included."""
    rows: dict[str, Rows] = {}
    for sheet in layout.sheets:
        if isinstance(sheet, Fields):
            rows[sheet.title] = _field_rows(body, sheet, layout)
    for table in layout.roots():
        items = in_reading_order(at(body, table.path) or [], body, table, layout)
        _fill(rows, table, layout, [(None, item) for item in items])
    return rows


def _field_rows(body: Body, sheet: Fields, layout: Layout) -> Rows:
    block = at(body, sheet.path)
    rows = []
    for column in sheet.columns:
        value = at(block, keys_of(column))
        if layout.row_order and (*sheet.path, *keys_of(column)) == layout.row_order.path:
            value = bool(value)
        rows.append([column.heading, column.form.cell(value), column.about])
    return rows


def in_reading_order(items: Sequence[Any], body: Body, table: Table, layout: Layout) -> Sequence[Any]:
    """The items of the table that carries the order of the pack, in that order; those of any other as they are."""
    order = layout.row_order
    if order is None or order.table != table.title:
        return items
    place = {name: index for index, name in enumerate(at(body, order.path) or [])}
    return sorted(items, key=lambda item: place.get(item.get("id"), len(place)))


def _fill(rows: dict[str, Rows], table: Table, layout: Layout, owned: list[tuple[Any, Any]]) -> None:
    """Rows of a table from (id of the parent, item), and then of the tables below it."""
    first = [[owner] for owner, _item in owned] if table.parent else [[] for _each in owned]
    rows[table.title] = [[*start, *_cells(table, item)] for start, (_owner, item) in zip(first, owned, strict=True)]
    for child in layout.children(table):
        below = [(item.get("id"), inner) for _owner, item in owned for inner in _inner(item, child)]
        _fill(rows, child, layout, below)


def _inner(item: Any, child: Table) -> Iterator[Any]:
    held = at(item, child.path) or []
    yield from held.items() if isinstance(held, dict) else held


def _cells(table: Table, item: Any) -> list[Any]:
    if table.shape == "texts":
        return [table.columns[0].form.cell(item)]
    if table.shape == "entries":
        return [column.form.cell(value) for column, value in zip(table.columns, item, strict=True)]
    return [column.form.cell(at(item, keys_of(column))) for column in table.columns]
