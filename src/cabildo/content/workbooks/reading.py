"""The rows of the sheets as a body, and where in the sheets each value of it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content.kinds import find_kind, nearest
from cabildo.content.workbooks.forms import WORD
from cabildo.content.workbooks.layout import Body, Column, Fields, Layout, Path, Table, at, keys_of, put
from cabildo.content.workbooks.places import Cell, CellError, Place, Places
from cabildo.content.workbooks.sheets import FIELD, VALUE, SheetRow, SheetRows
from cabildo.ui.engine_workbooks import Broken, Formula

MANY = 10  # more row numbers than these help nobody


@dataclass(eq=False)
class Item:
    """A row of a table that has been read, with the cell that names its parent and the rows that name it as theirs."""

    place: Place
    value: dict[str, Any]
    cells: dict[str, Cell]
    owner: Cell | None
    children: dict[str, list["Item"]] = field(default_factory=dict)


@dataclass
class Reading:
    """What the sheets say. Not `is_whole` when a row belongs to nothing: other errors may follow from that."""

    body: dict[str, Any] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    errors: list[CellError] = field(default_factory=list)
    is_whole: bool = True
    orphans: dict[tuple[str, str], list[Cell]] = field(default_factory=dict)

    def refuse(self, place: Place, code: str, message: str, fix: str) -> None:
        self.errors.append(CellError(place, code, message, fix))


def read_sheets(sheets: Mapping[str, SheetRows], layout: Layout) -> Reading:
    """The body that the sheets hold; defaults are not filled in and no schema is checked."""
    reading = Reading()
    for block in layout.blocks:
        read_fields(reading, block, sheets[block.title])
    found = _read_tables(reading, layout, sheets)
    for table in layout.roots():
        items = found[table.title]
        _put_order(reading, layout, table, items)
        reading.places.lists[table.path] = (Place(table.title), table)
        items = _as_files(layout, table, items)
        put(reading.body, table.path, _placed(reading, layout, table, table.path, items))
    return reading


def read_fields(reading: Reading, block: Fields, sheet: SheetRows) -> None:
    """The single values of a sheet, into the body."""
    known = {column.heading: column for column in block.columns}
    put(reading.body, block.path, {**(at(reading.body, block.path) or {})})
    reading.places.rows[block.path] = (Place(block.title), block)
    for row in sheet.rows:
        column = known[row.cells[FIELD]]
        cell = Cell(sheet.place(row.number, VALUE), column, row.cells.get(VALUE))
        path = (*block.path, *keys_of(column))
        reading.places.cells[path] = cell
        value = _value(reading, cell)
        if value is not None:
            put(reading.body, path, value)


def _value(reading: Reading, cell: Cell) -> Any:
    """The value of a cell; None when it is blank or cannot be taken, which is then said."""
    raw, column = cell.raw, cell.column
    if isinstance(raw, Formula):
        message = _("La celda tiene una fórmula ({text}) y se esperaba el valor escrito.").format(text=raw.text[:60])
        reading.refuse(cell.place, "formula", message, _("Copie la celda y péguela como valores."))
    elif isinstance(raw, Broken):
        message = _("La celda muestra el error {code}.").format(code=raw.code)
        reading.refuse(cell.place, "cell_error", message, str(column.about))
    elif raw is None and column.required:
        message = _("Falta «{heading}».").format(heading=column.heading)
        reading.refuse(cell.place, "missing", message, str(column.about))
    elif raw is not None:
        return column.form.value(raw)
    return None


def _read_tables(reading: Reading, layout: Layout, sheets: Mapping[str, SheetRows]) -> dict[str, list[Item]]:
    """The items of every table, each hung from its parent; parents come first in a layout."""
    found: dict[str, list[Item]] = {}
    named: dict[str, dict[str, Item]] = {}
    for table in layout.tables:
        owners, known = named.get(table.parent, {}), named.setdefault(table.title, {})
        items = found.setdefault(table.title, [])
        for row in sheets[table.title].rows:
            item = _item(reading, table, sheets[table.title], row)
            if layout.children(table) and not _named(reading, item, known):
                continue
            if item.owner is None or _hang(reading, table, item, item.owner, owners):
                items.append(item)
        _tell_orphans(reading, table, owners)
    return found


def _item(reading: Reading, table: Table, sheet: SheetRows, row: SheetRow) -> Item:
    block: dict[str, Any] = {}
    cells = {}
    for column in table.columns:
        cell = Cell(sheet.place(row.number, column.heading), column, row.cells.get(column.heading))
        cells[column.key] = cell
        value = _value(reading, cell)
        if value is not None:
            put(block, keys_of(column), value)
    return Item(Place(table.title, row.number), block, cells, _owner(table, sheet, row))


def _owner(table: Table, sheet: SheetRows, row: SheetRow) -> Cell | None:
    if not table.parent:
        return None
    heading = table.parent_heading
    about = _("Escriba un identificador de la hoja «{sheet}».").format(sheet=table.parent)
    return Cell(sheet.place(row.number, heading), Column("", heading, WORD, about), row.cells.get(heading))


def _named(reading: Reading, item: Item, known: dict[str, Item]) -> bool:
    """Rows that others name must be told apart before anything is hung from them."""
    name = str(item.value.get("id", ""))
    first = known.setdefault(name, item) if name else item
    if first is item:
        reading.is_whole &= bool(name)
        return bool(name)
    message = _("El identificador «{id}» está repetido; ya aparece en la fila {row}.")
    message = message.format(id=name, row=first.place.row)
    reading.refuse(item.cells["id"].place, "repeated_id", message, _("Dé a cada fila un identificador distinto."))
    reading.is_whole = False
    return False


def _hang(reading: Reading, table: Table, item: Item, cell: Cell, owners: Mapping[str, Item]) -> bool:
    """Put the row among those of its parent; whether there is one."""
    name = _value(reading, cell)
    owner = owners.get(str(name))
    if owner is not None:
        owner.children.setdefault(table.title, []).append(item)
        return True
    reading.is_whole = False
    if name is not None:
        reading.orphans.setdefault((table.title, str(name)), []).append(cell)
    return False


def _tell_orphans(reading: Reading, table: Table, owners: Mapping[str, Item]) -> None:
    """Rows that name a parent that is not there: one error for all that name the same."""
    for (title, name), cells in reading.orphans.items():
        if title != table.title:
            continue
        message = _("La hoja «{sheet}» no tiene el identificador «{id}».").format(sheet=table.parent, id=name)
        if len(cells) > 1:
            message += " " + _("También lo nombran las filas {rows}.").format(rows=_some_rows(cells[1:]))
        near = nearest(name, owners)
        fix = _("¿Quiso decir «{name}»?").format(name=near) if near else cells[0].column.about
        reading.refuse(cells[0].place, "unknown_parent", message, fix)


def _some_rows(cells: list[Cell]) -> str:
    rows = ", ".join(str(cell.place.row) for cell in cells[:MANY])
    return rows if len(cells) <= MANY else f"{rows}…"


def _as_files(layout: Layout, table: Table, items: list[Item]) -> list[Item]:
    """A list that a folder holds as files is in the order of their names, as the validation puts it."""
    kind = find_kind(layout.kind)
    if kind is None or table.path not in {(key,) for key in kind.folders.values()}:
        return items
    return sorted(items, key=lambda item: str(item.value.get("id")))


def _put_order(reading: Reading, layout: Layout, table: Table, items: list[Item]) -> None:
    order = layout.row_order
    if order is None or order.table != table.title:
        return
    follows = at(reading.body, order.path)
    if isinstance(follows, bool):
        put(reading.body, order.path, [item.value["id"] for item in items] if follows else [])


def _placed(reading: Reading, layout: Layout, table: Table, path: Path, items: list[Item]) -> Any:
    """The value of a list, or of a block of entries, with the place of everything in it."""
    if table.shape == "entries":
        return _entries(reading, table, path, items)
    return [_placed_item(reading, layout, table, (*path, index), item) for index, item in enumerate(items)]


def _placed_item(reading: Reading, layout: Layout, table: Table, path: Path, item: Item) -> Any:
    reading.places.rows[path] = (item.place, table)
    if table.shape == "texts":
        only = table.columns[0].key
        reading.places.cells[path] = item.cells[only]
        return item.value.get(only, "")
    for column in table.columns:
        reading.places.cells[*path, *keys_of(column)] = item.cells[column.key]
    for child in layout.children(table):
        below = (*path, *child.path)
        reading.places.lists[below] = (item.place, child)
        put(item.value, child.path, _placed(reading, layout, child, below, item.children.get(child.title, [])))
    return item.value


def _entries(reading: Reading, table: Table, path: Path, items: list[Item]) -> Body:
    name, value = (column.key for column in table.columns)
    block: dict[str, Any] = {}
    for item in items:
        key = str(item.value.get(name, ""))
        if key in block:
            message = _("«{name}» está repetido.").format(name=key)
            reading.refuse(item.cells[name].place, "repeated_id", message, _("Deje una sola fila."))
        reading.places.cells[*path, key], reading.places.names[*path, key] = item.cells[value], item.cells[name]
        if name in item.value:
            block[key] = item.value.get(value)
    return block
