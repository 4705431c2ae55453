"""Workbooks of several sheets that people fill in with Excel, out and in: the other home of openpyxl."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Literal

from cabildo.ui.cells import format_of, kept

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 150 * 1024 * 1024
MAX_SHEETS = 60
MAX_ROWS = 5000
MAX_COLUMNS = 200
MAX_CELL_CHARACTERS = 32767
LAST_ROW_OF_EXCEL = 1_048_576
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"  # .xls, and .xlsx with a password
MACROS = "vbaproject.bin"
NEEDS_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4})|\A\s+|\s+\Z")
ESCAPED = re.compile(r"_x(?!0000)([0-9A-Fa-f]{4})_")
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,  # xml's ParseError
    OSError,
    EOFError,
    RuntimeError,  # an encrypted member; also NotImplementedError
    ArithmeticError,
)
FONT = "Calibri"
DARK, MEDIUM, LINE = "1F3A5F", "5B7391", "D5DCE5"
TONES = {"name": DARK, "hint": "5A6572"}


class UnreadableBookError(Exception):
    """`code`: too_large, old_or_locked, not_a_book, open_document, macros, too_many_sheets, too_many_rows, damaged.

    `facts` name the sheet and the limit where they matter.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula; its value was never trusted."""

    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell where the program shows an error, such as #N/A."""

    code: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as Excel shows it. `values` or `source` (a formula of a range) make a drop-down; `whole`,
    the least and the most of a number."""

    text: str
    width: int
    prompt: str = ""
    values: tuple[str, ...] = ()
    source: str = ""
    whole: tuple[int, int] | None = None
    is_text: bool = False
    is_required: bool = False
    tone: Literal["", "name", "hint"] = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headings and rows; `intro` is written above the headings, and the first `frozen` columns stay in sight.

    In a sheet of fields, `fields` rule the second cell of each row instead of the heading of that column.
    """

    title: str
    headings: tuple[Heading, ...]
    rows: Sequence[Sequence[Any]]
    intro: tuple[str, ...] = ()
    frozen: int = 0
    fields: tuple[Heading, ...] = ()

    def ruling(self, row: int, column: int) -> Heading:
        return self.fields[row] if self.fields and column == 1 else self.headings[column]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The rows of a sheet, the first one included: each cell is a text, a number, a bool, None, Formula or Broken."""

    title: str
    rows: list[list[Any]]


def read_book(content: bytes) -> list[ReadSheet]:
    """Every sheet of a workbook, within the limits above. Raises UnreadableBookError."""
    _refuse_other_files(content)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts that openpyxl does not keep are none of ours
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            if len(book.worksheets) > MAX_SHEETS:
                raise UnreadableBookError("too_many_sheets", limit=MAX_SHEETS)
            return [ReadSheet(sheet.title, list(_rows(sheet))) for sheet in book.worksheets]
    except (InvalidFileException, *DAMAGE) as error:
        raise UnreadableBookError("damaged") from error


def _refuse_other_files(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise UnreadableBookError("too_large", limit=MAX_BYTES // 1024 // 1024)
    if content.startswith(OLD_OR_LOCKED):
        raise UnreadableBookError("old_or_locked")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            listed = parts.infolist()
    except DAMAGE as error:
        raise UnreadableBookError("not_a_book") from error
    names = {part.filename.lower() for part in listed}
    if sum(part.file_size for part in listed) > MAX_UNPACKED_BYTES:
        raise UnreadableBookError("too_large", limit=MAX_BYTES // 1024 // 1024)
    if any(name.endswith(MACROS) for name in names):
        raise UnreadableBookError("macros")
    if "xl/workbook.xml" not in names:
        raise UnreadableBookError("open_document" if "content.xml" in names else "not_a_book")


def _rows(sheet: Any) -> Iterator[list[Any]]:
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    reached, filler = 0, None
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > LAST_ROW_OF_EXCEL:
            raise UnreadableBookError("damaged")
        cells = [] if row is filler else _cells(row)
        if not cells:
            filler = row  # the same for every row that the file leaves out: millions may be
            continue
        if number > MAX_ROWS + 1:
            raise UnreadableBookError("too_many_rows", sheet=sheet.title, limit=MAX_ROWS)
        yield from ([] for _ in range(number - reached - 1))  # so that a row keeps its number
        reached = number
        yield cells


def _cells(row: Sequence[Any]) -> list[Any]:
    """The values of a row up to the last that is not blank."""
    cells = [_value(cell) for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _value(cell: Any) -> Any:
    if cell.data_type == "f":
        return Formula(str(getattr(cell.value, "text", cell.value)))
    if cell.data_type == "e":
        return Broken(str(cell.value))
    if isinstance(cell.value, str):
        return ESCAPED.sub(_character, cell.value.strip()) or None
    if cell.value is None or isinstance(cell.value, bool | int | float):
        return cell.value
    if isinstance(cell.value, datetime) and cell.value.time() == time():
        return cell.value.date().isoformat()  # a workbook keeps a day as its midnight
    return str(cell.value)


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def escaped(text: str) -> str:
    """As the format writes what XML cannot hold, or what a cell would lose: `_x000D_`. Blanks at the edges too."""
    return NEEDS_ESCAPE.sub(lambda found: "".join(f"_x{ord(each):04X}_" for each in found[0]), text)


def fits(text: str) -> bool:
    """Whether a cell can hold it."""
    return len(escaped(text)) <= MAX_CELL_CHARACTERS


def book(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a workbook, with frozen headings, drop-downs and a hint on every cell. No text is a formula."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for sheet in sheets:
        _write(made.create_sheet(sheet.title), sheet)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _write(page: Any, sheet: Sheet) -> None:
    top = len(sheet.intro) + 1
    _write_intro(page, sheet)
    for index, heading in enumerate(sheet.headings):
        _write_heading(page, page.cell(top, index + 1), heading)
        if not sheet.fields:
            _add_rule(page, heading, index + 1, top + 1, top + MAX_ROWS)
    for index, heading in enumerate(sheet.fields, start=top + 1):
        _add_rule(page, heading, 2, index, index)
    for number, row in enumerate(sheet.rows):
        for index, value in enumerate(row):
            _write_cell(page.cell(top + 1 + number, index + 1), sheet.ruling(number, index), value)
    page.freeze_panes = page.cell(top + 1, sheet.frozen + 1)
    _set_paper(page, top)


def _write_intro(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font

    for number, line in enumerate(sheet.intro, start=1):
        cell = page.cell(number, 1, line)
        cell.font = Font(
            name=FONT, bold=number == 1, size=15 if number == 1 else 11, color=DARK if number == 1 else "000000"
        )
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(sheet.headings))
        width = sum(heading.width for heading in sheet.headings)
        page.row_dimensions[number].height = 26 if number == 1 else 17 * (1 + len(line) // width)


def _write_heading(page: Any, cell: Any, heading: Heading) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.value = heading.text
    cell.font = Font(name=FONT, size=11, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=DARK if heading.is_required else MEDIUM)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    column = page.column_dimensions[cell.column_letter]  # so that rows to come look like those written
    column.width = heading.width
    column.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    if heading.is_text:
        column.number_format = "@"


def _write_cell(cell: Any, heading: Heading, value: Any) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    if heading.tone:
        cell.font = Font(
            name=FONT, size=11, bold=heading.tone == "name", italic=heading.tone == "hint", color=TONES[heading.tone]
        )
    cell.border = Border(bottom=Side(style="thin", color=LINE))
    if heading.is_text:
        cell.number_format = "@"
    exact, shape = kept(value), format_of(value)
    if not isinstance(exact, str):
        cell.value = exact
        if shape:
            cell.number_format = shape  # after the value, which brings one of its own
        return
    cell.value = escaped(value)
    cell.data_type = "s"  # openpyxl takes a leading "=" for a formula
    cell.quotePrefix = value.startswith(("=", "+", "-", "@"))


def _add_rule(page: Any, heading: Heading, column: int, first: int, last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if not (heading.prompt or heading.values or heading.source or heading.whole):
        return
    letter = get_column_letter(column)
    rule = DataValidation(**_rule(heading), allow_blank=True, errorTitle=heading.text[:32])
    if heading.prompt:
        rule.promptTitle, rule.prompt, rule.showInputMessage = heading.text[:32], cut(heading.prompt), True
    rule.add(f"{letter}{first}:{letter}{last}")
    page.add_data_validation(rule)


def _rule(heading: Heading) -> dict[str, Any]:
    refusal = {"showErrorMessage": True, "error": cut(heading.prompt)}
    if heading.values:
        return {"type": "list", "formula1": f'"{",".join(heading.values)}"', **refusal}
    if heading.source:
        return {"type": "list", "formula1": heading.source, **refusal}
    if heading.whole:
        least, most = heading.whole
        return {"type": "whole", "operator": "between", "formula1": str(least), "formula2": str(most), **refusal}
    return {}


def cut(text: str) -> str:
    """What Excel admits as a hint: 255 characters."""
    return text if len(text) <= 255 else f"{text[:252]}..."


def _set_paper(page: Any, top: int) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{top}:{top}"
