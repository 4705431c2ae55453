"""`cabildo start`: everything a machine needs to try the platform, in one process tree.

A real installation runs server and worker as services; docs/how-to/instalar.md says how.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command

from cabildo import audit
from cabildo.content.packs import load_directory
from cabildo.site import commands_backup, commands_municipality, demo
from cabildo.territory import actions as territory

STEP = "» "
STOP_SECONDS = 15
EXIT_REFUSED = 3
EXIT_FAULT = 70  # the server or the worker ended by itself


def _say(words: str) -> None:
    click.secho(f"{STEP}{words}", bold=True, err=True)


def prepare() -> list[tuple[str, str]]:
    """Tables, country, contents, demonstration; the demonstration's accounts."""
    steps: list[tuple[str, Callable[[], object]]] = [
        ("Preparando la base de datos…", lambda: call_command("migrate", verbosity=0)),
        (
            "Reuniendo los archivos de las páginas…",
            lambda: call_command("collectstatic", verbosity=0, interactive=False),
        ),
        ("Cargando regiones, provincias y comunas…", _load_country),
        ("Cargando los contenidos…", lambda: load_directory(Path(settings.CONTENT_DIR))),
        *demo.STEPS,
    ]
    for words, step in steps:
        _say(words)
        step()
    return demo.ACCOUNTS


def _load_country() -> None:
    territory.load_divisions(Path(settings.CONTENT_DIR) / "territory" / "chile", by=audit.SYSTEM)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Puerto de esta máquina.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Procesos que atienden páginas."
)
def start(port: int, workers: int) -> None:
    """Prepara todo, sirve la plataforma y trabaja la cola, hasta Ctrl+C."""
    _refuse_a_busy(port)
    os.environ.setdefault("CABILDO_BASE_ADDRESS", f"http://127.0.0.1:{port}")
    accounts = prepare()
    children = [_server(port, workers), _worker()]
    _wait_until_up(port)
    _tell(port, accounts)
    raise SystemExit(_stay(children))


def _refuse_a_busy(port: int) -> None:
    """Before minutes of preparation, and before the answers of another program are taken for ours."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            click.echo(f"El puerto {port} está ocupado o reservado. Elija otro con --port.", err=True)
            raise SystemExit(EXIT_REFUSED) from error


def _server(port: int, workers: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
    return subprocess.Popen([*command, "cabildo.site.wsgi:application"])  # noqa: S603


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "cabildo.site.cli", "worker"])


def _wait_until_up(port: int) -> None:
    from urllib.error import URLError
    from urllib.request import urlopen

    for _attempt in range(150):
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return


def _tell(port: int, accounts: list[tuple[str, str]]) -> None:
    address = f"http://127.0.0.1:{port}/m/{demo.SLUG}/"
    _say("Listo.")
    click.echo(f"\n  Portal del vecino   {address}\n  Mesa de trabajo     {address}mesa/\n")
    click.echo(f"  Cuentas de demostración (clave «{demo.PASSWORD}»):")
    for email, role in accounts:
        click.echo(f"    {email:<34}{role}")
    click.echo("\n  Los correos que saldrían quedan en var/mail. Ctrl+C para terminar: los datos quedan guardados.")


def _stay(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait for a signal, or for a child that ends by itself; then end the others in order."""

    def end(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    code = 0
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        code = EXIT_FAULT
    except KeyboardInterrupt:
        _say("Terminando…")
    for child in children:
        child.terminate()
    for child in children:
        child.wait(timeout=STOP_SECONDS)
    return code


commands = [start, *commands_backup.commands, *commands_municipality.commands]
