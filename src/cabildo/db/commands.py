"""`cabildo keys`: the keys that encrypt personal data."""

import json
from pathlib import Path
from typing import Any

import click
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from cabildo.db import keyring
from cabildo.db.fields import count_by_key, encrypted_fields, reencrypt

as_json_option = click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")


@click.group()
def keys() -> None:
    """Claves de cifrado: sin el archivo de claves los datos no se pueden recuperar."""


@keys.command()
@as_json_option
def create(*, as_json: bool) -> None:
    """Crea el archivo de claves de una instalación nueva."""
    path = Path(settings.KEY_FILE)
    keyring.create_key_file(path)
    result = {"key_file": str(path), "current": keyring.Keyring.load(path).current}
    _show(result, _("Se creó el archivo de claves %(key_file)s.") % result, as_json=as_json)
    _tell(_("Respáldelo aparte de la base de datos: sin el archivo de claves los datos no se pueden recuperar."))


@keys.command()
@click.option("--continue", "only_continue", is_flag=True, help="Termina una rotación interrumpida, sin otra clave.")
@as_json_option
def rotate(*, only_continue: bool, as_json: bool) -> None:
    """Agrega una clave y vuelve a cifrar todo con ella; se puede interrumpir y continuar."""
    current = keyring.Keyring.load(Path(settings.KEY_FILE)).current if only_continue else _add_key()
    rows = sum(_reencrypt_with_progress(model) for model in _models_with_secrets())
    words = _("Todos los datos están cifrados con la clave «%(current)s»: cambiaron %(rows)s filas.")
    result = {"current": current, "added": not only_continue, "rows": rows}
    _show(result, words % result, as_json=as_json)


@keys.command()
@as_json_option
def status(*, as_json: bool) -> None:
    """Muestra qué claves hay y cuántos datos abre cada una."""
    report = _report()
    _show(report, _as_text(report), as_json=as_json)


def _add_key() -> str:
    key_id = keyring.add_key(Path(settings.KEY_FILE))
    _tell(_("La clave «%(key)s» cifra desde ahora. Respalde el archivo de claves.") % {"key": key_id})
    return key_id


def _show(result: dict[str, Any], words: str, *, as_json: bool) -> None:
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else words)


def _tell(words: str) -> None:
    click.echo(words, err=True)


def _models_with_secrets() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if encrypted_fields(model) and not model._meta.proxy]


def _reencrypt_with_progress(model: type[models.Model]) -> int:
    done = 0
    for written in reencrypt(model):
        done += written
        _tell(_("%(model)s: %(done)s filas") % {"model": model._meta.label_lower, "done": done})
    return done


def _report() -> dict[str, Any]:
    ring = keyring.active()
    path = Path(settings.KEY_FILE)
    return {
        "key_file": str(path),
        "only_owner_reads": path.exists() and keyring.only_owner_reads(path),
        "current": ring.current,
        "keys": list(ring.keys),
        "fields": [
            {"model": model._meta.label_lower, "field": field.name, "rows": count_by_key(field)}
            for model in _models_with_secrets()
            for field in encrypted_fields(model)
        ],
    }


def _as_text(report: dict[str, Any]) -> str:
    lines = [
        _("Archivo de claves: %(key_file)s") % report,
        _("Clave vigente: %(current)s") % report,
    ]
    if not report["only_owner_reads"]:
        lines.append(_("Atención: otros usuarios de la máquina pueden leer el archivo. Use «chmod 600»."))
    for entry in report["fields"]:
        rows = ", ".join(f"{key_id}: {number}" for key_id, number in entry["rows"].items())
        lines.append(f"{entry['model']}.{entry['field']}: {rows}")
    return "\n".join(lines)


commands = [keys]
