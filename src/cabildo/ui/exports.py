"""Rows out of a list as CSV. The XLSX twin is `engine_xlsx`, where the library is heavy."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

BOM = "\ufeff"  # without it Excel reads UTF-8 as Latin-1
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, separator: str = ";") -> Iterator[str]:
    """A CSV file, line by line, for a streaming answer.

    UTF-8 with byte order mark. `separator` is ";" (what Excel in Chile opens, decimals with comma)
    or "," (what programs expect, decimals with point). No text can start a formula in a spreadsheet.
    """
    if separator not in {";", ","}:
        raise ValueError("separator must be ; or ,")
    decimal_mark = "," if separator == ";" else "."
    yield BOM + _line([guarded(str(heading)) for heading in headings], separator)
    for row in rows:
        yield _line([_cell(value, decimal_mark) for value in row], separator)


def guarded(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _cell(value: Any, decimal_mark: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, int | float | Decimal):
        return str(value).replace(".", decimal_mark)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return guarded(str(value))


def _line(cells: Sequence[str], separator: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerow(cells)
    return buffer.getvalue()
