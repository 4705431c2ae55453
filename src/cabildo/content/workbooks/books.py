"""Packs as workbooks, out and in: the body of a pack as sheets that people fill in with Excel, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content.assembly import HEADER_KEY
from cabildo.content.errors import ContentError, PackError, where_in_words
from cabildo.content.kinds import Problem, nearest
from cabildo.content.queries import kind_named
from cabildo.content.validation import validate
from cabildo.content.workbooks.drawing import drawn
from cabildo.content.workbooks.filling import Rows, filled
from cabildo.content.workbooks.header import PACK
from cabildo.content.workbooks.layout import Body, Layout, find_layout, laid_out_kinds, put
from cabildo.content.workbooks.locating import located
from cabildo.content.workbooks.places import CellError, Place
from cabildo.content.workbooks.reading import Reading, read_fields, read_sheets
from cabildo.content.workbooks.sheets import SheetRows, headings_of, matched, matched_sheet
from cabildo.kit.text import fold
from cabildo.ui.engine_workbooks import (
    MAX_CELL_CHARACTERS,
    MAX_ROWS,
    ReadSheet,
    UnreadableBookError,
    book,
    fits,
    read_book,
)

ABOUT_FORM = {"type", "unknown_key", "kind_unknown"}


@dataclass(frozen=True, slots=True)
class ReadBook:
    """What a workbook says: the completed body of a pack, or everything wrong in it."""

    body: dict[str, Any]
    errors: tuple[CellError, ...]


def read(content: bytes) -> ReadBook:
    """The pack in a workbook, checked as the files of a folder are. Raises ContentError when it is no such workbook."""
    sheets = _opened(content)
    layout, errors = _layout_of(sheets)
    if layout is None:
        return ReadBook({}, tuple(errors))
    rows, errors = matched(sheets, layout)
    if errors:
        return ReadBook({}, tuple(errors))
    reading = read_sheets(rows, layout)
    whole, problems = validate(reading.body)
    errors = [*reading.errors, *(located(each, reading.places, layout) for each in _telling(problems, reading))]
    return ReadBook({} if errors else whole, tuple(sorted(errors, key=_in_sheets(layout))))


def _telling(problems: list[Problem], reading: Reading) -> list[Problem]:
    """Beside what the sheets themselves get wrong, only what cannot follow from it: cells, and lists left short."""
    if not reading.errors:
        return problems
    told = {error.place for error in reading.errors}
    cells, lists = reading.places.cells, reading.places.lists if reading.is_whole else {}
    return [
        each for each in problems if each.path in lists or (each.path in cells and cells[each.path].place not in told)
    ]


def _in_sheets(layout: Layout) -> Any:
    order = {sheet.title: index for index, sheet in enumerate(layout.sheets)}
    return lambda error: (order.get(error.place.sheet, -1), error.place.row or 0, error.place.letter)


def _opened(content: bytes) -> list[ReadSheet]:
    try:
        return read_book(content)
    except UnreadableBookError as error:
        raise ContentError(f"workbook_{error.code}", **error.facts) from error


def _layout_of(sheets: Sequence[ReadSheet]) -> tuple[Layout | None, list[CellError]]:
    """The layout of the kind that the sheet of the header names."""
    sheet = next((each for each in sheets if fold(each.title) == fold(PACK.title)), None)
    if sheet is None:
        message = _("Falta la hoja «{sheet}», que dice de qué paquete se trata.").format(sheet=PACK.title)
        fix = _("Parta de una plantilla o de un libro exportado.")
        return None, [CellError(Place(PACK.title), "sheet_missing", message, fix)]
    rows, errors = matched_sheet(sheet, PACK)
    if errors:
        return None, errors
    reading = Reading()
    read_fields(reading, PACK, rows)
    cell = reading.places.cells[HEADER_KEY, "kind"]
    kind = cell.raw if isinstance(cell.raw, str) else ""
    layout = find_layout(kind)
    if layout is not None:
        return layout, []
    message = _("No existe el tipo de paquete «{kind}».").format(kind=kind)
    near = nearest(kind, laid_out_kinds())
    fix = _("¿Quiso decir «{name}»?") if near else _("Use uno de estos: {known}.")
    fix = fix.format(name=near, known=", ".join(laid_out_kinds()))
    return None, [CellError(cell.place, "kind_unknown", message, fix)]


def layout_named(kind: str) -> Layout:
    """The layout of a kind. Raises ContentError kind_unknown, workbook_not_laid_out."""
    kind_named(kind)
    layout = find_layout(kind)
    if layout is None:
        raise ContentError("workbook_not_laid_out", kind=kind, known=", ".join(laid_out_kinds()))
    return layout


def write(body: Body) -> bytes:
    """The body of a pack, of a version, a draft or a folder, as a workbook; it may still be wrong, but not be lost.

    Raises ContentError: kind_unknown, workbook_not_laid_out, workbook_lossy, workbook_cell_too_long,
    workbook_too_many_rows.
    """
    whole, problems = validate(body)
    header = whole.get(HEADER_KEY)
    layout = layout_named(str(header.get("kind")) if isinstance(header, dict) else "")
    misshapen = [problem for problem in problems if problem.code in ABOUT_FORM]
    if misshapen:
        raise _lossy(misshapen, [])
    rows = filled(whole, layout)
    _refuse_big(rows)
    reading = read_sheets(_as_read(layout, rows), layout)
    if validate(reading.body)[0] != whole:
        raise _lossy(problems, reading.errors)
    return book(drawn(layout, rows))


def template(kind: str) -> bytes:
    """A workbook of a kind with nothing but its first fields. Raises ContentError as `layout_named`."""
    layout = layout_named(kind)
    header = {"id": f"{kind}/", "kind": kind, "version": 1, "locale": "es-CL", "official": False}
    body: dict[str, Any] = {HEADER_KEY: header}
    if layout.row_order:
        put(body, layout.row_order.path, [layout.row_order.table])  # any order: who fills it in orders the rows
    return book(drawn(layout, filled(body, layout)))


def _lossy(problems: Sequence[Problem], errors: Sequence[CellError]) -> ContentError:
    told = [PackError("", None, where_in_words(p.path), p.code, p.message, p.fix) for p in problems]
    told += [PackError("", None, str(error.place), error.code, error.message, error.fix) for error in errors]
    return ContentError("workbook_lossy", errors=tuple(told))


def _refuse_big(rows: Mapping[str, Rows]) -> None:
    for title, lines in rows.items():
        if len(lines) > MAX_ROWS:
            raise ContentError("workbook_too_many_rows", sheet=title, limit=MAX_ROWS)
        for number, line in enumerate(lines, start=2):
            if any(isinstance(value, str) and not fits(value) for value in line):
                raise ContentError("workbook_cell_too_long", sheet=title, row=number, limit=MAX_CELL_CHARACTERS)


def _as_read(layout: Layout, rows: Mapping[str, Rows]) -> dict[str, SheetRows]:
    """The rows as they come back from the file, to see that nothing is lost."""
    return {
        sheet.title: matched_sheet(
            ReadSheet(sheet.title, [[*headings_of(sheet)], *_blanks(rows[sheet.title], len(headings_of(sheet)))]), sheet
        )[0]
        for sheet in layout.sheets
    }


def _blanks(rows: Rows, width: int) -> Rows:
    return [[None if value == "" else value for value in row[:width]] for row in rows]
