"""How each kind of database is copied at one instant, and put back whole or not at all."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from cabildo.db.backends.sqlite.base import database_file
from cabildo.site.backup.errors import BackupError

SQLITE, POSTGRES = "sqlite", "postgresql"
FILE_NAMES = {SQLITE: "database.sqlite3", POSTGRES: "database.dump"}
SECONDS_TO_GET_THE_DATABASE_ALONE = 10
# the schema is built anew: tables of a later version must not survive a way back to an earlier one
BEFORE_LOADING = f"""
BEGIN;
SET LOCAL lock_timeout = '{SECONDS_TO_GET_THE_DATABASE_ALONE}s';
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


@dataclass(frozen=True)
class Snapshot:
    """The database at one instant: a file, and a connection that sees that same instant."""

    file: Path
    connection: BaseDatabaseWrapper


@contextmanager
def snapshot(folder: Path) -> Iterator[Snapshot]:
    """Copy the present database into the folder while it is in use."""
    copying = _sqlite_snapshot if connection.vendor == SQLITE else _postgres_snapshot
    with copying(folder / FILE_NAMES[connection.vendor]) as taken:
        yield taken


@contextmanager
def _sqlite_snapshot(file: Path) -> Iterator[Snapshot]:
    need_a_file()
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
    with reading(file) as reader:
        yield Snapshot(file, reader)


@contextmanager
def _postgres_snapshot(file: Path) -> Iterator[Snapshot]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (name,) = cursor.fetchone()
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={name}", f"--file={file}")
        yield Snapshot(file, connection)


@contextmanager
def reading(file: Path) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a copy of an SQLite database, which it cannot change."""
    options = {"init_command": "PRAGMA query_only=ON"}
    alone = ConnectionHandler({"default": {**connection.settings_dict, "NAME": str(file), "OPTIONS": options}})
    try:
        yield alone["default"]
    finally:
        alone["default"].close()


def need_a_file() -> None:
    if connection.vendor == SQLITE and connection.is_in_memory_db():  # type: ignore[attr-defined]
        raise BackupError("in_memory")


def put_back(file: Path, stamp: str) -> Path | None:
    """Replace the present database by this copy; where the old one lies, if it was kept."""
    connection.close()
    if connection.vendor == SQLITE:
        return _put_back_sqlite(file, stamp)
    _put_back_postgres(file)
    return None


def _put_back_sqlite(file: Path, stamp: str) -> Path | None:
    target = Path(database_file(connection.settings_dict["NAME"]))
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.restoring")
    shutil.move(file, beside)
    beside.chmod(0o600)
    kept = _set_aside(target, stamp)
    beside.replace(target)
    return kept


def _set_aside(database: Path, stamp: str) -> Path | None:
    if not database.exists() or not database.stat().st_size:
        return None
    try:
        with closing(sqlite3.connect(database, timeout=SECONDS_TO_GET_THE_DATABASE_ALONE)) as old:
            old.execute("PRAGMA journal_mode=DELETE")  # refused while anyone else has it open; else its log is in it
    except sqlite3.OperationalError as error:
        raise BackupError("in_use") from error
    except sqlite3.DatabaseError:
        pass  # not readable any more: kept as it is
    return database.rename(database.with_name(f"{database.name}.before-{stamp}"))


def _put_back_postgres(file: Path) -> None:
    """pg_restore writes SQL, psql runs it in one transaction that is committed only if both ended well."""
    commands = [_tool("pg_restore"), "--no-owner", "--no-acl", "--file=-", str(file)]
    with tempfile.TemporaryFile() as said, subprocess.Popen(commands, stdout=subprocess.PIPE, stderr=said) as source:  # noqa: S603
        loading = [_tool("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
        with subprocess.Popen(  # noqa: S603
            loading, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=_environment()
        ) as target:
            assert source.stdout is not None and target.stdin is not None  # noqa: S101, PT018
            _pour(source.stdout, target.stdin, ended_well=lambda: source.wait() == 0)
        if source.wait() or target.returncode:
            raise BackupError("tool_failed", tool="pg_restore", said=_told(said))


def _pour(source: IO[bytes], target: IO[bytes], ended_well: Any) -> None:
    try:
        target.write(BEFORE_LOADING.encode())
        shutil.copyfileobj(source, target)
        if ended_well():
            target.write(b"COMMIT;\n")
        target.close()
    except BrokenPipeError:
        source.close()  # psql stopped at an error, which it has told


def _run(tool: str, *words: str) -> None:
    done = subprocess.run([_tool(tool), *words], env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError("tool_failed", tool=tool, said=done.stderr.strip())


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError("tool_missing", tool=name)
    return found


def _told(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode(errors="replace").strip()


def _environment() -> dict[str, str]:
    """The tools learn where to connect from their environment: an argument would show the password to others."""
    settings = connection.settings_dict
    told = {name: str(settings[key]) for name, key in PG_NAMES.items() if settings.get(key)}
    if sslmode := settings["OPTIONS"].get("sslmode"):
        told["PGSSLMODE"] = sslmode
    return {**os.environ, **told}


PG_NAMES = {
    "PGHOST": "HOST",
    "PGPORT": "PORT",
    "PGUSER": "USER",
    "PGPASSWORD": "PASSWORD",
    "PGDATABASE": "NAME",
}
