import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from cabildo.ui.engine_xlsx import NotAWorkbookError, SheetMissingError, rows, workbook
from cabildo.ui.exports import csv_lines, guarded
from cabildo.ui.spanish import NO_DATA, number, percentage, short_date

HEADINGS = ("Folio", "Monto", "Vence", "Texto")
ROW = ("PC-1", Decimal("1234.5"), date(2026, 12, 22), "=HYPERLINK(1)")


def cells(separator: str, *rows) -> list[list[str]]:
    text = "".join(csv_lines(HEADINGS, rows, separator=separator)).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def test_csv_starts_with_the_mark_excel_needs() -> None:
    assert next(csv_lines(HEADINGS, [])) == "\ufeffFolio;Monto;Vence;Texto\r\n"


def test_semicolons_go_with_decimal_commas_and_commas_with_points() -> None:
    assert cells(";", ROW)[1][1] == "1234,5"
    assert cells(",", ROW)[1][1] == "1234.5"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_text_can_start_a_formula(text) -> None:
    assert guarded(text) == f"'{text}"


def test_plain_text_and_numbers_are_left_alone() -> None:
    assert guarded("Poda - calle Prat") == "Poda - calle Prat"
    assert cells(";", ("PC-1", -5, None, True))[1] == ["PC-1", "-5", "", "sí"]


def test_instants_are_written_on_the_clock_of_chile() -> None:
    assert cells(";", ("PC-1", 1, datetime(2026, 12, 23, 1, 5, tzinfo=UTC), ""))[1][2] == "2026-12-22 22:05"


def test_an_unknown_separator_is_refused() -> None:
    with pytest.raises(ValueError, match="separator"):
        next(csv_lines(HEADINGS, [], separator="|"))


def test_a_workbook_keeps_types_and_holds_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(workbook("Solicitudes", HEADINGS, [ROW]))).active

    assert [cell.value for cell in sheet[2]] == ["PC-1", 1234.5, datetime(2026, 12, 22), "=HYPERLINK(1)"]  # noqa: DTZ001
    assert sheet["D2"].data_type == "s"


def test_a_workbook_shows_days_as_chile_writes_them_and_holds_the_number_behind_its_words() -> None:
    row = [date(2026, 12, 22), percentage(Decimal("41.5")), number(12, 1), short_date(date(2026, 1, 5)), NO_DATA]
    made = load_workbook(io.BytesIO(workbook("Hoja", [""] * 5, [row]))).active[2]

    shown = [(str(cell.value), cell.number_format) for cell in made[:4]]
    assert shown[:2] == [("2026-12-22 00:00:00", "dd-mm-yyyy"), ("0.415", "#,##0.0 %")]
    assert shown[2:] == [("12", "#,##0.0"), ("2026-01-05 00:00:00", "dd-mm-yyyy")]
    assert made[4].value == "sin dato"


def test_a_workbook_survives_control_characters_and_odd_titles() -> None:
    book = load_workbook(io.BytesIO(workbook("Abiertas / [2026]: todas", ["Texto"], [["hola\x00\x0bchao"]])))

    assert book.active.title == "Abiertas  2026 todas"
    assert book.active["A2"].value == "holachao"


def test_a_workbook_is_read_back_as_text_and_a_day_without_its_midnight() -> None:
    instant = datetime(2026, 1, 5, 12, 30, tzinfo=UTC)  # half past nine in Chile
    book = workbook("Hoja", ["Día", "Hora", "N.º"], [[date(2026, 1, 5), instant, 3.0], ["", None, ""]])

    read = list(rows(io.BytesIO(book), "Hoja"))

    assert read == [["Día", "Hora", "N.º"], ["2026-01-05", "2026-01-05 09:30:00", "3"], ["", "", ""]]
    assert list(rows(io.BytesIO(book), most_rows=1, most_columns=2)) == [["Día", "Hora"]]


def test_what_is_no_workbook_or_has_no_such_sheet_is_refused() -> None:
    with pytest.raises(NotAWorkbookError):
        list(rows(io.BytesIO(b"PK roto")))
    with pytest.raises(SheetMissingError) as refusal:
        list(rows(io.BytesIO(workbook("Hoja", ["A"], [])), "Otra"))

    assert refusal.value.known == ("Hoja",)
