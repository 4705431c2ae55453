"""Rows of a spreadsheet that a person uploads to set the municipality up."""

import csv
import io
from collections.abc import Iterable

from cabildo.kit.text import fold
from cabildo.ui import engine_xlsx

MAX_ROWS = 2000
MAX_COLUMNS = 40
MAX_BYTES = 5 * 1024 * 1024


class UnreadableError(Exception):
    """The file cannot be read as a table; `code` says why: empty, not_a_table, too_many_rows."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """(row number as the program shows it, {folded heading: text}) of the first sheet, empty rows left out."""
    lines = list(_xlsx(content) if content.startswith(b"PK") else _csv(content))
    filled = [(number, cells) for number, cells in enumerate(lines, start=1) if any(cells)]
    if len(filled) < 2:
        raise UnreadableError("empty")
    if len(filled) > MAX_ROWS + 1:
        raise UnreadableError("too_many_rows")
    headings = [fold(cell).replace(" ", "_") for cell in filled[0][1]]
    return [(number, _named(headings, cells)) for number, cells in filled[1:]]


def _named(headings: list[str], cells: list[str]) -> dict[str, str]:
    return {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading}


def _xlsx(content: bytes) -> Iterable[list[str]]:
    try:
        lines = list(engine_xlsx.rows(io.BytesIO(content), most_rows=MAX_ROWS + 50, most_columns=MAX_COLUMNS))
    except engine_xlsx.NotAWorkbookError as error:
        raise UnreadableError("not_a_table") from error
    return [[cell.strip() for cell in line] for line in lines]


def _csv(content: bytes) -> Iterable[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise UnreadableError("not_a_table")
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]


def _decoded(content: bytes) -> str:
    """UTF-8, else what Excel in Chile writes."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
