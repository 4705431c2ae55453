import json

import pytest
from click.testing import CliRunner

from cabildo.content.commands import content_group


@pytest.fixture
def run(tmp_path):
    def invoke(*words: str):
        return CliRunner().invoke(content_group, [word.replace("ROOT", str(tmp_path)) for word in words])

    return invoke


@pytest.mark.django_db
def test_load_answers_counts_that_add_up(run, write_pack):
    write_pack()
    write_pack(slug="mala", rules="- id: uno\n")

    result = run("load", "ROOT/content", "--json")

    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["read"] == 2 == answer["created"] + answer["updated"] + answer["unchanged"] + answer["refused"]
    assert [pack["outcome"] for pack in answer["packs"]] == ["refused", "created"]
    assert set(answer["errors"][0]) == {"file", "line", "path", "code", "message", "fix"}


def test_check_says_on_stdout_what_is_right_and_on_stderr_what_is_wrong(run, write_pack):
    write_pack(rules="- id: uno\n")

    result = run("check", "ROOT/content")

    assert result.exit_code == 1
    assert result.stdout == "reglas/simple v1: rechazado.\n"
    assert result.stderr.startswith("content/reglas/simple/rules.yaml:1 · rules[0]: Falta el campo «days».")


def test_check_of_a_sound_folder_ends_well(run, write_pack):
    write_pack()

    result = run("check", "ROOT/content")

    assert (result.exit_code, result.stdout) == (0, "reglas/simple v1: válido. 2 reglas.\n")


@pytest.mark.parametrize("words", [("check", "ROOT/nada"), ("load", "ROOT/nada"), ("check", "ROOT/nada", "--json")])
def test_a_folder_without_packs_is_bad_input(run, words):
    result = run(*words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "No se encontró ningún paquete" in result.stderr


@pytest.mark.django_db
def test_export_writes_the_files_and_names_them(run, write_pack, tmp_path):
    write_pack()
    run("load", "ROOT/content")

    result = run("export", "reglas/simple", "ROOT/salida", "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["files"] == [str(tmp_path / "salida" / f"{n}.yaml") for n in ("pack", "rules")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("export", "reglas/nada", "ROOT/salida"), 2),
        (("export", "reglas/simple", "ROOT/salida", "--version", "9"), 2),
        (("export", "reglas/simple", "ROOT/content"), 3),
    ],
)
def test_export_tells_bad_input_from_refusal(run, write_pack, words, code):
    write_pack()
    run("load", "ROOT/content")

    result = run(*words)

    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr
