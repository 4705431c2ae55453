"""Rows out of a list as an Excel workbook, and out of a workbook as rows. openpyxl: here and in engine_workbooks."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from cabildo.ui.cells import format_of, kept


class NotAWorkbookError(Exception):
    """It is damaged, protected with a password, or something else altogether."""


class SheetMissingError(Exception):
    """The workbook has no sheet of that name; `known` are those it has."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(", ".join(known))
        self.known = tuple(known)


def rows(
    stream: BinaryIO, sheet: str = "", *, most_rows: int | None = None, most_columns: int | None = None
) -> Iterator[list[str]]:
    """Every row of the sheet, of the first one when it is not named, its cells as text and as many as its headings.

    Raises NotAWorkbookError, SheetMissingError.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(stream, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise NotAWorkbookError from error
    try:
        if sheet and sheet not in book.sheetnames:
            raise SheetMissingError(book.sheetnames)
        found = book[sheet or book.sheetnames[0]].iter_rows(max_row=most_rows, max_col=most_columns, values_only=True)
        width = 0
        for row in found:
            cells = [_text(value) for value in row]
            width = width or len(cells)
            yield cells + [""] * (width - len(cells))  # cells never written are not in the file
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):  # a workbook keeps a day as its midnight
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet with frozen bold headings. Numbers, also in words, and dates are kept; no text is a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"

    def cell(value: Any, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=_value(value))
        if isinstance(made.value, str):
            made.data_type = "s"  # openpyxl takes a leading "=" for a formula
        if shape := format_of(value):
            made.number_format = shape
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(str(heading), bold=True) for heading in headings])
    for row in rows:
        sheet.append([cell(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _value(value: Any) -> Any:
    value = kept(value)
    if isinstance(value, bool):
        return "sí" if value else "no"
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return _printable(str(value))


def _printable(text: str) -> str:
    """Control characters make a workbook that Excel refuses to open."""
    return "".join(character for character in text if character >= " " or character in "\t\n\r")


def _sheet_name(title: str) -> str:
    return "".join(character for character in title if character not in "[]:*?/\\")[:31] or "Hoja 1"
