"""`cabildo tickets pack-from`: the category pack of a file that will be imported."""

import json
from pathlib import Path
from typing import Any, NoReturn

import click
from django.utils.translation import gettext as say

from cabildo.content import packs, validation
from cabildo.content.errors import ContentError
from cabildo.tickets.actions import importing
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.imports import mapping as mappings
from cabildo.tickets.imports.category_tree import CategoryTree
from cabildo.tickets.imports.errors import UnreadableFileError
from cabildo.tickets.imports.source_map import SourceMap
from cabildo.tickets.packs import KIND
from cabildo.ui.command_files import ExistingFile

EXIT_REFUSED_ROWS, EXIT_BAD_INPUT, EXIT_REFUSED = 1, 2, 3
A_FILE = ExistingFile()


@click.command("pack-from")
@click.argument("file", type=A_FILE)
@click.option("--mapping", "mapping_file", type=A_FILE, required=True, help="Mapa YAML de las columnas.")
@click.option("--output", type=click.Path(path_type=Path), required=True, help="Dónde queda la carpeta del paquete.")
@click.option("--version", type=click.IntRange(min=1), default=1, show_default=True, help="Número de la versión.")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def pack_from(*, file: Path, mapping_file: Path, output: Path, version: int, as_json: bool) -> None:
    """Escribe el paquete de materias de una planilla que se va a importar. No publica ni importa nada."""
    try:
        result = _write(file, read_map(mapping_file), output, version)
    except (UnreadableFileError, TicketsError) as refusal:
        fail(refusal.sentence)
    except ContentError as refusal:
        fail("\n".join([refusal.sentence, *map(str, refusal.errors)]), EXIT_REFUSED)
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else _in_words(result))
    if result["refused"]:
        click.echo(say("Las filas rechazadas no cuentan. «tickets import --dry-run» dice por qué lo son."), err=True)
        raise SystemExit(EXIT_REFUSED_ROWS)


def _write(file: Path, mapping: SourceMap, output: Path, version: int) -> dict[str, Any]:
    with file.open("rb") as stream:
        rows, refused = importing.readable_rows(stream, mapping)
    body = validation.checked(CategoryTree(rows, mapping).body(version=version))
    folder = output / mapping.source
    written = packs.write_folder(body, folder)
    return {
        "pack": body["pack"]["id"],
        "version": version,
        "folder": str(folder),
        "read": len(rows) + refused,
        "refused": refused,
        "departments": len(body["departments"]),
        "categories": sum(len(group["categories"]) for group in body["groups"]),
        "summary": KIND.describe(body),
        "files": [str(path) for path in written],
    }


def _in_words(result: dict[str, Any]) -> str:
    return say("{pack} v{version} quedó en {folder}. {summary}").format(**result)


def read_map(path: Path) -> SourceMap:
    """The mapping of a file; what is wrong in it is told on stderr and ends the command."""
    checked = mappings.read_mapping(str(path), path.read_bytes())
    if checked.map is None:
        fail("\n".join(str(error) for error in checked.errors))
    return checked.map


def fail(sentence: str, code: int = EXIT_BAD_INPUT) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(code)
