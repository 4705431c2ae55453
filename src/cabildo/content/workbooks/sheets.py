"""The sheets of a workbook that was read, matched with those of a layout: titles, headings and rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content.kinds import nearest
from cabildo.content.workbooks.layout import Fields, Layout, Table
from cabildo.content.workbooks.places import CellError, Place
from cabildo.kit.text import fold
from cabildo.ui.engine_workbooks import ReadSheet

GUIDE, NOTES = "Léame", "Notas"
FIELD, VALUE, ABOUT = "Campo", "Valor", "Qué se escribe"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that holds something: its cells by heading."""

    number: int
    cells: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of a sheet of the layout, and the letter of each heading."""

    title: str
    rows: list[SheetRow]
    letters: dict[str, str]

    def place(self, row: int | None, heading: str) -> Place:
        return Place(self.title, row, heading, self.letters.get(heading, ""))


def headings_of(sheet: Fields | Table) -> list[str]:
    """The headings a sheet must have."""
    if isinstance(sheet, Fields):
        return [FIELD, VALUE]
    return [*([sheet.parent_heading] if sheet.parent else []), *(column.heading for column in sheet.columns)]


def matched(read: Sequence[ReadSheet], layout: Layout) -> tuple[dict[str, SheetRows], list[CellError]]:
    """The sheets of the layout by title, and what is missing, unknown or repeated in titles and headings."""
    known = {fold(sheet.title): sheet for sheet in layout.sheets}
    errors = [*_strange_sheets(read, known), *_missing_sheets(read, layout)]
    rows: dict[str, SheetRows] = {}
    for sheet in read:
        wanted = known.get(fold(sheet.title))
        if wanted is not None:
            rows[wanted.title], found = matched_sheet(sheet, wanted)
            errors += found
    return rows, errors


def is_free(title: str) -> bool:
    """Sheets that are not read: the guide and those whose name starts with «Notas»."""
    return fold(title) == fold(GUIDE) or fold(title).startswith(fold(NOTES))


def _strange_sheets(read: Iterable[ReadSheet], known: dict[str, Any]) -> Iterable[CellError]:
    for sheet in read:
        if fold(sheet.title) in known or is_free(sheet.title) or not any(sheet.rows):
            continue
        message = _("La hoja «{sheet}» no es de este formato.").format(sheet=sheet.title)
        near = nearest(fold(sheet.title), known)
        otherwise = _("Bórrela, o póngale un nombre que empiece con «Notas» para que no se lea.")
        fix = _("¿Quiso decir «{name}»?").format(name=known[near].title) if near else otherwise
        yield CellError(Place(sheet.title), "sheet_unknown", message, fix)


def _missing_sheets(read: Iterable[ReadSheet], layout: Layout) -> Iterable[CellError]:
    titles = {fold(sheet.title) for sheet in read}
    for sheet in layout.sheets:
        if fold(sheet.title) not in titles:
            message = _("Falta la hoja «{sheet}».").format(sheet=sheet.title)
            fix = _("Agréguela con estas columnas en la primera fila: {headings}. Puede copiarla de la plantilla.")
            fix = fix.format(headings=", ".join(headings_of(sheet)))
            yield CellError(Place(sheet.title), "sheet_missing", message, fix)


def matched_sheet(sheet: ReadSheet, wanted: Fields | Table) -> tuple[SheetRows, list[CellError]]:
    """The rows of one sheet, and what is wrong with its headings or, in a sheet of fields, with their names."""
    headings = headings_of(wanted)
    columns, errors = _columns(sheet, wanted, headings)
    letters = {heading: _letter(index) for index, heading in columns.items()}
    rows = [
        SheetRow(number, cells)
        for number, row in enumerate(sheet.rows[1:], start=2)
        if (cells := {columns[index]: value for index, value in enumerate(row) if index in columns})
        and any(value is not None for value in cells.values())
    ]
    matched_rows = SheetRows(wanted.title, rows, letters)
    if isinstance(wanted, Fields) and not errors:
        errors += _name_fields(matched_rows, wanted)
    return matched_rows, errors


def _columns(sheet: ReadSheet, wanted: Fields | Table, headings: list[str]) -> tuple[dict[int, str], list[CellError]]:
    """Which heading each column has, whatever their order."""
    known = {fold(heading): heading for heading in headings}
    ignored = {fold(ABOUT)} if isinstance(wanted, Fields) else set()
    columns: dict[int, str] = {}
    errors: list[CellError] = []
    first = sheet.rows[0] if sheet.rows else []
    for index in range(max(map(len, sheet.rows), default=0)):
        name = first[index] if index < len(first) else None
        heading = known.get(fold(str(name)))
        if heading is not None and heading not in columns.values():
            columns[index] = heading
        elif name is not None and fold(str(name)) not in ignored:
            errors.append(_strange_heading(wanted, index, str(name), headings, repeated=heading is not None))
        elif name is None:
            errors += _stray(sheet, wanted, index)
    missing = [heading for heading in headings if heading not in columns.values()]
    return columns, errors + [_missing_heading(wanted, heading) for heading in missing]


def _strange_heading(sheet: Fields | Table, index: int, name: str, headings: list[str], *, repeated: bool) -> CellError:
    place = Place(sheet.title, 1, name, _letter(index))
    if repeated:
        message = _("La columna «{heading}» está repetida.").format(heading=name)
        return CellError(place, "column_repeated", message, _("Deje una sola."))
    message = _("La columna «{heading}» no es de esta hoja.").format(heading=name)
    near = nearest(name, headings)
    otherwise = _("Bórrela. Las columnas son: {headings}.").format(headings=", ".join(headings))
    fix = _("¿Quiso decir «{name}»?").format(name=near) if near else otherwise
    return CellError(place, "column_unknown", message, fix)


def _stray(sheet: ReadSheet, wanted: Fields | Table, index: int) -> list[CellError]:
    """What is written below no heading."""
    number = next((n for n, row in enumerate(sheet.rows, start=1) if index < len(row) and row[index] is not None), 1)
    if all(index >= len(row) or row[index] is None for row in sheet.rows):
        return []
    place = Place(wanted.title, number, "", _letter(index))
    fix = _("Bórrelo, o escriba el nombre de la columna en la primera fila.")
    return [CellError(place, "column_unnamed", _("Hay datos en una columna sin nombre."), fix)]


def _missing_heading(sheet: Fields | Table, heading: str) -> CellError:
    message = _("Falta la columna «{heading}».").format(heading=heading)
    fix = _("Escriba «{heading}» en la primera fila, aunque deje sus celdas vacías.").format(heading=heading)
    return CellError(Place(sheet.title, 1, heading), "column_missing", message, fix)


def _name_fields(sheet: SheetRows, wanted: Fields) -> list[CellError]:
    """Give each row of a sheet of fields the name as the layout writes it; what is unknown, repeated or missing."""
    known = {fold(column.heading): column.heading for column in wanted.columns}
    errors: list[CellError] = []
    seen: set[str] = set()
    for row in list(sheet.rows):
        name = known.get(fold(str(row.cells.get(FIELD) or "")))
        if name is None or name in seen:
            errors.append(_strange_field(sheet, row, known.values(), repeated=name is not None))
            continue
        seen.add(name)
        row.cells[FIELD] = name
    return errors + [_missing_field(sheet, column.heading) for column in wanted.columns if column.heading not in seen]


def _strange_field(sheet: SheetRows, row: SheetRow, known: Iterable[str], *, repeated: bool) -> CellError:
    written = str(row.cells.get(FIELD) or "")
    message = _("El campo «{name}» está repetido.") if repeated else _("El campo «{name}» no es de esta hoja.")
    near = nearest(written, known)
    otherwise = _("Los campos son: {known}.").format(known=", ".join(known))
    fix = _("¿Quiso decir «{name}»?").format(name=near) if near else otherwise
    fix = _("Deje uno solo.") if repeated else fix
    code = "field_repeated" if repeated else "field_unknown"
    return CellError(sheet.place(row.number, FIELD), code, message.format(name=written), fix)


def _missing_field(sheet: SheetRows, heading: str) -> CellError:
    message = _("Falta el campo «{name}».").format(name=heading)
    fix = _("Agregue una fila con «{name}» en «Campo» y su valor al lado.").format(name=heading)
    return CellError(Place(sheet.title), "field_missing", message, fix)


def _letter(index: int) -> str:
    more, last = divmod(index, len(LETTERS))
    return (LETTERS[more - 1] if more else "") + LETTERS[last]
