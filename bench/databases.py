"""The two databases of a run: SQLite files in a temporary folder, and a private PostgreSQL cluster on a spare port."""

import getpass
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

SETTINGS = ["shared_buffers=512MB", "max_wal_size=4GB", "max_connections=100", "listen_addresses=127.0.0.1"]


def spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Databases(Protocol):
    """A kind of database: makes one by name, copies one, says its version."""

    kind: str
    version: str

    def create(self, name: str) -> str:
        """The DATABASE_URL of a new, empty database."""

    def copy(self, source: str, name: str) -> str:
        """The DATABASE_URL of a new database equal to `source`, which nobody is using."""

    def drop(self, name: str) -> None: ...


class SqliteFiles:
    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        import sqlite3

        self.folder = folder
        self.version = f"SQLite {sqlite3.sqlite_version}"

    def create(self, name: str) -> str:
        return f"sqlite:///{self._path(name)}"

    def copy(self, source: str, name: str) -> str:
        for suffix in ("", "-wal"):
            if (part := Path(f"{self._path(source)}{suffix}")).exists():
                shutil.copy(part, f"{self._path(name)}{suffix}")
        return self.create(name)

    def drop(self, name: str) -> None:
        for path in self.folder.glob(f"{name}.sqlite3*"):
            path.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"


class PostgresCluster:
    """Debian's PostgreSQL in a folder of its own, with `fsync` on as in a real installation."""

    kind = "postgresql"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = spare_port()
        self.programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
        self.version = self._run("postgres", "--version").stdout.strip().replace("postgres (PostgreSQL)", "PostgreSQL")

    def start(self) -> None:
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
        options = " ".join(f"-c {setting}" for setting in [*SETTINGS, f"unix_socket_directories={self.folder}"])
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", data, "-w", "-l", log, "-o", f"-p {self.port} {options}", "start", quiet=True)

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop", quiet=True)

    def create(self, name: str) -> str:
        self._run("createdb", *self._address, name)
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def copy(self, source: str, name: str) -> str:
        self._run("createdb", *self._address, "-T", source, name)
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def drop(self, name: str) -> None:
        self._run("dropdb", *self._address, "--if-exists", "--force", name)

    @property
    def _address(self) -> list[str]:
        return ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres"]

    def _run(self, program: str, *words: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
        as_postgres = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
        command = [*as_postgres, str(self.programs / program), *words]
        # a server that starts keeps its parent's pipes open: nothing to wait for there
        output = subprocess.DEVNULL if quiet else subprocess.PIPE
        return subprocess.run(command, cwd=self.folder, check=True, text=True, stdout=output, stderr=output)


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Databases]:
    """A place for databases of this kind, gone at the end."""
    folder.mkdir(parents=True)
    if kind == "sqlite":
        yield SqliteFiles(folder)
        return
    if getpass.getuser() == "root":
        shutil.chown(folder, "postgres")
    cluster = PostgresCluster(folder)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
