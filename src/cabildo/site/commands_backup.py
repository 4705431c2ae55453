"""`cabildo backup` and `cabildo restore`: a copy of everything, and the way back."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as say

from cabildo.site import backup as backups
from cabildo.site.backup.errors import WITHOUT_KEYS, BackupError
from cabildo.ui import spanish

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
    made = backups.create(target, keys_to=Path(keys_to) if keys_to else None)
    _show(_without_long_lists(made), _made_words(made), as_json=as_json)
    if not keys_to:
        click.echo(str(WITHOUT_KEYS), err=True)
    _warn(made)


@click.command()
@click.argument("file", metavar="ARCHIVO", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--force", is_flag=True, help="Reemplaza los datos que haya.")
@as_json_option
def restore(file: Path, *, force: bool, as_json: bool) -> None:
    """Pone de vuelta un respaldo: comprueba todo antes de cambiar nada."""
    done = backups.restore(file, force=force)
    _show(done, _restored_words(done), as_json=as_json)
    _warn(done)
    if done["pending_migrations"]:
        count = len(done["pending_migrations"])
        click.echo(say("Faltan %(count)s migraciones: córralas antes de abrir.") % {"count": count}, err=True)


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


def _warn(result: dict[str, Any]) -> None:
    if missing := len(result["missing_files"]):
        words = say("Atención: %(count)s documentos de la base no tienen su archivo.") % {"count": missing}
        click.echo(words, err=True)
    if closed := result.get("values_without_key"):
        words = say("Atención: %(count)s datos están cifrados con una clave que el archivo de claves no tiene.")
        click.echo(words % {"count": closed}, err=True)


commands = [backup, restore]
