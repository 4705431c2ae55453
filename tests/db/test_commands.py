import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from cabildo.db import commands
from cabildo.db.fields import count_by_key
from cabildo.site.cli import collect
from db.tables import TABLES, Neighbour

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tables")]


@pytest.fixture(autouse=True)
def _only_the_tables_of_the_tests(monkeypatch):
    monkeypatch.setattr(commands, "apps", SimpleNamespace(get_models=lambda: TABLES))


def run(*words: str):
    return CliRunner().invoke(collect(), ["keys", *words])


def test_create_makes_the_file_and_says_to_back_it_up(settings, tmp_path):
    settings.KEY_FILE = tmp_path / "keys.json"
    result = run("create")
    assert result.exit_code == 0
    assert str(settings.KEY_FILE) in result.stdout
    assert "sin el archivo de claves los datos no se pueden recuperar" in result.stderr
    assert settings.KEY_FILE.exists()


def test_create_never_replaces_a_file(key_file):
    before = key_file.read_bytes()
    result = run("create")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "ya existe" in result.stderr
    assert key_file.read_bytes() == before


def test_rotate_adds_a_key_and_moves_every_value_to_it(key_file):
    Neighbour.objects.create(phone="912345678")
    result = run("rotate")
    assert result.exit_code == 0
    assert "sample.neighbour: 1 filas" in result.stderr
    assert result.stdout == "Todos los datos están cifrados con la clave «k2»: cambiaron 1 filas.\n"
    assert count_by_key(Neighbour._meta.get_field("phone")) == {"k1": 0, "k2": 1}


def test_an_interrupted_rotation_continues_without_another_key(key_file):
    Neighbour.objects.create(phone="1")
    commands.keyring.add_key(key_file)
    assert run("rotate", "--continue").exit_code == 0
    assert count_by_key(Neighbour._meta.get_field("phone")) == {"k1": 0, "k2": 1}


def test_a_rotation_tells_programs_how_many_rows_it_closed_again(key_file):
    Neighbour.objects.create(phone="1")
    assert json.loads(run("rotate", "--json").stdout) == {"current": "k2", "added": True, "rows": 1}
    assert json.loads(run("rotate", "--continue", "--json").stdout) == {"current": "k2", "added": False, "rows": 0}


def test_status_counts_the_values_of_each_key(key_file):
    Neighbour.objects.create(phone="1")
    commands.keyring.add_key(key_file)
    assert json.loads(run("status", "--json").output) == {
        "key_file": str(key_file),
        "only_owner_reads": True,
        "current": "k2",
        "keys": ["k1", "k2"],
        "fields": [
            {"model": "sample.neighbour", "field": "phone", "rows": {"k1": 1, "k2": 0}},
            {"model": "sample.neighbour", "field": "note", "rows": {"k1": 0, "k2": 0}},
        ],
    }


def test_status_in_words_warns_of_a_file_that_others_can_read(key_file):
    key_file.chmod(0o644)
    output = run("status").output
    assert "sample.neighbour.phone: k1: 0" in output
    assert "otros usuarios de la máquina pueden leer el archivo" in output


def test_a_folder_that_cannot_be_written_is_explained(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.KEY_FILE = tmp_path / "file" / "keys.json"
    result = run("create")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"No se pudo usar {tmp_path / 'file'}" in result.stderr


@pytest.mark.parametrize("words", [["rotate"], ["rotate", "--continue"], ["status"]])
def test_without_the_file_every_command_explains_it(key_file, words):
    Neighbour.objects.create(phone="1")
    key_file.unlink()
    result = run(*words)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "Sin el archivo de claves los datos no se pueden recuperar" in result.stderr
