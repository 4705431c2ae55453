"""Spreadsheets as they come: encodings, separators, quotes, workbooks."""

import io

import pytest

from cabildo.tickets.imports.errors import UnreadableFileError
from cabildo.tickets.imports.reading import Form, count_rows, open_table
from cabildo.ui.engine_xlsx import workbook


def rows_of(content: bytes, form: Form | None = None) -> list:
    return list(open_table(io.BytesIO(content), form).rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_the_encoding_is_recognised(encoding: str) -> None:
    table = open_table(io.BytesIO("Dirección;Año\nÑuñoa;2018\n".encode(encoding)))

    assert table.headings == ("Dirección", "Año")
    assert next(table.rows).cells == {"Dirección": "Ñuñoa", "Año": "2018"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_recognised_though_texts_hold_others(delimiter: str) -> None:
    lines = [["Id", "Texto", "Lugar"], ["1", '"a, b; c"', "x"], ["2", '"d, e"', "y"]]

    [first, _second] = rows_of("\n".join(delimiter.join(line) for line in lines).encode())

    assert first.cells == {"Id": "1", "Texto": "a, b; c", "Lugar": "x"}


def test_rows_are_numbered_as_a_spreadsheet_does_and_blank_ones_passed_over() -> None:
    assert [row.number for row in rows_of(b'Id,T\n1,"a\nb"\n,\n3,c\n')] == [2, 4]


@pytest.mark.parametrize(
    ("line", "fault", "found"),
    [(b"1,2", "columns", 2), (b"1,2,3,4", "columns", 4), (b'1,"2\n3,4', "open_quote", 2)],
)
def test_a_row_that_does_not_fit_the_headings_is_marked(line, fault, found) -> None:
    [row] = rows_of(b"A,B,C\n" + line + b"\n")

    assert (row.fault, row.found, row.expected) == (fault, found, 3)


def test_empty_cells_past_the_last_heading_are_no_fault() -> None:
    [row] = rows_of(b"A,B,,\n1,2,,\n")

    assert (row.fault, row.cells) == ("", {"A": "1", "B": "2"})


def test_a_cell_too_big_for_the_reader_costs_its_row_alone() -> None:
    huge = b"x" * 200_000

    assert [row.fault for row in rows_of(b"A,B\n1," + huge + b"\n2,b\n")] == ["unreadable", ""]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n1,2\n", "no_headings"),
        (b"A,A\n1,2\n", "repeated_headings"),
        (b"A,B\n\0,2\n", "not_text"),
        (b"PK\x03\x04roto", "not_a_workbook"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        rows_of(content)

    assert refusal.value.code == code
    assert refusal.value.sentence


def test_an_encoding_that_was_asked_for_is_held_to() -> None:
    with pytest.raises(UnreadableFileError):
        rows_of("Año\n1\n".encode("latin-1"), Form(encoding="utf-8"))


def test_a_workbook_is_read_with_its_dates_and_short_rows() -> None:
    from datetime import datetime

    book = workbook("Hoja", ["Id", "Fecha", "Nota"], [[1.0, datetime(2018, 4, 12, 11, 11), ""], [2, "x", None]])  # noqa: DTZ001

    first, second = rows_of(book)

    assert first.cells == {"Id": "1", "Fecha": "2018-04-12 11:11:00", "Nota": ""}
    assert (second.cells["Id"], second.number) == ("2", 3)


def test_a_sheet_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        rows_of(workbook("Hoja", ["Id"], [[1]]), Form(sheet="Otra"))

    assert "Hoja" in refusal.value.sentence


def test_rows_are_counted_without_the_headings() -> None:
    assert count_rows(io.BytesIO(b"A,B\n1,2\n3,4\n")) == 2
