"""Packs go to a workbook and come back the same, and the workbook shows everything that a pack can say."""

import io
import json
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from openpyxl import load_workbook

from cabildo.content.packs import write_folder
from cabildo.content.validation import read_folder
from cabildo.content.workbooks import Layout, Table, books
from cabildo.instruments.packs import KINDS
from cabildo.instruments.workbooks import LAYOUTS

from . import drawn_packs

CONTENT = Path(settings.CONTENT_DIR)
FOLDERS = sorted(folder for kind in KINDS for folder in (CONTENT / kind.kind).glob("*/"))
each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
each_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.kind)
slowly = hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@cache
def shipped(folder: Path) -> dict:
    return read_folder(folder, folder.name)[0]


@cache
def workbook_of(folder: Path) -> bytes:
    return books.write(shipped(folder))


@each_folder
def test_a_shipped_pack_comes_back_from_its_workbook_the_same(folder) -> None:
    found = books.read(workbook_of(folder))

    assert (found.errors, found.body) == ((), shipped(folder))


@each_folder
def test_the_files_written_from_a_workbook_say_the_same(folder, tmp_path) -> None:
    write_folder(books.read(workbook_of(folder)).body, tmp_path / folder.name)

    assert read_folder(tmp_path / folder.name, folder.name) == (shipped(folder), [])


@slowly
@given(drawn_packs.questionnaires())
def test_any_questionnaire_comes_back_the_same(body) -> None:
    assert books.read(books.write(body)) == books.ReadBook(body, ())


@slowly
@given(drawn_packs.assessment_models())
def test_any_model_comes_back_the_same(body) -> None:
    assert books.read(books.write(body)) == books.ReadBook(body, ())


@slowly
@given(drawn_packs.level_rules())
def test_any_level_rules_come_back_the_same(body) -> None:
    assert books.read(books.write(body)) == books.ReadBook(body, ())


def fields(schema: dict, path: str = "") -> dict[str, dict]:
    """Every single value and list of values that a schema names: its dotted path and what is said of it."""
    found: dict[str, dict] = {}

    def walk(node: dict, at: str, *, needed: bool) -> None:
        node = {**schema["$defs"][node["$ref"].rpartition("/")[2]], **node} if "$ref" in node else node
        inner = node.get("items")
        if isinstance(inner, dict) and (inner.get("properties") or "$ref" in inner) and "minLength" not in inner:
            named = schema["$defs"].get(inner.get("$ref", "").rpartition("/")[2], inner)
            if "properties" in named:
                walk(inner, at, needed=needed)
                return
        for name, each in node.get("properties", {}).items():
            walk(each, f"{at}.{name}".strip("."), needed=name in node.get("required", []))
        if "properties" not in node:
            found[at] = {**node, "needed": needed}

    walk(schema, path, needed=True)
    return found


def columns(layout: Layout) -> dict[str, tuple]:
    """Every cell of a layout: its dotted path in the body, the column and the sheet."""
    paths = {"": ()}
    for table in layout.tables:
        paths[table.title] = (*paths[table.parent], *table.path)
    found = {}
    for sheet in layout.sheets:
        path = paths[sheet.title] if isinstance(sheet, Table) else sheet.path
        for column in sheet.columns:
            whole = isinstance(sheet, Table) and sheet.shape != "items"
            found[".".join(path if whole else (*path, column.key))] = (column, sheet)
    return found


def schema_of(layout: Layout) -> dict[str, dict]:
    body = json.loads((CONTENT / "schema" / f"{layout.kind}.json").read_text(encoding="utf-8"))
    header = json.loads((CONTENT / "schema" / "pack.json").read_text(encoding="utf-8"))
    return fields({"$defs": {}, **header}, "pack") | fields(body)


@each_layout
def test_every_field_of_the_schema_has_its_cell_and_no_cell_is_left_over(layout) -> None:
    assert set(columns(layout)) == set(schema_of(layout))


@each_layout
def test_a_cell_is_required_when_the_schema_requires_it(layout) -> None:
    known = schema_of(layout)
    differ = [
        path
        for path, (column, sheet) in columns(layout).items()
        if not isinstance(sheet, Table) or sheet.shape == "items"
        if column.key != "order" and column.required != known[path]["needed"]
    ]

    assert differ == []


@each_layout
def test_a_drop_down_offers_what_the_schema_admits(layout) -> None:
    known = schema_of(layout)
    closed = {path: field["enum"] for path, field in known.items() if "enum" in field}
    offered = {path: list(getattr(column.form, "shown", {})) for path, (column, _sheet) in columns(layout).items()}

    assert {path: offered[path] for path in closed} == closed


@each_layout
def test_a_number_is_held_to_the_limits_of_the_schema(layout) -> None:
    known = schema_of(layout)
    differ = {
        path: (column.form.whole, known[path])
        for path, (column, _sheet) in columns(layout).items()
        if column.form.whole and "maximum" in known[path]
        if column.form.whole != (known[path]["minimum"], known[path]["maximum"])
    }

    assert differ == {}


@each_layout
def test_what_a_column_says_fits_in_the_hint_of_a_cell(layout) -> None:
    assert [column.about for sheet in layout.sheets for column in sheet.columns if len(column.about) > 240] == []


@each_layout
def test_a_template_has_every_sheet_and_asks_for_what_is_missing(layout) -> None:
    content = books.template(layout.kind)
    book = load_workbook(io.BytesIO(content))
    errors = books.read(content).errors

    assert book.sheetnames == ["Léame", *(sheet.title for sheet in layout.sheets)]
    assert {error.code for error in errors} == {"missing", "pattern", "minItems"}
    assert all(error.place.sheet in book.sheetnames and error.fix for error in errors)


def test_the_rows_follow_the_reading_order_of_the_pack() -> None:
    folder = CONTENT / "assessment_models" / "gestion-municipal-demo"
    sheet = load_workbook(io.BytesIO(workbook_of(folder)))["Criterios"]

    assert [cell.value for cell in sheet["A"][1:]] == shipped(folder)["model"]["order"]


def test_a_sheet_shows_its_headings_always_and_offers_the_ids_of_its_parents() -> None:
    sheet = load_workbook(io.BytesIO(books.template("assessment_models")))["Elementos"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}

    assert sheet.freeze_panes == "C2"
    assert "'Subcriterios'!$B$2" in rules["A2:A5001"].formula1
    assert rules["H2:H5001"].formula1 == '"sí,no"'
    assert rules["D2:D5001"].prompt == "La pregunta completa que se responde, de 8 o más palabras."
