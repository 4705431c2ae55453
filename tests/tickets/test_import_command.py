"""`cabildo tickets import` under the contract of every command."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cabildo.tickets.commands import tickets
from cabildo.tickets.models import Ticket
from tickets.import_world import file_of, mapping_yaml, row

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> tuple[Result, dict]:
    result = CliRunner().invoke(tickets, ["import", *map(str, arguments), "--municipality", "puerto-claro", "--json"])
    return result, json.loads(result.stdout) if result.stdout else {}


@pytest.fixture
def source(puerto_claro, tmp_path: Path) -> Path:
    (tmp_path / "mapa.yaml").write_bytes(mapping_yaml())
    path = tmp_path / "viejo.csv"
    path.write_bytes(file_of(row(), row(Id="2")).getvalue())
    return path


def test_an_import_answers_with_its_counts(source) -> None:
    result, answer = run(source, "--mapping", source.with_name("mapa.yaml"))

    assert result.exit_code == 0
    assert answer == {"read": 2, "created": 2, "updated": 0, "unchanged": 0, "refused": 0, "errors": []}


def test_refused_rows_give_exit_one_and_are_told(source) -> None:
    source.write_bytes(file_of(row(), row(Id="2", Estado="?")).getvalue())

    result, answer = run(source, "--mapping", source.with_name("mapa.yaml"))

    assert (result.exit_code, answer["refused"]) == (1, 1)
    assert set(answer["errors"][0]) == {"row", "column", "value", "code", "message", "fix"}


def test_a_dry_run_imports_nothing(source) -> None:
    result, answer = run(source, "--mapping", source.with_name("mapa.yaml"), "--dry-run")

    assert (result.exit_code, answer["created"], Ticket.objects.count()) == (0, 2, 0)


def test_without_mapping_one_is_proposed_and_nothing_imported(source, tmp_path) -> None:
    written = tmp_path / "propuesto.yaml"

    result, answer = run(source, "--write-mapping", written)

    assert (result.exit_code, Ticket.objects.count()) == (0, 0)
    assert answer["mapping"]["columns"]["state"] == "Estado"
    assert "states:" in written.read_text("utf-8")


@pytest.mark.parametrize("spoil", ["mapping", "file", "columns", "municipality"])
def test_bad_input_gives_exit_two_with_words_on_stderr(source, spoil) -> None:
    path = source.with_name("mapa.yaml")
    if spoil == "mapping":
        path.write_bytes(mapping_yaml(time_zone="Marte/Norte"))
    elif spoil == "file":
        source.write_bytes(b"\n")
    elif spoil == "columns":
        source.write_bytes(b"Ide,Otra\n1,2\n")
    slug = "no-existe" if spoil == "municipality" else "puerto-claro"

    arguments = ["import", str(source), "--mapping", str(path), "--municipality", slug, "--json"]
    result = CliRunner().invoke(tickets, arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip()


def test_an_error_of_the_mapping_says_file_and_line(source) -> None:
    path = source.with_name("mapa.yaml")
    path.write_bytes(mapping_yaml(time_zone="Marte/Norte"))

    result, _answer = run(source, "--mapping", path)

    assert f"{path}:" in result.stderr
    assert "America/Santiago" in result.stderr
