"""`cabildo content`: check, load, export and adopt packs, also as workbooks. Result on stdout, messages on stderr."""

import json
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import Municipality
from cabildo.content import actions, packs, queries
from cabildo.content.commands_workbooks import WORKBOOK_COMMANDS
from cabildo.content.errors import ContentError

DONE, REFUSED_ROWS, BAD_INPUT, REFUSED = 0, 1, 2, 3
OUTCOMES = {
    "valid": "válido",
    "created": "cargado por primera vez",
    "updated": "versión nueva cargada",
    "unchanged": "sin cambios",
    "refused": "rechazado",
}
as_json_option = click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
folder_argument = click.argument("folder", type=click.Path(path_type=Path), required=False)


@click.group("content")
def content_group() -> None:
    """Paquetes de contenido: revisar, cargar, exportar, adoptar y llenar en Excel."""


@content_group.command()
@folder_argument
@as_json_option
def check(folder: Path | None, *, as_json: bool) -> None:
    """Revisa los paquetes de una carpeta sin cargar nada."""
    report = _report(packs.check_directory, folder)
    counts = {"read": len(report.packs), "valid": report.count("valid"), "refused": report.count("refused")}
    _answer(report, counts, as_json=as_json)


@content_group.command()
@folder_argument
@as_json_option
def load(folder: Path | None, *, as_json: bool) -> None:
    """Publica los paquetes de una carpeta. Una versión ya publicada no cambia."""
    report = _report(packs.load_directory, folder)
    counts = {name: report.count(name) for name in ("created", "updated", "unchanged", "refused")}
    _answer(report, {"read": len(report.packs), **counts, "followed": report.followed}, as_json=as_json)


@content_group.command()
@click.argument("pack")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--version", "number", type=int, help="Número de versión; sin él, la última.")
@as_json_option
def export(pack: str, folder: Path, number: int | None, *, as_json: bool) -> None:
    """Escribe una versión publicada como carpeta de archivos. PACK se escribe tipo/nombre."""
    kind, _slash, slug = pack.partition("/")
    try:
        version = queries.version_of(queries.pack_named(kind, slug), number)
        written = packs.export_version(version, folder)
    except ContentError as refusal:
        _fail(refusal, REFUSED if refusal.code == "folder_not_empty" else BAD_INPUT)
    result = {"pack": pack, "version": version.version, "sha256": version.sha256, "files": [str(p) for p in written]}
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else f"{len(written)} archivos en {folder}")


@content_group.command()
@click.argument("pack")
@click.option("--municipality", "slug", required=True, help="Nombre corto de la municipalidad.")
@click.option("--version", "number", type=int, help="Número de versión; sin él, la última.")
@click.option("--stay", is_flag=True, help="Se queda en esa versión; sin esto, toma solas las nuevas.")
@as_json_option
def adopt(pack: str, slug: str, number: int | None, *, stay: bool, as_json: bool) -> None:
    """Pone un paquete en uso en una municipalidad. PACK se escribe tipo/nombre."""
    municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        click.echo(_("No existe la municipalidad «{slug}».").format(slug=slug), err=True)
        raise SystemExit(BAD_INPUT)
    try:
        version = queries.version_of(queries.pack_told(pack), number)
        actions.adopt(municipality=municipality, version=version, follows_updates=not stay, by=audit.SYSTEM)
    except ContentError as refusal:
        _fail(refusal, BAD_INPUT)
    told = {"municipality": slug, "pack": str(version.pack), "version": version.version, "follows_updates": not stay}
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else f"{slug}: {version}")


def _report(run: Any, folder: Path | None) -> packs.Report:
    try:
        return run(folder or settings.CONTENT_DIR)
    except ContentError as refusal:
        _fail(refusal, BAD_INPUT)
        raise


def _fail(refusal: ContentError, code: int) -> None:
    click.echo(refusal.sentence, err=True)
    raise SystemExit(code)


def _answer(report: packs.Report, counts: dict[str, int], *, as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps({**counts, "packs": _packs_json(report), "errors": _errors_json(report)}, ensure_ascii=False)
        )
    for pack in report.packs:
        line = f"{pack.id or pack.folder} v{pack.version or '?'}: {OUTCOMES[pack.outcome]}. {pack.summary}"
        click.echo(line.rstrip(), err=as_json)
    for error in report.errors:
        click.echo(str(error), err=True)
    raise SystemExit(REFUSED_ROWS if report.count("refused") else DONE)


def _packs_json(report: packs.Report) -> list[dict[str, Any]]:
    fields = ("folder", "id", "version", "outcome", "summary")
    return [{name: getattr(pack, name) for name in fields} for pack in report.packs]


def _errors_json(report: packs.Report) -> list[dict[str, Any]]:
    return [error.as_json() for error in report.errors]


for _command in WORKBOOK_COMMANDS:
    content_group.add_command(_command)
commands = [content_group]
