"""Workbooks as they come from anywhere: other files, bombs and broken ones are refused, never run."""

import io
import random
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cabildo.ui import engine_workbooks
from cabildo.ui.engine_workbooks import ESCAPED, Formula, Heading, Sheet, UnreadableBookError, book, escaped, read_book

SHEET = Sheet(
    "Hoja", (Heading("Texto", 20, is_text=True), Heading("Número", 10, whole=(0, 9))), [["=1+1", 3], ["", None]]
)


def code_of(content: bytes) -> str:
    with pytest.raises(UnreadableBookError) as refused:
        read_book(content)
    return refused.value.code


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """A workbook with parts added or replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in set(old.namelist()) - set(parts):
            new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return buffer.getvalue()


def test_rows_keep_their_numbers_and_texts_stay_texts() -> None:
    (sheet,) = read_book(book([SHEET]))

    assert (sheet.title, sheet.rows) == ("Hoja", [["Texto", "Número"], ["=1+1", 3]])


def test_blank_rows_between_are_kept_and_formulas_are_told_apart() -> None:
    made = Workbook()
    made.active["A1"], made.active["B4"] = "x", "=A1"
    buffer = io.BytesIO()
    made.save(buffer)

    assert read_book(buffer.getvalue())[0].rows == [["x"], [], [], [None, Formula("=A1")]]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_what_a_cell_would_lose_is_written_so_that_it_comes_back(text) -> None:
    assert ESCAPED.sub(lambda found: chr(int(found[1], 16)), escaped(text).strip()) == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_book"),
        (b"Hoja;Columna\n1;2\n", "not_a_book"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_or_locked"),
        (b"PK\x03\x04 nada", "not_a_book"),
        (b"x" * (engine_workbooks.MAX_BYTES + 1), "too_large"),
    ],
    ids=["empty", "csv", "xls", "no zip", "big"],
)
def test_a_file_that_is_no_workbook_is_refused(content, code) -> None:
    assert code_of(content) == code


def test_macros_other_formats_and_bombs_are_refused() -> None:
    plain = book([SHEET])
    open_document = with_parts(plain, {"xl/workbook.xml": b""}).replace(b"xl/workbook.xml", b"xl/otherbook.xm")

    assert code_of(with_parts(plain, {"xl/vbaProject.bin": b"x"})) == "macros"
    assert code_of(with_parts(open_document, {"content.xml": b"<x/>"})) == "open_document"
    assert code_of(with_parts(plain, {"xl/media/a.bin": b"\0" * (151 * 1024 * 1024)})) == "too_large"


def test_entities_are_never_expanded() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'

    assert code_of(with_parts(book([SHEET]), {"xl/worksheets/sheet1.xml": bomb})) == "damaged"


def test_too_many_rows_and_too_many_sheets_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(engine_workbooks, "MAX_ROWS", 2)
    monkeypatch.setattr(engine_workbooks, "MAX_SHEETS", 3)
    many = Sheet("Hoja", SHEET.headings, [["x", 1]] * 3)

    assert code_of(book([many])) == "too_many_rows"
    assert code_of(book([SHEET] * 4)) == "too_many_sheets"


def spoiled(content: bytes, dice: random.Random) -> bytes:
    """The workbook with some bytes of one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        name = dice.choice(parts.namelist())
        part = bytearray(parts.read(name))
    for _each in range(dice.randint(1, 12)):
        part[dice.randrange(len(part))] = dice.choice(b'<>/"&= 019AZaz')
    return with_parts(content, {name: bytes(part[: dice.randint(1, 2 * len(part))])})


@pytest.mark.parametrize(("row", "code"), [(b"30000", "too_many_rows"), (b"99999999999", "damaged")])
def test_what_is_written_far_below_is_refused_rather_than_lost(row, code) -> None:
    far = b'<sheetData><row r="%s"><c r="A%s"><v>1</v></c></row></sheetData>' % (row, row)
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>' % far

    assert code_of(with_parts(book([SHEET]), {"xl/worksheets/sheet1.xml": sheet})) == code


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_workbook_is_refused_or_read_and_nothing_else(seed) -> None:
    whole, dice = book([SHEET]), random.Random(seed)
    for _each in range(15):
        with suppress(UnreadableBookError):
            assert isinstance(read_book(spoiled(whole, dice)), list)
