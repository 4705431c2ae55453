"""What is measured: the desk, the floor below it, and its peer; each prepared in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BENCH = Path(__file__).parent
ROOT = BENCH.parent
RESULTS = BENCH / "results"
PEER_PYTHON = RESULTS / ".venv-peer" / "bin" / "python"
PREPARE_LIMIT_S = 1_800


@dataclass(frozen=True)
class Site:
    """A Django project on one database. `prepare` is the module that fills it."""

    name: str
    wsgi: str
    prepare: str
    settings: str
    database_url: str
    data_dir: Path
    python: str = sys.executable
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("CABILDO_")}
        search = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        own = {
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": self.settings,
            "CABILDO_DATA_DIR": str(self.data_dir),
            "PYTHONPATH": search,
        }
        return {**inherited, **own, **self.more}

    def run(self, module: str, *words: object, limit_s: float = PREPARE_LIMIT_S) -> dict[str, Any]:
        """Run a module inside the site; its last line is what it found out, as JSON."""
        command = [self.python, "-m", module, *map(str, words)]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=limit_s, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{self.name}: {module} ended with {done.returncode}\n{done.stderr[-3000:]}")
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


def desk(database_url: str, data_dir: Path) -> Site:
    return Site("Cabildo", "cabildo.site.wsgi:application", "bench.desk.prepare", "cabildo.site.settings",
                database_url, data_dir)  # fmt: skip


def floor(database_url: str, data_dir: Path, *, name: str = "bare Django") -> Site:
    return Site(name, "bench.floor.wsgi:application", "bench.floor.prepare", "bench.floor.settings",
                database_url, data_dir)  # fmt: skip


def peer(database_url: str, data_dir: Path) -> Site:
    return Site("django-helpdesk", "bench.peer.wsgi:application", "bench.peer.prepare", "bench.peer.settings",
                database_url, data_dir, python=str(PEER_PYTHON))  # fmt: skip
