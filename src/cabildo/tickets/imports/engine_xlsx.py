"""The rows of an Excel workbook. openpyxl is imported here alone."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from cabildo.tickets.imports.errors import UnreadableFileError


def rows(stream: BinaryIO, sheet: str) -> Iterator[list[str]]:
    """Every row of the sheet, the first one of the book when `sheet` is empty, its cells as text."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(stream, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableFileError("not_a_workbook") from error
    try:
        if sheet and sheet not in book.sheetnames:
            raise UnreadableFileError("sheet_missing", sheet=sheet, known=", ".join(book.sheetnames))
        width = 0
        for row in book[sheet or book.sheetnames[0]].iter_rows(values_only=True):
            cells = [_text(value) for value in row]
            width = width or len(cells)
            yield cells + [""] * (width - len(cells))  # cells never written are not in the file
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
