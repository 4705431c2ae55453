"""Rows out of a list as an Excel workbook. openpyxl is imported here and nowhere above."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet with frozen bold headings. Numbers and dates keep their type; every text is text, never a formula."""
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
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)  # Excel knows no zones
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return _printable(str(value))


def _printable(text: str) -> str:
    """Control characters make a workbook that Excel refuses to open."""
    return "".join(character for character in text if character >= " " or character in "\t\n\r")


def _sheet_name(title: str) -> str:
    return "".join(character for character in title if character not in "[]:*?/\\")[:31] or "Hoja 1"
