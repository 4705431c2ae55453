"""Every command keeps the contract of docs/reference/cli.md: where it writes, what it answers, how it ends."""

import json
import re
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from django.db import transaction
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from cabildo.db import keyring
from cabildo.jobs import enqueue
from cabildo.jobs.models import Job
from cabildo.site.cli import collect

from .command_list import SCHEMAS, all_commands, schema_file, speaks_json

DOCS = Path(__file__).parents[2] / "docs" / "reference"
CONTENT = Path(__file__).parents[2] / "content"
ROW = re.compile(r"^\| `cabildo ([a-z0-9 -]+)` \|.*\| (?:\[esquema\]\(cli/(.+)\)|no tiene) \|$", re.M)
EXAMPLES = Path(__file__).parents[2] / "docs" / "how-to" / "puntuar"
AREAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"codigo": "UV1", "nombre": "Centro"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[-71.6, -33], [-71.5, -33], [-71.5, -32.9], [-71.6, -33]]],
            },
        }
    ],
}


def documented() -> dict[str, str]:
    """Command -> its schema's file, or empty."""
    return dict(ROW.findall((DOCS / "cli.md").read_text(encoding="utf-8")))


def test_every_command_is_in_the_page_with_its_schema() -> None:
    expected = {
        name: schema_file(name).name if speaks_json(command) else "" for name, command in all_commands().items()
    }

    assert documented() == expected


def test_every_command_with_json_has_a_schema_and_no_schema_is_left_over() -> None:
    needed = {schema_file(name).name for name, command in all_commands().items() if speaks_json(command)}

    assert {path.name for path in SCHEMAS.glob("*.schema.json")} == needed


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.schema.json")), ids=lambda path: path.name)
def test_a_schema_is_valid_and_admits_nothing_it_does_not_name(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))

    Draft202012Validator.check_schema(schema)
    assert not Draft202012Validator(schema).is_valid({"unforeseen": 1})


def test_every_command_and_option_says_in_spanish_what_it_does() -> None:
    silent = [
        f"{name} {option.opts[-1]}"
        for name, command in all_commands().items()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    nameless = [name for name, command in all_commands().items() if not command.help]

    assert (nameless, silent) == ([], [])


@pytest.fixture
def run():
    """`cabildo <words>` in this process; its answer is checked against its schema when it is JSON."""

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(collect(), [str(word) for word in words])

    return invoke


@pytest.fixture
def answer(run):
    def invoke(name: str, *words: str, code: int = 0) -> dict:
        done = run(*name.split(), *words, "--json")
        assert done.exit_code == code, done.output
        found = json.loads(done.stdout)
        schema = json.loads(schema_file(name).read_text(encoding="utf-8"))
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(found)
        return found

    return invoke


@pytest.fixture
def areas_file(tmp_path) -> Path:
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps(AREAS), encoding="utf-8")
    return path


@pytest.fixture
def jobs(db) -> list[Job]:
    with transaction.atomic():
        enqueue("audit.seal_pending")
        enqueue("notifications.sweep")
    return list(Job.objects.order_by("pk"))


def test_deadline_answers_as_promised(answer) -> None:
    counted = answer("deadline", "--from", "2026-12-18", "--days", "10", "--unit", "habiles")

    assert (counted["submitted_on"], counted["days"], counted["unit"]) == ("2026-12-18", 10, "habiles")
    assert [line["number"] for line in counted["explanation"] if line["counted"]] == list(range(1, 11))


def test_municipalities_answer_as_promised(answer, db) -> None:
    made = answer("municipality create", "--slug", "nueva", "--name", "Municipalidad Nueva", "--commune", "05101")

    assert answer("municipality list")["municipalities"] == [made]


def test_the_territory_answers_as_promised(answer, puerto_claro, areas_file, tmp_path) -> None:
    loaded = answer("territory load", "--folder", CONTENT / "territory" / "chile")
    proposed = answer("territory areas", areas_file, "--municipality", "puerto-claro", "--kind", "sector")
    mapping = tmp_path / "map.yaml"
    mapping.write_text("code: codigo\nname: nombre\n")
    words = ["--municipality", "puerto-claro", "--kind", "sector", "--mapping", mapping]
    checked = answer("territory areas", areas_file, *words, "--dry-run")

    assert loaded["read"] == loaded["created"] == 16 + 56 + 346
    assert proposed["columns"] == ["codigo", "nombre"]
    assert (checked["read"], checked["refused"]) == (1, 0)


def test_refused_rows_end_with_one_and_are_told(answer, db, tmp_path) -> None:
    for name in ("regions", "provinces", "communes"):
        (tmp_path / f"{name}.csv").write_bytes((CONTENT / "territory" / "chile" / f"{name}.csv").read_bytes())
    with (tmp_path / "communes.csv").open("a", encoding="utf-8") as file:
        file.write("9X,Comuna mala,051\n")

    told = answer("territory load", "--folder", tmp_path, code=1)

    assert (told["refused"], len(told["errors"])) == (1, 1)
    assert told["read"] == told["created"] + told["updated"] + told["unchanged"] + told["refused"]


def test_contents_answer_as_promised(answer, db, tmp_path) -> None:
    assert answer("content check", CONTENT)["refused"] == 0
    assert answer("content load", CONTENT)["created"] >= 1
    assert answer("content export", "tickets/oirs-chile", tmp_path / "out")["files"]


def test_workbooks_answer_as_promised(answer, tmp_path) -> None:
    book, empty = tmp_path / "reglas.xlsx", tmp_path / "vacio.xlsx"

    assert answer("content to-workbook", CONTENT / "level_rules" / "acreditacion-demo", book)["version"] == 1
    assert answer("content from-workbook", book, tmp_path / "acreditacion-demo")["errors"] == []
    assert answer("content workbook-template", "level_rules", empty)["kind"] == "level_rules"
    assert answer("content from-workbook", empty, tmp_path / "nada", code=1)["files"] == []


def test_the_pack_of_a_file_answers_as_promised(answer, db, tmp_path) -> None:
    file, mapping = tmp_path / "viejo.csv", tmp_path / "mapa.yaml"
    file.write_text("Id,Ingreso,Estado,Tema,Unidad\n1,2026-01-05,Abierta,Bache,Obras\n")
    columns = "{external_id: Id, received_at: Ingreso, state: Estado, category: Tema, department: Unidad}"
    states = "{values: {Abierta: {state: derived}}}"
    mapping.write_text(f"source: {{id: viejo, label: Sistema viejo}}\ncolumns: {columns}\nstates: {states}\n")

    made = answer("tickets pack-from", file, "--mapping", mapping, "--output", tmp_path / "salida")

    assert (made["pack"], made["categories"], made["refused"]) == ("tickets/viejo", 1, 0)
    assert answer("content load", tmp_path / "salida")["created"] == 1


def test_the_score_of_a_file_answers_as_promised(answer) -> None:
    whole = answer("quality score", EXAMPLES / "ejemplo.yaml")
    one = answer("quality score", EXAMPLES / "ejemplo.yaml", "--layer", "validado")

    assert [(layer["id"], layer["percent"]) for layer in whole["layers"]] == [("declarado", 38.7), ("validado", 31.5)]
    assert [layer["id"] for layer in one["layers"]] == ["validado"]


def test_the_audit_answers_as_promised(answer, puerto_claro) -> None:
    answer("municipality create", "--slug", "otra", "--name", "Otra")

    assert len(answer("audit checkpoint")["checkpoints"]) >= 1
    assert answer("audit verify")["findings"] == []


def test_the_queue_answers_as_promised(answer, jobs) -> None:
    assert {job["id"] for job in answer("jobs list")["jobs"]} == {job.pk for job in jobs}
    assert answer("jobs cancel", jobs[0].pk)["jobs"][0]["state"] == "cancelled"
    assert answer("jobs retry", jobs[0].pk)["jobs"][0]["state"] == "waiting"
    answer("jobs cancel", jobs[0].pk)
    Job.objects.filter(pk=jobs[0].pk).update(finished_at=timezone.now() - timedelta(days=1000))
    assert answer("jobs prune")["deleted"] == 1


def test_the_keys_answer_as_promised(answer, db, settings, tmp_path) -> None:
    settings.KEY_FILE = tmp_path / "keys.json"
    keyring.create_key_file(settings.KEY_FILE)

    assert answer("keys status")["only_owner_reads"] is True


def test_clients_answer_as_promised(answer, puerto_claro) -> None:
    here = ["--municipality", "puerto-claro"]
    made = answer("api-client create", *here, "--name", "Mapa", "--contact", "ana@ejemplo.cl", "--may", "read")
    listed = answer("api-client list", *here)["clients"]

    assert [one["id"] for one in listed] == [made["id"]]
    assert answer("api-client revoke", *here, str(made["id"]))["is_active"] is False


@pytest.mark.django_db
@pytest.mark.slow  # the program as a process of its own
def test_backup_restore_and_worker_answer_as_promised(installation, tmp_path) -> None:
    file = tmp_path / "respaldo.tar.gz"
    for name, words in {"backup": [file], "restore": [file, "--force"], "worker": ["--until-empty"]}.items():
        done = installation.run(name, *[str(word) for word in words], "--json")
        schema = json.loads(schema_file(name).read_text(encoding="utf-8"))
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["deadline", "--from", "ayer", "--days", "3"], 2),
        (["deadline", "--from", "2026-01-05", "--days", "3", "--municipality", "nowhere"], 2),
        (["territory", "areas", "missing.geojson", "--municipality", "x", "--kind", "sector"], 2),
        (["content", "check", "missing"], 2),
        (["tickets", "import", "missing.csv", "--municipality", "x"], 2),
        (["tickets", "pack-from", "missing.csv", "--mapping", "x.yaml", "--output", "x"], 2),
        (["api-client", "list", "--municipality", "nowhere"], 2),
        (["quality", "score", "missing.yaml"], 2),
        (["quality", "score", str(EXAMPLES / "ejemplo.yaml"), "--layer", "ninguna"], 2),
        (["restore", "missing.tar.gz"], 2),
        (["backup", "missing/x.tar.gz"], 2),
        (["backup", ".", "--with-keys"], 3),
        (["jobs", "cancel", "999999"], 3),
        (["no-such-command"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_what_is_wrong_is_said_on_stderr_and_nothing_on_stdout(run, db, words, code) -> None:
    done = run(*words)

    assert (done.exit_code, done.stdout) == (code, ""), done.output
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["quality", "score", "nada.yaml"],
            "ARCHIVO: No existe el archivo «nada.yaml». Revise su nombre y su carpeta.",
        ),
        (["quality", "score", "."], "ARCHIVO: «.» es una carpeta. Indique el archivo."),
        (["quality", "score"], "Falta indicar ARCHIVO."),
        (["quality", "score", "--nada"], "No existe la opción «--nada»."),
        (["quality", "nada"], "No existe la orden «nada»."),
        (["jobs", "cancel", "x"], "IDS...: se espera un número entero entre 1 y 4611686018427387904."),
        (["jobs", "list", "--state", "x"], "--state: elija una de estas: waiting, running, done, failed, cancelled."),
        (["content", "export", "x", "y", "--version", "z"], "--version: se espera un número entero."),
        (["deadline", "--from", "ayer"], "--from: se espera una fecha: AAAA-MM-DD."),
    ],
)
def test_a_command_written_wrong_is_told_in_spanish_and_where_it_is_explained(run, words, said) -> None:
    done = run(*words)

    assert (done.exit_code, done.stdout) == (2, "")
    assert re.fullmatch(re.escape(said) + r" Véase «\S+( [a-z-]+)* --help»\.\n", done.stderr), done.stderr


def test_a_group_alone_gives_its_help(run) -> None:
    assert "Puntúa una evaluación" in run("quality").output
