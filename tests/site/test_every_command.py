"""Every command that exists, told wrong and told right: how it ends and where it writes."""

import json
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import django
import pytest
from click.testing import CliRunner, Result
from django.db import OperationalError
from jsonschema import Draft202012Validator, FormatChecker

from cabildo import audit
from cabildo.accounts.actions import create_agency
from cabildo.accounts.models import Municipality
from cabildo.content.validation import read_folder
from cabildo.content.workbooks import books
from cabildo.db.keyring import KeyringError, create_key_file
from cabildo.jobs import actions as jobs
from cabildo.jobs import enqueue
from cabildo.site import cli, commands_backup
from cabildo.site import commands as serving
from cabildo.site.backup.errors import BackupError
from cabildo.site.environment import SettingError
from cabildo.site.setup import stages
from cabildo.tickets.actions import clients
from tickets.import_world import file_of, mapping_yaml, row

from .command_list import all_commands, schema_file, speaks_json, words_of

CONTENT = Path(__file__).parents[2] / "content"
LEVEL_RULES = CONTENT / "level_rules" / "acreditacion-demo"
EXAMPLES = Path(__file__).parents[2] / "docs" / "how-to" / "puntuar"
AREA = {"type": "Polygon", "coordinates": [[[-71.6, -33], [-71.5, -33], [-71.5, -32.9], [-71.6, -33]]]}
FEATURE = {"type": "Feature", "properties": {"codigo": "UV1", "nombre": "Centro"}, "geometry": AREA}
HERE = {"--municipality": "puerto-claro"}
CLIENT = {"name": "Mapa", "contact": "ana@ejemplo.cl", "per_minute": 60}
MAY = {"may_read": True, "may_write": False, "may_update": False}


class World:
    """What the commands work on, made when one of them asks for it."""

    def __init__(self, folder: Path, settings) -> None:
        self.folder, self.settings = folder, settings

    def file(self, name: str, content: bytes) -> Path:
        (self.folder / name).write_bytes(content)
        return self.folder / name

    def sheet(self) -> dict[str, object]:
        return {
            "file": self.file("viejo.csv", file_of(row()).getvalue()),
            "--mapping": self.file("m.yaml", mapping_yaml()),
        }

    def areas(self) -> dict[str, object]:
        collection = json.dumps({"type": "FeatureCollection", "features": [FEATURE]})
        return {
            "file": self.file("areas.geojson", collection.encode()),
            "--mapping": self.file("c.yaml", b"code: codigo\nname: nombre\n"),
        }

    def key_file(self, *, exists: bool) -> dict[str, object]:
        self.settings.KEY_FILE = self.folder / "claves.json"
        if exists:
            create_key_file(self.settings.KEY_FILE)
        return {}

    def agency(self) -> dict[str, object]:
        create_agency(slug="subdere", name="SUBDERE", by=audit.SYSTEM)
        return {"--agency": "subdere"}

    def job(self, *, cancelled: bool = False) -> dict[str, object]:
        job = enqueue("audit.seal_pending")
        return {"ids": jobs.cancel(job.pk).pk if cancelled else job.pk}

    def client(self) -> dict[str, object]:
        return {"client_id": clients.create_client(by=None, **CLIENT, **MAY).client.pk}

    def contents(self) -> dict[str, object]:
        told("content load", {"folder": CONTENT / "tickets"})
        return {"pack": "tickets/oirs-chile", "folder": self.folder / "salida"}

    def adoptable(self) -> dict[str, object]:
        told("content load", {"folder": CONTENT / "level_rules"})
        return HERE | {"pack": "level_rules/acreditacion-demo"}

    def book(self) -> Path:
        body, _errors = read_folder(LEVEL_RULES, LEVEL_RULES.name)
        return self.file("libro.xlsx", books.write(body))


GOOD: dict[str, Callable[[World], dict[str, object]]] = {
    "agency create": lambda _: {"--slug": "subdere", "--name": "SUBDERE"},
    "agency grant": lambda world: world.agency() | {"--email": "ana@ejemplo.cl", "--role": "agency_administrator"},
    "agency list": lambda _: {},
    "api-client create": lambda _: {**HERE, "--name": "Mapa", "--contact": "ana@ejemplo.cl", "--may": "read"},
    "api-client list": lambda _: HERE,
    "api-client revoke": lambda world: HERE | world.client(),
    "audit checkpoint": lambda _: {},
    "audit verify": lambda _: {},
    "backup": lambda world: {"target": world.folder},
    "content adopt": lambda world: world.adoptable(),
    "content check": lambda _: {"folder": CONTENT / "tickets"},
    "content export": lambda world: world.contents(),
    "content from-workbook": lambda world: {"file": world.book(), "folder": world.folder / "acreditacion-demo"},
    "content load": lambda _: {"folder": CONTENT / "tickets"},
    "content to-workbook": lambda world: {"source": LEVEL_RULES, "file": world.folder / "reglas.xlsx"},
    "content workbook-template": lambda world: {"kind": "level_rules", "file": world.folder / "vacio.xlsx"},
    "deadline": lambda _: {**HERE, "--from": "2026-12-18", "--days": 10},
    "jobs cancel": lambda world: world.job(),
    "jobs list": lambda world: world.job() and {},
    "jobs prune": lambda _: {},
    "jobs retry": lambda world: world.job(cancelled=True),
    "keys create": lambda world: world.key_file(exists=False),
    "keys rotate": lambda world: world.key_file(exists=True),
    "keys status": lambda world: world.key_file(exists=True),
    "municipality create": lambda _: {"--slug": "nueva", "--name": "Municipalidad Nueva"},
    "municipality list": lambda _: {},
    "municipality open": lambda _: {"slug": "puerto-claro"},
    "quality results rebuild": lambda _: {},
    "quality score": lambda _: {"file": EXAMPLES / "ejemplo.yaml", "--layer": "declarado"},
    "restore": lambda world: {"file": world.file("respaldo.tar.gz", b"x"), "--force": True},
    "start": lambda _: {"--port": 8999},
    "territory areas": lambda world: {**HERE, **world.areas(), "--kind": "sector"},
    "territory load": lambda _: {"--folder": CONTENT / "territory" / "chile"},
    "tickets import": lambda world: {**HERE, **world.sheet()},
    "tickets pack-from": lambda world: {**world.sheet(), "--output": world.folder / "salida"},
    "worker": lambda _: {"--until-empty": True},
}
AS_PROCESSES = {"backup", "restore", "worker", "start"}  # their good end is tested with processes of their own
TAKES_MUNICIPALITY = {"--municipality", "slug"}


@pytest.fixture
def world(tmp_path, settings, puerto_claro, monkeypatch) -> World:
    monkeypatch.setattr(stages, "missing", lambda _municipality: [])
    return World(tmp_path, settings)


def told(name: str, given: dict[str, object]) -> Result:
    return CliRunner().invoke(cli.collect(), words_of(name, given))


def key_of(param: click.Parameter) -> str:
    return param.name if isinstance(param, click.Argument) else param.opts[0]


def of(*, having: Callable[[click.Parameter], bool]) -> list[tuple[str, str]]:
    return [(name, key_of(p)) for name, command in all_commands().items() for p in command.params if having(p)]


def test_every_command_has_its_good_words_here() -> None:
    assert set(GOOD) == set(all_commands())


@pytest.mark.parametrize("name", all_commands())
def test_an_unknown_option_is_bad_input(name: str) -> None:
    done = CliRunner().invoke(cli.collect(), [*name.split(), "--no-existe"])

    assert (done.exit_code, done.stdout, "--no-existe" in done.stderr) == (2, "", True)


@pytest.mark.parametrize(("name", "key"), of(having=lambda p: p.required))
def test_what_must_be_told_is_asked_for(world, name: str, key: str) -> None:
    done = told(name, {word: value for word, value in GOOD[name](world).items() if word != key})

    assert (done.exit_code, done.stdout) == (2, ""), done.output


@pytest.mark.parametrize(("name", "key"), of(having=lambda p: key_of(p) in TAKES_MUNICIPALITY))
def test_an_unknown_municipality_is_bad_input(world, name: str, key: str) -> None:
    done = told(name, GOOD[name](world) | {key: "no-existe"})

    assert (done.exit_code, done.stdout, "«no-existe»" in done.stderr) == (2, "", True), done.output


@pytest.mark.parametrize(("name", "key"), of(having=lambda p: isinstance(p.type, click.Path)))
def test_a_path_that_cannot_be_read_or_written_is_bad_input(world, name: str, key: str) -> None:
    given = GOOD[name](world)
    if key == "--write-mapping":  # a proposal is written only when no mapping is given
        del given["--mapping"]
    done = told(name, given | {key: world.file("no-es-carpeta", b"") / "nada"})

    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert "no-es-carpeta" in done.stderr


@pytest.mark.parametrize("name", sorted(set(GOOD) - AS_PROCESSES))
def test_told_right_it_writes_its_result_on_stdout_and_ends_with_zero(world, name: str) -> None:
    assert speaks_json(all_commands()[name])
    done = told(name, GOOD[name](world) | {"--json": True})
    assert done.exit_code == 0, done.output
    schema = json.loads(schema_file(name).read_text(encoding="utf-8"))

    Draft202012Validator(schema, format_checker=FormatChecker()).validate(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("reason", "code", "said"),
    [
        (KeyringError("damaged_value"), 3, "Un dato cifrado está dañado"),
        (OperationalError("no such table: tickets_ticket"), 3, "no such table: tickets_ticket"),
        (PermissionError(13, "Permission denied", "/etc/claves"), 2, "No se pudo usar /etc/claves"),
        (KeyboardInterrupt(), 130, "Se interrumpió"),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("name", all_commands())
def test_whatever_stops_a_command_is_one_sentence_on_stderr(monkeypatch, name, reason, code, said) -> None:
    def stop() -> None:
        raise reason

    command = all_commands()[name]
    monkeypatch.setattr(command, "params", [])
    monkeypatch.setattr(command, "callback", stop)
    done = CliRunner().invoke(cli.collect(), name.split())

    assert (done.exit_code, done.stdout, said in done.stderr) == (code, "", True), done.output
    assert "Traceback" not in done.stderr


def test_a_fault_of_the_program_is_never_taken_for_refused_rows(monkeypatch, capsys) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "collect", lambda: fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert (ended.value.code, "ZeroDivisionError" in capsys.readouterr().err) == (70, True)


def test_a_wrong_variable_is_bad_input_and_is_named(monkeypatch, capsys) -> None:
    def refuse() -> None:
        raise SettingError("CABILDO_HTTPS debe ser true o false")

    monkeypatch.setattr(django, "setup", refuse)
    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert (ended.value.code, capsys.readouterr().err) == (2, "CABILDO_HTTPS debe ser true o false\n")


@pytest.mark.parametrize("lacking", [{"missing_files": ["a/b"]}, {"missing_files": [], "values_without_key": 2}])
def test_a_backup_that_finds_something_missing_is_done_and_ends_with_one(monkeypatch, tmp_path, lacking) -> None:
    made = {"file": "x", "rows": {}, "files": 0, "migrations": [], "keys": []}
    monkeypatch.setattr(commands_backup.backups, "create", lambda _target, keys_to: made | lacking)
    done = told("backup", {"target": tmp_path, "--json": True})

    assert (done.exit_code, json.loads(done.stdout)["file"], "Atención" in done.stderr) == (1, "x", True)


def test_what_is_no_backup_is_bad_input(monkeypatch, tmp_path) -> None:
    def refuse(file: Path, *, force: bool) -> None:
        raise BackupError("unreadable", path=file)

    monkeypatch.setattr(commands_backup.backups, "restore", refuse)
    (tmp_path / "x").touch()
    done = told("restore", {"file": tmp_path / "x"})

    assert (done.exit_code, done.stdout, "no es un respaldo de Cabildo" in done.stderr) == (2, "", True)


def test_a_busy_port_is_refused_before_anything_is_prepared(monkeypatch) -> None:
    monkeypatch.setattr(serving, "prepare", lambda: pytest.fail("prepared"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = told("start", {"--port": taken.getsockname()[1]})

    assert (done.exit_code, done.stdout, "--port" in done.stderr) == (3, "", True)


def test_a_server_that_ends_by_itself_is_a_fault_and_takes_the_others_along(monkeypatch) -> None:
    monkeypatch.setattr(serving.signal, "signal", lambda *_: None)
    ended, lasting = (subprocess.Popen(["sleep", seconds]) for seconds in ("0", "600"))

    assert (serving._stay([ended, lasting]), lasting.returncode) == (70, -signal.SIGTERM)


def test_a_time_zone_that_does_not_exist_is_bad_input_and_creates_nothing(db) -> None:
    done = told("municipality create", {"--slug": "nueva", "--name": "Nueva", "--time-zone": "America/Nada"})

    assert (done.exit_code, "«America/Nada»" in done.stderr) == (2, True)
    assert not Municipality.objects.exists()
