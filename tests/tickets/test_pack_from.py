"""`cabildo tickets pack-from`: a valid pack out of a file, which nobody publishes by accident."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cabildo.content.models import Pack
from cabildo.content.packs import check_directory
from cabildo.tickets.commands import tickets
from tickets.import_world import file_of, mapping_yaml, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "mapa.yaml").write_bytes(mapping_yaml())
    path = tmp_path / "viejo.csv"
    path.write_bytes(file_of(row(), row(Id="2", Tema="Luz")).getvalue())
    return path


def make(source: Path, *more: str) -> tuple[Result, dict]:
    where = ["--mapping", str(source.with_name("mapa.yaml")), "--output", str(source.with_name("salida"))]
    result = CliRunner().invoke(tickets, ["pack-from", str(source), *where, "--json", *more])
    return result, json.loads(result.stdout) if result.stdout else {}


def test_the_written_pack_is_valid_and_nothing_is_published(source) -> None:
    result, answer = make(source)

    [checked] = check_directory(source.with_name("salida")).packs
    assert (result.exit_code, answer["categories"], answer["refused"]) == (0, 2, 0)
    assert (checked.outcome, checked.id, checked.errors) == ("valid", "tickets/sistema-viejo", ())
    assert not Pack.objects.exists()


def test_making_it_again_gives_the_same_files(source) -> None:
    _result, first = make(source)
    texts = [Path(name).read_text("utf-8") for name in first["files"]]
    folder = Path(first["folder"])
    folder.rename(folder.with_name("antes"))

    _result, again = make(source)

    assert [Path(name).read_text("utf-8") for name in again["files"]] == texts


def test_rows_that_cannot_be_read_do_not_count_and_are_told(source) -> None:
    source.write_bytes(file_of(row(), row(Id="2", Tema="Luz", Estado="?")).getvalue())

    result, answer = make(source)

    assert (result.exit_code, answer["read"], answer["refused"], answer["categories"]) == (1, 2, 1, 1)


def test_a_folder_with_files_is_not_written_over(source) -> None:
    make(source)

    result, _answer = make(source, "--version", "2")

    assert (result.exit_code, result.stdout) == (3, "")
    assert "no está vacía" in result.stderr


@pytest.mark.parametrize("spoil", ["mapping", "columns", "rows"])
def test_bad_input_gives_exit_two_and_no_folder(source, spoil) -> None:
    if spoil == "mapping":
        source.with_name("mapa.yaml").write_bytes(mapping_yaml(time_zone="Marte/Norte"))
    else:
        source.write_bytes(b"Ide,Otra\n1,2\n" if spoil == "columns" else file_of().getvalue())

    result, _answer = make(source)

    assert (result.exit_code, result.stdout) == (2, "")
    assert not source.with_name("salida").exists()


def test_a_name_that_no_category_may_have_is_told(source) -> None:
    source.write_bytes(file_of(row(Tema="Bache " * 24)).getvalue())

    result, _answer = make(source)

    assert result.exit_code == 3
    assert "label" in result.stderr
