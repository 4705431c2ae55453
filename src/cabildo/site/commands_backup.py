"""`cabildo backup` and `cabildo restore`: a copy of everything, and the way back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as say

from cabildo.site import backup as backups
from cabildo.site.backup.errors import WITHOUT_KEYS, BackupError
from cabildo.ui import spanish
from cabildo.ui.command_files import ExistingFile

EXIT_ANOMALIES = 1
BAD_INPUT = {"no_folder", "unreadable"}
as_json_option = click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")


@click.command()
@click.argument("target", metavar="CARPETA|ARCHIVO", type=click.Path(path_type=Path))
@click.option(
    "--with-keys",
    "keys_to",
    is_flag=False,
    flag_value="",
    metavar="RUTA",
    help="Copia también el archivo de claves a esta otra ruta; nunca junto al respaldo.",
)
@as_json_option
def backup(target: Path, keys_to: str | None, *, as_json: bool) -> None:
    """Respalda la base de datos y los archivos en un solo archivo, sin detener la plataforma."""
    if keys_to == "":
        raise BackupError("keys_need_a_place")
    with _bad_input_as_such():
        made = backups.create(target, keys_to=Path(keys_to) if keys_to else None)
    _show(_without_long_lists(made), _made_words(made), as_json=as_json)
    if not keys_to:
        click.echo(str(WITHOUT_KEYS), err=True)
    _end(made)


@click.command()
@click.argument("file", metavar="ARCHIVO", type=ExistingFile())
@click.option("--force", is_flag=True, help="Reemplaza los datos que haya.")
@as_json_option
def restore(file: Path, *, force: bool, as_json: bool) -> None:
    """Pone de vuelta un respaldo: comprueba todo antes de cambiar nada."""
    with _bad_input_as_such():
        done = backups.restore(file, force=force)
    _show(done, _restored_words(done), as_json=as_json)
    if done["pending_migrations"]:
        count = len(done["pending_migrations"])
        click.echo(say("Faltan %(count)s migraciones: córralas antes de abrir.") % {"count": count}, err=True)
    _end(done)


@contextmanager
def _bad_input_as_such() -> Iterator[None]:
    try:
        yield
    except BackupError as refusal:
        if refusal.code not in BAD_INPUT:
            raise
        raise click.UsageError(refusal.sentence) from refusal


def _show(result: dict[str, Any], words: str, *, as_json: bool) -> None:
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else words)


def _without_long_lists(made: dict[str, Any]) -> dict[str, Any]:
    totals = {"tables": len(made["rows"]), "rows": sum(made["rows"].values()), "migrations": len(made["migrations"])}
    return {**made, **totals, "keys": sorted(made["keys"])}


def _made_words(made: dict[str, Any]) -> str:
    rows = spanish.number(sum(made["rows"].values()))
    facts = {"file": made["file"], "rows": rows, "files": spanish.number(made["files"])}
    return say("Respaldo en %(file)s: %(rows)s filas y %(files)s archivos.") % facts


def _restored_words(done: dict[str, Any]) -> str:
    made_at = timezone.localtime(datetime.fromisoformat(done["created_at"]))
    created = f"{spanish.long_date(made_at)}, {spanish.clock(made_at)}"
    facts = {"rows": spanish.number(done["rows"]), "files": spanish.number(done["files"]), "created": created}
    words = say("Se restauró el respaldo del %(created)s: %(rows)s filas y %(files)s archivos.") % facts
    return "\n".join([words, *(say("Lo anterior quedó en %(path)s.") % {"path": path} for path in done["kept"])])


def _end(result: dict[str, Any]) -> None:
    """Say what is missing, and end with 1 when something is."""
    warnings = list(_anomalies(result))
    for words in warnings:
        click.echo(words, err=True)
    if warnings:
        raise SystemExit(EXIT_ANOMALIES)


def _anomalies(result: dict[str, Any]) -> Iterator[str]:
    if missing := len(result["missing_files"]):
        yield say("Atención: %(count)s documentos de la base no tienen su archivo.") % {"count": missing}
    if closed := result.get("values_without_key"):
        words = say("Atención: %(count)s datos están cifrados con una clave que el archivo de claves no tiene.")
        yield words % {"count": closed}


commands = [backup, restore]
