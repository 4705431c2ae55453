"""The drill: lose everything, put it back, and find every row, file and hash where it was."""

import gzip
import io
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from cabildo.db.keyring import add_key, create_key_file
from cabildo.site.backup import archive, databases
from cabildo.site.backup.errors import BackupError
from installation.fixtures import NewCopy, scratch_database
from installation.world import Installation

TICKETS = "SELECT folio, text, state FROM tickets_ticket ORDER BY folio"
AUDIT = "SELECT count(*), max(id) FROM audit_entry"

pytestmark = pytest.mark.django_db  # the installations start as copies of the test database


@pytest.fixture(scope="module")
def origin(populated: NewCopy, tmp_path_factory) -> Iterator[Installation]:
    """An installation with a key file of its own and three requests, each with a person and a paper."""
    with populated() as url:
        made = Installation(url=url, folder=tmp_path_factory.mktemp("origin"), testing=False)
        create_key_file(made.folder / "keys.json")
        made.drive("receive", "3")
        yield made


@pytest.fixture(scope="module")
def made(origin: Installation, tmp_path_factory) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("made") / "respaldo.tar.gz"
    origin.run("backup", str(file))
    return file


@pytest.fixture
def here(origin: Installation, populated: NewCopy, tmp_path: Path) -> Iterator[Installation]:
    """A copy of that installation, to change at will."""
    shutil.copytree(origin.folder, tmp_path / "here")
    with populated(origin.url) as url:
        yield replace(origin, url=url, folder=tmp_path / "here")


@pytest.fixture
def elsewhere(origin: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An empty machine that has been given the key file."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(origin.folder / "keys.json", folder)
    if connection.vendor == "postgresql":
        with scratch_database() as url:
            yield replace(origin, url=url, folder=folder)
    else:
        yield replace(origin, url=f"sqlite:///{folder / 'cabildo.sqlite3'}", folder=folder)


def files_of(installation: Installation) -> dict[str, bytes]:
    root = installation.folder / "files"
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_everything_comes_back_on_an_empty_machine(here, elsewhere, made) -> None:
    restored = elsewhere.run("restore", str(made), "--json")

    report = json.loads(restored.stdout)
    assert (report["files"], report["missing_files"], report["pending_migrations"]) == (3, [], [])
    assert (elsewhere.rows(TICKETS), elsewhere.rows(AUDIT)) == (here.rows(TICKETS), here.rows(AUDIT))
    assert files_of(elsewhere) == files_of(here)
    assert len(elsewhere.rows(TICKETS)) == len(files_of(elsewhere)) == 3


@pytest.mark.slow
def test_a_restored_installation_works_on(elsewhere, made) -> None:
    elsewhere.run("restore", str(made))

    elsewhere.drive("receive", "1")
    status = json.loads(elsewhere.run("keys", "status", "--json").stdout)

    assert len(elsewhere.rows(TICKETS)) == 4
    emails = next(f for f in status["fields"] if (f["model"], f["field"]) == ("people.requester", "email"))
    assert emails["rows"] == {"k1": 4}
    with pytest.raises(Exception, match=r"agregar|append"):
        elsewhere.rows("DELETE FROM audit_entry")


@pytest.mark.slow
def test_the_backup_says_in_words_that_the_keys_are_apart(here, tmp_path) -> None:
    target = tmp_path / "respaldos"
    target.mkdir()

    done = here.run("backup", str(target), "--json")

    (file,) = target.iterdir()
    assert "Sin el archivo de claves los datos personales no se pueden recuperar" in done.stderr
    assert json.loads(done.stdout)["file"] == str(file)
    assert file.stat().st_mode & 0o777 == 0o600
    secrets = json.loads((here.folder / "keys.json").read_text())
    inside = gzip.decompress(file.read_bytes())
    assert not any(text.encode() in inside for text in [*secrets["keys"].values(), secrets["index_key"]])
    assert b"rosa0@vecinos.cl" not in inside


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--with-keys"], 3, "Diga dónde"),
        (["--with-keys", "{folder}/claves.json"], 3, "misma carpeta"),
        (["--with-keys", "{folder}/otra/claves.json"], 0, ""),
    ],
    ids=["nowhere", "beside the backup", "elsewhere"],
)
def test_the_key_file_is_copied_only_to_a_place_of_its_own(here, tmp_path, words, code, said) -> None:
    (tmp_path / "otra").mkdir()

    done = here.run("backup", str(tmp_path / "x.tar.gz"), *[w.format(folder=tmp_path) for w in words], check=False)

    copies = list(tmp_path.rglob("claves.json"))
    assert (done.returncode, said in done.stderr) == (code, True)
    assert len(copies) == (code == 0)
    assert all(path.read_bytes() == (here.folder / "keys.json").read_bytes() for path in copies)


@pytest.mark.slow
def test_data_here_are_replaced_only_when_asked_and_kept_beside(here, made) -> None:
    here.drive("receive", "1")
    refused = here.run("restore", str(made), check=False)
    assert (refused.returncode, "--force" in refused.stderr, len(here.rows(TICKETS))) == (3, True, 4)

    done = json.loads(here.run("restore", str(made), "--force", "--json").stdout)

    assert len(here.rows(TICKETS)) == 3
    kept = [Path(path) for path in done["kept"]]
    assert len(kept) == (1 if connection.vendor == "postgresql" else 2)
    assert len([path for path in kept[-1].rglob("*") if path.is_file()]) == 4


@pytest.mark.slow
def test_tables_of_a_later_version_do_not_survive_the_way_back(here, made) -> None:
    here.rows("CREATE TABLE of_tomorrow (id integer)")

    here.run("restore", str(made), "--force")

    with pytest.raises(Exception, match="of_tomorrow"):
        here.rows("SELECT * FROM of_tomorrow")


@pytest.mark.slow
def test_another_key_of_the_same_name_is_refused(elsewhere, made) -> None:
    (elsewhere.folder / "keys.json").unlink()
    create_key_file(elsewhere.folder / "keys.json")

    refused = elsewhere.run("restore", str(made), check=False)

    assert (refused.returncode, "no es la de este respaldo" in refused.stderr) == (3, True)
    assert not files_of(elsewhere)


@pytest.mark.slow
def test_a_key_that_is_missing_is_named(here, elsewhere, tmp_path) -> None:
    add_key(here.folder / "keys.json")
    here.drive("receive", "1")
    here.run("backup", str(tmp_path / "after.tar.gz"))

    refused = elsewhere.run("restore", str(tmp_path / "after.tar.gz"), check=False)

    assert (refused.returncode, "no tiene la clave «k2»" in refused.stderr) == (3, True)


def rewritten(backup: Path, target: Path, change) -> Path:
    """The same archive with the content of its members changed by `change(name, content)`; None leaves one out."""
    with tarfile.open(backup) as source, tarfile.open(target, "w:gz") as copy:
        for member in source:
            content = change(member.name, source.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                copy.addfile(member, io.BytesIO(content))
    return target


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: b"otra" if name.startswith("files/") else content,
        lambda name, content: None if name.startswith("files/") else content,
        lambda name, content: content.replace(b"0", b"1") if name == archive.SUMS else content,
        lambda name, content: content[:-1] if name.startswith("database.") else content,
    ],
    ids=["another file", "a file less", "other hashes", "a database cut short"],
)
def test_a_changed_backup_is_refused_and_changes_nothing(elsewhere, made, tmp_path, change) -> None:
    changed = rewritten(made, tmp_path / "changed.tar.gz", change)

    refused = elsewhere.run("restore", str(changed), check=False)

    assert (refused.returncode, "dañado" in refused.stderr) == (3, True)
    assert sorted(path.name for path in elsewhere.folder.iterdir() if "sqlite" not in path.name) == ["keys.json"]


@pytest.mark.parametrize("cut", [0, 10, 200])
def test_half_a_file_is_no_backup(tmp_path, cut) -> None:
    whole = tmp_path / "whole.tar.gz"
    with archive.writing(whole) as writer:
        (tmp_path / "x").write_text("x" * 1000)
        writer.add(tmp_path / "x", "files/x")
        writer.finish({})
    half = tmp_path / "half.tar.gz"
    half.write_bytes(whole.read_bytes()[:cut])

    with pytest.raises(BackupError) as refused:
        archive.unpack(half, tmp_path / "staged")

    assert refused.value.code == "unreadable"


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "files/../../outside"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path, name) -> None:
    hostile = tmp_path / "hostile.tar.gz"
    with tarfile.open(hostile, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo(name))

    with pytest.raises(BackupError):
        archive.unpack(hostile, tmp_path / "a" / "staged")

    assert {path for path in tmp_path.rglob("outside") if tmp_path / "a" / "staged" not in path.parents} == set()


def test_an_existing_backup_is_never_replaced(tmp_path) -> None:
    (tmp_path / "mine.tar.gz").write_text("precious")

    with pytest.raises(BackupError) as refused, archive.writing(tmp_path / "mine.tar.gz") as writer:
        writer.finish({})

    assert (refused.value.code, (tmp_path / "mine.tar.gz").read_text()) == ("exists", "precious")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.tar.gz"]


def test_without_the_tools_of_postgresql_the_refusal_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setattr(databases.shutil, "which", lambda _name: None)

    with pytest.raises(BackupError) as refused:
        databases._run("pg_dump")

    assert "apt-get install postgresql-client" in refused.value.sentence


@pytest.mark.slow
def test_the_hashes_can_be_checked_without_this_program(made, tmp_path) -> None:
    (tmp_path / "open").mkdir()
    subprocess.run(["tar", "xzf", made, "-C", tmp_path / "open"], check=True)

    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "open", capture_output=True, text=True, check=False
    )

    assert (checked.returncode, checked.stdout.count(": OK")) == (0, 4)


@pytest.mark.slow
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="on PostgreSQL the transaction waits for the others and gives up"
)
def test_a_database_in_use_is_not_replaced(here, made) -> None:
    import sqlite3

    other = sqlite3.connect(urlsplit(here.url).path)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("SELECT count(*) FROM tickets_ticket").fetchall()

    refused = here.run("restore", str(made), "--force", check=False)

    assert (refused.returncode, "Detenga cabildo-web" in refused.stderr) == (3, True)
    other.close()
