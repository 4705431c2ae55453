"""A queue in a database of its own, served by real worker processes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cabildo

PATIENCE_S = 30
TESTS = Path(__file__).parents[1]
SRC = Path(cabildo.__file__).parents[1]


@dataclass(frozen=True)
class QueueWorld:
    url: str
    marks: Path

    def run(self, *words: str) -> str:
        done = subprocess.run(self._command(words), env=self._env(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def enqueue(self, name: str, *argument_sets: dict[str, Any]) -> None:
        self.run("enqueue", name, json.dumps(argument_sets or [{}]))

    def jobs(self, name: str) -> list[dict[str, Any]]:
        return json.loads(self.run("jobs", "list", "--json", "--name", name))["jobs"]

    def states(self, name: str) -> list[str]:
        return [job["state"] for job in self.jobs(name)]

    def lines(self) -> list[str]:
        return self.marks.read_text(encoding="utf-8").split() if self.marks.exists() else []

    @contextmanager
    def worker(self, *options: str) -> Iterator[subprocess.Popen[str]]:
        """A worker process; killed at the end if it still runs."""
        with subprocess.Popen(
            self._command(("worker", *options)), env=self._env(), stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def _command(self, words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-W", "ignore", "-m", "jobs.drive", *words]

    def _env(self) -> dict[str, str]:
        return {
            **os.environ,
            "CABILDO_TESTING": "1",
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "jobs.minimal_settings",
            "PYTHONPATH": f"{SRC}{os.pathsep}{TESTS}",
        }


def wait_until(reached: Callable[[], bool]) -> None:
    """Look again and again; fails after half a minute."""
    deadline = time.monotonic() + PATIENCE_S
    while not reached():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
