"""`cabildo tickets`: what a script does with requests."""

import json
from pathlib import Path
from typing import Any, BinaryIO

import click
from django.utils.translation import gettext as say

from cabildo import audit
from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.tickets.actions import importing
from cabildo.tickets.actions.importing import Tally
from cabildo.tickets.client_commands import api_client
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.imports import mapping as mappings
from cabildo.tickets.imports.errors import UnreadableFileError
from cabildo.tickets.imports.rows import RowError
from cabildo.tickets.imports.source_map import SourceMap
from cabildo.tickets.imports.wording import as_json as told
from cabildo.tickets.models import ImportRun
from cabildo.tickets.pack_commands import A_FILE, EXIT_REFUSED_ROWS, fail, pack_from, read_map
from cabildo.tickets.queries import imports


@click.group("tickets")
def tickets() -> None:
    """Solicitudes: importar planillas de otras fuentes y hacer el paquete de sus materias."""


@tickets.command("import")
@click.argument("file", type=A_FILE)
@click.option("--municipality", "slug", required=True, help="Nombre corto de la municipalidad.")
@click.option("--mapping", type=A_FILE, help="Mapa YAML de las columnas.")
@click.option("--write-mapping", type=click.Path(path_type=Path), help="Guarda ahí un mapa propuesto.")
@click.option("--dry-run", is_flag=True, help="Revisa sin importar.")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def import_tickets(
    *, file: Path, slug: str, mapping: Path | None, write_mapping: Path | None, dry_run: bool, as_json: bool
) -> None:
    """Importa una planilla CSV o XLSX; sin --mapping, propone un mapa y no importa nada."""
    municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        fail(say("No existe la municipalidad «{slug}».").format(slug=slug))
    with in_municipality(municipality), file.open("rb") as stream:
        try:
            if mapping is None:
                _propose(stream, file.name, write_mapping, as_json=as_json)
            elif dry_run:
                _answer(importing.check_file(stream, read_map(mapping), by=audit.SYSTEM), as_json=as_json)
            else:
                _answer(_import(stream, file.name, read_map(mapping)), as_json=as_json)
        except UnreadableFileError as error:
            fail(error.sentence)
        except TicketsError as error:
            if error.code != "import_columns":
                raise
            fail("\n".join(f"{one.path}: {one.message} {one.fix}" for one in error.facts["errors"]))


def _propose(stream: BinaryIO, file_name: str, target: Path | None, *, as_json: bool) -> None:
    body = importing.propose(stream, file_name)
    if target is not None:
        target.write_text(mappings.as_yaml(body), encoding="utf-8")
        click.echo(say("El mapa propuesto quedó en {path}.").format(path=target), err=True)
    click.echo(json.dumps({"mapping": body}, ensure_ascii=False) if as_json else mappings.as_yaml(body))
    click.echo(say("No se importó nada: corrija la propuesta y use --mapping."), err=True)


def _import(stream: BinaryIO, file_name: str, mapping: SourceMap) -> Tally:
    run = importing.begin_from_command(stream, file_name=file_name, mapping=mapping, by=audit.SYSTEM)
    importing.import_file(stream, run, mapping, by=audit.SYSTEM, progress=_show_progress)
    return _tally(run)


def _show_progress(done: int, total: int | None) -> None:
    click.echo(say("{done} de {total} filas").format(done=done, total=total), err=True)


def _tally(run: ImportRun) -> Tally:
    errors = [RowError(p.row, p.column, p.value, p.code, p.facts) for p in imports.problems(run)]
    return Tally(run.created, run.updated, run.unchanged, run.refused, errors)


def _answer(tally: Tally, *, as_json: bool) -> None:
    errors = [told(error) for error in tally.errors]
    counts = {name: getattr(tally, name) for name in ("read", "created", "updated", "unchanged", "refused")}
    if as_json:
        click.echo(json.dumps({**counts, "errors": errors}, ensure_ascii=False))
    else:
        click.echo(_in_words(counts))
        for error in errors:
            click.echo(_line(error), err=True)
    if tally.refused:
        raise SystemExit(EXIT_REFUSED_ROWS)


def _in_words(counts: dict[str, int]) -> str:
    words = say(
        "{read} filas leídas: {created} nuevas, {updated} cambiadas, {unchanged} iguales, {refused} rechazadas."
    )
    return words.format(**counts)


def _line(error: dict[str, Any]) -> str:
    place = say("fila {row} · {column} «{value}»").format(**error)
    return f"  {place}: {error['message']} {error['fix']}"


tickets.add_command(pack_from)
commands = [tickets, api_client]
