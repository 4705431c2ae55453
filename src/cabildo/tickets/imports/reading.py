"""How is a spreadsheet read, row by row, whatever its encoding, separator or format?"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from cabildo.tickets.imports.errors import UnreadableFileError
from cabildo.tickets.imports.rows import SourceRow
from cabildo.ui import engine_xlsx

AUTO = "auto"
DELIMITERS = (",", ";", "\t", "|")
CHUNK = 1024 * 1024
SAMPLED_ROWS = 20
XLSX_START = b"PK\x03\x04"
# what programs on Windows call Latin-1; the bytes it leaves undefined are read as Latin-1 proper
LATIN = ("cp1252", "latin-1")


@dataclass(frozen=True)
class Form:
    """How the file is written; "auto" is found out."""

    encoding: str = AUTO
    delimiter: str = AUTO
    sheet: str = ""


@dataclass(frozen=True)
class Table:
    """The headings and, read once and as they come, the rows."""

    headings: tuple[str, ...]
    rows: Iterator[SourceRow]


def open_table(stream: BinaryIO, form: Form | None = None) -> Table:
    """The table of a CSV or XLSX file, from its start. Raises `UnreadableFileError`; a bad row is only marked."""
    form = form or Form()
    stream.seek(0)
    start = stream.read(4)
    stream.seek(0)
    if not start:
        raise UnreadableFileError("empty")
    lines = _xlsx_lines(stream, form) if start == XLSX_START else _csv_lines(stream, form)
    headings = _headings(lines)
    return Table(headings, _rows(lines, headings))


def count_rows(stream: BinaryIO, form: Form | None = None) -> int:
    """How many rows follow the headings."""
    return sum(1 for _row in open_table(stream, form).rows)


def _xlsx_lines(stream: BinaryIO, form: Form) -> Iterator[list[str]]:
    try:
        yield from engine_xlsx.rows(stream, form.sheet)
    except engine_xlsx.NotAWorkbookError as error:
        raise UnreadableFileError("not_a_workbook") from error
    except engine_xlsx.SheetMissingError as error:
        raise UnreadableFileError("sheet_missing", sheet=form.sheet, known=", ".join(error.known)) from error


def _csv_lines(stream: BinaryIO, form: Form) -> Iterator[list[str] | None]:
    """The records; None for one that the CSV reader cannot split."""
    text = io.TextIOWrapper(stream, encoding=_encoding(stream, form.encoding), newline="")
    try:
        delimiter = _delimiter(text) if form.delimiter == AUTO else form.delimiter
        text.seek(0)
        yield from _records(text, delimiter)
    finally:
        with suppress(ValueError):  # the owner of the stream, who closes it, may have done so already
            text.detach()


def _records(text: io.TextIOWrapper, delimiter: str) -> Iterator[list[str] | None]:
    reader = csv.reader(text, delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _encoding(stream: BinaryIO, asked: str) -> str:
    """UTF-8 when every byte is; else Windows Latin-1, where every byte means something."""
    if asked == "latin-1":
        return _latin(stream)
    if _decodes(stream, "utf-8"):
        return "utf-8-sig"
    if asked == "utf-8":
        raise UnreadableFileError("encoding", encoding="UTF-8")
    return _latin(stream)


def _latin(stream: BinaryIO) -> str:
    return next(encoding for encoding in LATIN if _decodes(stream, encoding))


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    try:
        while chunk := stream.read(CHUNK):
            if "\0" in decoder.decode(chunk):
                raise UnreadableFileError("not_text")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        stream.seek(0)
    return True


def _delimiter(text: io.TextIOWrapper) -> str:
    """The separator under which the headings have most columns and the first rows as many."""
    sample = list(islice(text, SAMPLED_ROWS * 2))

    def quality(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in islice(csv.reader(sample, delimiter=delimiter), SAMPLED_ROWS)]
        except csv.Error:
            return (0, 0)
        return (widths.count(widths[0]) if widths and widths[0] > 1 else 0, widths[0] if widths else 0)

    return max(DELIMITERS, key=quality)


def _headings(lines: Iterator[list[str] | None]) -> tuple[str, ...]:
    first = next(lines, None) or []
    headings = tuple(heading.strip() for heading in first)
    while headings and not headings[-1]:
        headings = headings[:-1]
    if not any(headings):
        raise UnreadableFileError("no_headings")
    repeated = next((one for one in headings if one and headings.count(one) > 1), None)
    if repeated:
        raise UnreadableFileError("repeated_headings", heading=repeated)
    return headings


def _rows(lines: Iterator[list[str] | None], headings: Sequence[str]) -> Iterator[SourceRow]:
    """Rows numbered as a spreadsheet numbers them; blank ones are passed over."""
    for number, cells in enumerate(lines, start=2):
        if cells is None:
            yield SourceRow(number, {}, "unreadable")
        elif any(cell.strip() for cell in cells):
            yield _row(number, cells, headings)


def _row(number: int, cells: list[str], headings: Sequence[str]) -> SourceRow:
    """Empty cells past the last heading are no fault; anything else that does not fit them is."""
    expected = len(headings)
    while len(cells) > expected and not cells[-1].strip():
        cells.pop()
    if len(cells) != expected:
        fault = "open_quote" if any("\n" in cell for cell in cells) else "columns"
        return SourceRow(number, {}, fault, found=len(cells), expected=expected)
    return SourceRow(number, dict(zip(headings, cells, strict=True)))
