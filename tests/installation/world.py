"""Real processes of one installation: command line, web server, worker. They can be killed."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg

import cabildo

PATIENCE_S = 30
TESTS = Path(__file__).parents[1]
SRC = Path(cabildo.__file__).parents[1]
SECRET = "solo-para-pruebas-" * 4


@dataclass(frozen=True)
class Installation:
    """`folder` holds its data; `testing` uses the fixed keys of the tests instead of a key file."""

    url: str
    folder: Path
    testing: bool = True

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """`cabildo <words>` as a process of its own."""
        return self._finished(["cabildo.site.cli", *words], check=check)

    def drive(self, *words: str) -> str:
        """One of the errands of installation/drive.py."""
        return self._finished(["installation.drive", *words], check=True).stdout

    @contextmanager
    def worker(self, *options: str) -> Iterator[subprocess.Popen[bytes]]:
        with self._running(["cabildo.site.cli", "worker", *options]) as process:
            yield process

    @contextmanager
    def server(self, port: int) -> Iterator[subprocess.Popen[bytes]]:
        """Granian as it is served in production, answering before the block begins."""
        words = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
        words += ["--blocking-threads", "4", "--no-ws", "--log-level", "error", "cabildo.site.wsgi:application"]
        with self._running(words) as process:
            wait_until(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
            yield process

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Asked of the database itself, past the program."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(urlsplit(self.url).path)) as connection:
                found = connection.execute(query).fetchall()
                connection.commit()
                return found
        with psycopg.connect(self.url) as server:
            cursor = server.execute(query)
            return cursor.fetchall() if cursor.description else []

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "CABILDO_TESTING": "1" if self.testing else "0",
            "CABILDO_SECRET_KEY": SECRET,
            "CABILDO_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "cabildo.site.settings",
            "PYTHONPATH": f"{SRC}{os.pathsep}{TESTS}",
        }

    def _finished(self, words: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "ignore", "-m", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert not check or done.returncode == 0, done.stderr
        return done

    @contextmanager
    def _running(self, words: list[str]) -> Iterator[subprocess.Popen[bytes]]:
        """In a process group of its own, so that children die with it."""
        command = [sys.executable, "-W", "ignore", "-m", *words]
        with subprocess.Popen(command, env=self.environment, start_new_session=True) as process:
            try:
                yield process
            finally:
                kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and all its children: nobody gets to tidy up."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def answers(address: str) -> bool:
    try:
        urlopen(address, timeout=2).close()  # noqa: S310
    except (URLError, OSError):
        return False
    return True


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(reached: Callable[[], object], seconds: float = PATIENCE_S) -> None:
    """Look again and again; fails when it does not come."""
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
