"""`cabildo keys`: the keys that encrypt personal data."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from cabildo.db import keyring
from cabildo.db.fields import count_by_key, encrypted_fields, reencrypt
from cabildo.db.keyring import KeyringError


@click.group()
def keys() -> None:
    """Claves de cifrado: sin el archivo de claves los datos no se pueden recuperar."""


@keys.command()
def create() -> None:
    """Crea el archivo de claves de una instalación nueva."""
    path = Path(settings.KEY_FILE)
    with _failures_in_words():
        keyring.create_key_file(path)
    click.echo(
        _(
            "Se creó el archivo de claves %(path)s. Respáldelo aparte de la base de datos: sin el archivo de claves "
            "los datos no se pueden recuperar."
        )
        % {"path": path}
    )


@keys.command()
@click.option("--continue", "only_continue", is_flag=True, help="Termina una rotación interrumpida, sin otra clave.")
def rotate(only_continue: bool) -> None:
    """Agrega una clave y vuelve a cifrar todo con ella; se puede interrumpir y continuar."""
    with _failures_in_words():
        if not only_continue:
            key_id = keyring.add_key(Path(settings.KEY_FILE))
            click.echo(_("La clave «%(key)s» cifra desde ahora. Respalde el archivo de claves.") % {"key": key_id})
        for model in _models_with_secrets():
            _reencrypt_with_progress(model)
    click.echo(_("Todos los datos están cifrados con la clave vigente."))


@keys.command()
@click.option("--json", "as_json", is_flag=True, help="Salida para programas.")
def status(as_json: bool) -> None:
    """Muestra qué claves hay y cuántos datos abre cada una."""
    with _failures_in_words():
        report = _report()
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else _as_text(report))


@contextmanager
def _failures_in_words() -> Iterator[None]:
    try:
        yield
    except KeyringError as error:
        raise click.ClickException(error.sentence) from error
    except OSError as error:
        raise click.ClickException(
            _("No se pudo usar %(path)s: %(reason)s.") % {"path": settings.KEY_FILE, "reason": error.strerror}
        ) from error


def _models_with_secrets() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if encrypted_fields(model) and not model._meta.proxy]


def _reencrypt_with_progress(model: type[models.Model]) -> None:
    done = 0
    for written in reencrypt(model):
        done += written
        click.echo(_("%(model)s: %(done)s filas") % {"model": model._meta.label_lower, "done": done})


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
