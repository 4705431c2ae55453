"""What is wrong in a workbook is told by sheet, row and column, with what was expected and what to do."""

import io
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from openpyxl import Workbook, load_workbook

from cabildo.content.errors import ContentError
from cabildo.content.validation import read_folder
from cabildo.content.workbooks import books
from cabildo.content.workbooks.places import CellError

MODEL, ASKED = "assessment_models/gestion-municipal-demo", "questionnaires/gestion-municipal-demo"
RULES, PANELS = "level_rules/acreditacion-demo", "assessment_models/caf-2020-demo"


@cache
def exported(name: str) -> bytes:
    return books.write(small(name))


def small(name: str) -> dict:
    """A shipped pack with the first of everything that is read, so that a test takes an instant."""
    folder = Path(settings.CONTENT_DIR) / name
    body = read_folder(folder, folder.name)[0]
    if "criteria" in body:
        first = body["model"]["order"][0]
        body["criteria"] = [each for each in body["criteria"] if each["id"] == first]
        body["criteria"][0]["subcriteria"] = body["criteria"][0]["subcriteria"][:1]
        body["model"]["order"] = [first]
    if "areas" in body:
        first = body["settings"]["order"][0]
        body["areas"] = [each for each in body["areas"] if each["id"] == first]
        body["settings"]["order"] = [first]
    return body


def changed(name: str, change: Callable[[Workbook], object]) -> tuple[CellError, ...]:
    book = load_workbook(io.BytesIO(exported(name)))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    found = books.read(buffer.getvalue())
    assert bool(found.errors) != bool(found.body)  # nothing half read
    return found.errors


def written(name: str, **cells: Any) -> tuple[CellError, ...]:
    """The errors after writing in cells, named as `Elementos__F2`."""

    def write(book: Workbook) -> None:
        for where, value in cells.items():
            sheet, _mark, cell = where.partition("__")
            book[sheet][cell] = value

    return changed(name, write)


def where(errors: tuple[CellError, ...]) -> list[tuple[str, str, str]]:
    return [(error.code, error.place.sheet, error.place.cell) for error in errors]


def test_an_error_says_sheet_row_column_what_was_expected_and_what_to_do() -> None:
    (error,) = written(MODEL, Elementos__H2="quizás")

    assert str(error) == (
        "hoja «Elementos», fila 2, columna «Es opcional» (H2): Se esperaba sí o no; se leyó «quizás». "
        "Escriba sí si puede faltarle a una comuna; vacío vale no."
    )


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        (MODEL, {"Elementos__C2": None}, [("missing", "Elementos", "C2")]),
        (MODEL, {"Elementos__G3": "mucho"}, [("type", "Elementos", "G3")]),
        (MODEL, {"Elementos__G4": 0}, [("minimum", "Elementos", "G4")]),
        (MODEL, {"Elementos__G4": 1.5}, [("type", "Elementos", "G4")]),
        (MODEL, {"Elementos__B2": "Con espacios"}, [("pattern", "Elementos", "B2"), *[("unknown_parent", s, "A2") for s in ("Niveles", "Evidencias")]]),  # noqa: E501
        (MODEL, {"Elementos__F2": "otro"}, [("unknown_id", "Elementos", "F2")]),
        (MODEL, {"Evidencias__D2": "carta"}, [("choice", "Evidencias", "D2")]),
        (MODEL, {"Niveles__C5": "corto"}, [("too_short", "Niveles", "C5")]),
        (MODEL, {"Niveles__B5": 4}, [("levels_incomplete", "Elementos", "")]),
        (MODEL, {"Pasos__B3": "Por definir más tarde entre todas las unidades; producto: acta"}, [("placeholder", "Pasos", "B3")]),  # noqa: E501
        (MODEL, {"Paquete__B10": "ayer"}, [("pattern", "Paquete", "B10")]),
        (MODEL, {"Paquete__B10": "2026-02-30"}, [("date", "Paquete", "B10")]),
        (MODEL, {"Paquete__B2": "questionnaires/otro"}, [("id_not_kind", "Paquete", "B2")]),
        (MODEL, {"Tramos__D3": 0.3}, [("bands_apart", "Tramos", "D3")]),
        (MODEL, {"Tramos__E3": "un tercio"}, [("pattern", "Tramos", "E3")]),
        (PANELS, {"Paneles__B3": 12}, [("bands_apart", "Paneles", "B3")]),
        (ASKED, {"Alternativas__D2": 3}, [("points_down", "Alternativas", "D3")]),
        (ASKED, {"Ajustes__B2": 0}, [("minimum", "Ajustes", "B2")]),
        (RULES, {"Niveles__D3": 203}, [("bands_apart", "Niveles", "D3")]),
        (RULES, {"Mínimos__B2": "nada"}, [("unknown_id", "Mínimos", "B2")]),
        (RULES, {"Mínimos__C2": 900}, [("minimum_over_maximum", "Mínimos", "C2")]),
        (RULES, {"Mínimos__B3": "gestion_global"}, [("repeated_id", "Mínimos", "B3")]),
    ],
)  # fmt: skip
def test_what_the_schema_and_the_checker_refuse_is_told_at_its_cell(name, cells, expected) -> None:
    assert where(written(name, **cells)) == expected


def test_what_is_said_of_files_is_said_of_sheets() -> None:
    (optional,) = written(MODEL, Elementos__H2="sí", Ajustes__B3="no")
    (band,) = written(MODEL, Tramos__D3=0.3)

    assert optional.fix == "Escriba «sí» en «Admite no aplica» en el modelo, o «no» en «Es opcional» aquí."
    assert band.fix == "Escriba «0,2» en «Desde»."


def test_a_list_left_short_says_where_its_rows_go() -> None:
    def without_steps(book: Workbook) -> None:
        book["Pasos"].delete_rows(2, 5)

    (error,) = changed(MODEL, without_steps)

    assert where((error,)) == [("minItems", "Metodologías", "")]
    assert (error.place.row, error.fix) == (2, "Agregue filas en la hoja «Pasos».")


def test_a_row_that_names_nobody_is_told_once_with_the_others_that_do_and_the_likeliest_name() -> None:
    (error,) = written(MODEL, Niveles__A2="reunion_directivas", Niveles__A3="reunion_directivas")

    assert where((error,)) == [("unknown_parent", "Niveles", "A2")]
    assert error.message.endswith("También lo nombran las filas 3.")
    assert error.fix == "¿Quiso decir «reunion_directiva»?"


def test_an_id_used_twice_is_told_with_the_row_that_had_it_first() -> None:
    error, *_rest = written(MODEL, Elementos__B3="reunion_directiva")

    assert where((error,)) == [("repeated_id", "Elementos", "B3")]
    assert "ya aparece en la fila 2" in error.message


def test_a_formula_is_refused_and_its_text_shown() -> None:
    (error,) = written(MODEL, Elementos__D3='=HYPERLINK("http://x","¿Se hace?")')

    assert where((error,)) == [("formula", "Elementos", "D3")]
    assert "HYPERLINK" in error.message


def test_a_cell_that_shows_an_error_is_refused() -> None:
    assert where(written(MODEL, Elementos__D3="#N/A")) == [("cell_error", "Elementos", "D3")]


def test_what_excel_makes_of_what_is_typed_is_understood() -> None:
    day = datetime(2026, 3, 1)  # noqa: DTZ001
    book = load_workbook(io.BytesIO(exported(MODEL)))
    book["Paquete"]["B10"], book["Paquete"]["B11"] = day, False
    book["Elementos"]["G3"], book["Elementos"]["H3"], book["Evidencias"]["D2"] = 2.0, " SI ", "Publicación"
    book["Tramos"]["E2"], book["Tramos"]["D3"], book["Criterios"]["B2"] = 0.2, "0,2", 2026
    buffer = io.BytesIO()
    book.save(buffer)

    found = books.read(buffer.getvalue())

    (criterion,) = found.body["criteria"]
    element = criterion["subcriteria"][0]["elements"][1]
    assert (found.body["pack"]["valid_from"], criterion["label"]) == ("2026-03-01", "2026")
    assert (element["weight"], element["is_optional"]) == (2, True)
    assert [band["to"] for band in found.body["model"]["bands"]][:1] == ["0.2"]


@pytest.mark.parametrize(
    ("change", "code", "sheet"),
    [
        (lambda book: book.remove(book["Pasos"]), "sheet_missing", "Pasos"),
        (lambda book: book.remove(book["Paquete"]), "sheet_missing", "Paquete"),
        (lambda book: book.create_sheet("Otra cosa").append(["x"]), "sheet_unknown", "Otra cosa"),
        (lambda book: book["Pasos"].delete_cols(2), "column_missing", "Pasos"),
        (lambda book: book["Pasos"].__setitem__("C2", "suelto"), "column_unnamed", "Pasos"),
        (lambda book: book["Pasos"].__setitem__("C1", "Nota"), "column_unknown", "Pasos"),
        (lambda book: book["Pasos"].__setitem__("C1", "Paso"), "column_repeated", "Pasos"),
        (lambda book: book["Ajustes"].delete_rows(2), "field_missing", "Ajustes"),
        (lambda book: book["Ajustes"].__setitem__("A6", "Otro campo"), "field_unknown", "Ajustes"),
        (lambda book: book["Ajustes"].__setitem__("A6", "Admite no aplica"), "field_repeated", "Ajustes"),
        (lambda book: book["Paquete"].__setitem__("B3", "assessment_model"), "kind_unknown", "Paquete"),
        (lambda book: book["Paquete"].__setitem__("B3", None), "kind_unknown", "Paquete"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_sheets_columns_and_fields_that_do_not_belong_are_told(change, code, sheet) -> None:
    (error,) = changed(MODEL, change)

    assert (error.code, error.place.sheet, bool(error.fix)) == (code, sheet, True)


def test_notes_other_orders_of_columns_and_blank_rows_do_no_harm() -> None:
    def move(book: Workbook) -> None:
        book.create_sheet("Notas de Ana").append(["recordar", "=1+1"])
        book["Pasos"].insert_rows(4)
        book["Pasos"].move_range("A1:A500", cols=5)
        book["Pasos"]["F1"] = "  metodologia "

    book = load_workbook(io.BytesIO(exported(MODEL)))
    move(book)
    buffer = io.BytesIO()
    book.save(buffer)

    assert books.read(buffer.getvalue()) == books.read(exported(MODEL))


def test_a_draft_still_wrong_goes_to_a_workbook_and_comes_back_with_its_errors() -> None:
    body = small(RULES)
    body["rules"]["levels"][1]["low"] = 205
    del body["rules"]["levels"][0]["about"]

    errors = books.read(books.write(body)).errors

    assert where(errors) == [("missing", "Niveles", "C2")]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rules: rules.update(strange=1),
        lambda rules: rules.update(levels="ninguno"),
        lambda rules: rules["levels"][1].update(id=rules["levels"][0]["id"]),
        lambda rules: rules["levels"][0].update(low="doscientos"),
    ],
)
def test_a_draft_that_would_lose_something_in_the_sheets_is_refused_with_its_reasons(spoil) -> None:
    body = small(RULES)
    spoil(body["rules"])

    with pytest.raises(ContentError) as refused:
        books.write(body)

    assert (refused.value.code, bool(refused.value.errors)) == ("workbook_lossy", True)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda rules: rules.update(notice="x" * 40_000), "workbook_cell_too_long"),
        (lambda rules: rules["totals"].extend([rules["totals"][0]] * 5001), "workbook_too_many_rows"),
    ],
)
def test_what_a_sheet_cannot_hold_is_refused(spoil, code) -> None:
    body = small(RULES)
    spoil(body["rules"])

    with pytest.raises(ContentError) as refused:
        books.write(body)

    assert refused.value.code == code


def test_a_kind_without_sheets_and_an_unknown_one_are_refused() -> None:
    with pytest.raises(ContentError, match="workbook_not_laid_out"):
        books.template("tickets")
    with pytest.raises(ContentError, match="kind_unknown"):
        books.template("nada")
