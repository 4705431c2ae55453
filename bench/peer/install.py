"""The peer's environment, made once from the package registry and never part of our locks."""

import shutil
import subprocess
import sys

from bench.sites import PEER_PYTHON, ROOT

NEEDS = ["django-helpdesk", "granian", "psycopg[binary,pool]", "dj-database-url"]
LIMIT_S = 300


def install() -> None:
    if PEER_PYTHON.exists():
        return
    uv = shutil.which("uv") or str(ROOT / ".tools" / "uv" / "bin" / "uv")
    folder = PEER_PYTHON.parents[1]
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(folder)], check=True, timeout=LIMIT_S)
    command = [uv, "pip", "install", "--quiet", "--python", str(PEER_PYTHON), *NEEDS]
    subprocess.run(command, check=True, timeout=LIMIT_S)


def versions() -> str:
    program = "from importlib.metadata import version as v; print(v('django-helpdesk'), 'on Django', v('django'))"
    done = subprocess.run([str(PEER_PYTHON), "-c", program], capture_output=True, text=True, check=True)
    return f"django-helpdesk {done.stdout.strip()}"
