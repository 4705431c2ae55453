"""`cabildo content to-workbook | from-workbook | workbook-template`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from openpyxl import load_workbook

from cabildo.content.commands import content_group
from cabildo.content.packs import load_directory
from cabildo.content.validation import read_folder

RULES = Path(settings.CONTENT_DIR) / "level_rules" / "acreditacion-demo"


@pytest.fixture
def run(tmp_path):
    def invoke(*words: object):
        return CliRunner().invoke(content_group, [str(word) for word in words])

    return invoke


@pytest.fixture
def book(run, tmp_path) -> Path:
    run("to-workbook", RULES, tmp_path / "reglas.xlsx")
    return tmp_path / "reglas.xlsx"


def test_a_folder_goes_to_a_workbook_and_back(run, book, tmp_path) -> None:
    done = run("from-workbook", book, tmp_path / "acreditacion-demo")

    assert (done.exit_code, done.stderr) == (0, "")
    assert read_folder(tmp_path / "acreditacion-demo", "x") == read_folder(RULES, "x")


@pytest.mark.django_db
def test_a_published_pack_goes_to_a_workbook_by_its_name(run, tmp_path) -> None:
    load_directory(RULES)

    done = run("to-workbook", "level_rules/acreditacion-demo", tmp_path / "a.xlsx", "--json")

    assert json.loads(done.stdout) == {
        "pack": "level_rules/acreditacion-demo",
        "version": 1,
        "file": str(tmp_path / "a.xlsx"),
    }
    assert run("from-workbook", tmp_path / "a.xlsx", tmp_path / "acreditacion-demo").exit_code == 0


def test_with_an_error_nothing_is_written_and_each_is_told_with_its_cell(run, book, tmp_path) -> None:
    spoiled = load_workbook(book)
    spoiled["Niveles"]["D3"] = 203
    spoiled.save(book)

    done = run("from-workbook", book, tmp_path / "acreditacion-demo", "--json")

    (error,) = json.loads(done.stdout)["errors"]
    assert (done.exit_code, error["sheet"], error["row"], error["column"], error["cell"]) == (
        1,
        "Niveles",
        3,
        "Desde",
        "D3",
    )
    assert done.stderr.startswith("reglas.xlsx · hoja «Niveles», fila 3, columna «Desde» (D3): ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reglas.xlsx"]


def test_a_folder_of_another_name_is_written_and_told(run, book, tmp_path) -> None:
    done = run("from-workbook", book, tmp_path / "otra")

    assert done.exit_code == 0
    assert "llame a la carpeta «acreditacion-demo»" in done.stderr


def test_nothing_is_overwritten(run, book, tmp_path) -> None:
    (tmp_path / "usada").mkdir()
    (tmp_path / "usada" / "x").write_text("x")
    before = book.read_bytes()

    refusals = [
        run("to-workbook", RULES, book),
        run("workbook-template", "level_rules", book),
        run("from-workbook", book, tmp_path / "usada"),
    ]

    assert [(done.exit_code, done.stdout) for done in refusals] == [(3, "")] * 3
    assert book.read_bytes() == before


def test_a_file_that_is_no_workbook_is_bad_input(run, tmp_path) -> None:
    (tmp_path / "a.xlsx").write_text("Hoja;Fila\n")

    done = run("from-workbook", tmp_path / "a.xlsx", tmp_path / "b", "--json")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "no es un libro de Excel" in done.stderr


def test_a_folder_that_cannot_be_read_is_bad_input_with_file_and_line(run, tmp_path) -> None:
    folder = tmp_path / "mala"
    folder.mkdir()
    (folder / "pack.yaml").write_bytes((RULES / "pack.yaml").read_bytes())
    (folder / "rules.yaml").write_text("totals: [\n")

    done = run("to-workbook", folder, tmp_path / "a.xlsx")

    assert (done.exit_code, done.stdout, "mala/rules.yaml:" in done.stderr) == (2, "", True)
    assert not (tmp_path / "a.xlsx").exists()


def test_texts_still_wrong_are_told_and_go_to_the_workbook(run, tmp_path) -> None:
    folder = tmp_path / "acreditacion-demo"
    folder.mkdir()
    for file in RULES.glob("*.yaml"):
        (folder / file.name).write_text(file.read_text("utf-8").replace("low: 201", "low: 205"), "utf-8")

    done = run("to-workbook", folder, tmp_path / "a.xlsx")

    assert (done.exit_code, "rules.levels[1].low" in done.stderr) == (0, True)
    assert run("from-workbook", tmp_path / "a.xlsx", tmp_path / "b").exit_code == 1
