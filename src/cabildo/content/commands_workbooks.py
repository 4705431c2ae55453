"""`cabildo content to-workbook | from-workbook | workbook-template`: packs that people fill in with Excel."""

import json
from pathlib import Path
from typing import Any, NoReturn

import click

from cabildo.content import packs, queries
from cabildo.content.assembly import HEADER_KEY, assemble, files_of
from cabildo.content.errors import ContentError, refused_pack
from cabildo.content.validation import slug_of, validate
from cabildo.content.workbooks import books
from cabildo.content.workbooks.books import ReadBook
from cabildo.ui.command_files import ExistingFile
from cabildo.ui.engine_workbooks import MAX_BYTES

DONE, REFUSED_ROWS, BAD_INPUT, REFUSED = 0, 1, 2, 3
WOULD_OVERWRITE = {"folder_not_empty", "workbook_exists"}
as_json_option = click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
to_file = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command("to-workbook")
@click.argument("source", metavar="FOLDER_OR_PACK")
@to_file
@click.option("--version", "number", type=int, help="Número de versión de un paquete publicado; sin él, la última.")
@as_json_option
def to_workbook(source: str, file: Path, number: int | None, *, as_json: bool) -> None:
    """Escribe un paquete como libro de Excel.

    FOLDER_OR_PACK es la carpeta de un paquete, o uno publicado, como tipo/nombre.
    """
    try:
        body = _body_of(source, number)
        _write_new(file, books.write(body))
    except ContentError as refusal:
        _fail(refusal)
    header = body[HEADER_KEY]
    result = {"pack": header.get("id"), "version": header.get("version"), "file": str(file)}
    _say(result, f"{header.get('id')} v{header.get('version')} en {file}", as_json=as_json)


def _body_of(source: str, number: int | None) -> dict[str, Any]:
    """Of a folder, also when its texts are still wrong: what is said of them goes to stderr."""
    folder = Path(source)
    if not folder.is_dir():
        kind, _slash, slug = source.partition("/")
        return queries.version_of(queries.pack_named(kind, slug), number).body
    pack = assemble(folder.name, files_of(folder))
    if pack.errors:
        raise refused_pack(tuple(pack.errors))
    for problem in validate(pack.body)[1]:
        click.echo(str(pack.located(problem)), err=True)
    return pack.body


def _write_new(file: Path, content: bytes) -> None:
    try:
        with file.open("xb") as stream:
            stream.write(content)
    except FileExistsError as error:
        raise ContentError("workbook_exists", file=file) from error


@click.command("from-workbook")
@click.argument("file", type=ExistingFile())
@click.argument("folder", type=click.Path(path_type=Path))
@as_json_option
def from_workbook(file: Path, folder: Path, *, as_json: bool) -> None:
    """Revisa un libro de Excel y lo escribe como carpeta de un paquete. Con un error no escribe nada."""
    try:
        packs.refuse_used(folder)
        found = books.read(_content_of(file))
        written = [] if found.errors else packs.write_whole(found.body, folder)
    except ContentError as refusal:
        _fail(refusal)
    for error in found.errors:
        click.echo(f"{file.name} · {error}", err=True)
    if written and folder.resolve().name != slug_of(found.body):
        click.echo(f"Antes de cargarla, llame a la carpeta «{slug_of(found.body)}», como dice su id.", err=True)
    summary = "" if found.errors else f"{found.body[HEADER_KEY]['id']}: {len(written)} archivos en {folder}"
    _say(_told(found, written), summary, as_json=as_json)
    raise SystemExit(REFUSED_ROWS if found.errors else DONE)


def _content_of(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)  # one byte more than is admitted is enough to refuse it


def _told(found: ReadBook, written: list[Path]) -> dict[str, Any]:
    header = found.body.get(HEADER_KEY, {})
    return {
        "pack": header.get("id"),
        "version": header.get("version"),
        "files": [str(path) for path in written],
        "errors": [error.as_json() for error in found.errors],
    }


@click.command("workbook-template")
@click.argument("kind")
@to_file
@as_json_option
def workbook_template(kind: str, file: Path, *, as_json: bool) -> None:
    """Escribe un libro vacío, con sus hojas y su guía, para llenar un paquete del tipo KIND."""
    try:
        _write_new(file, books.template(kind))
    except ContentError as refusal:
        _fail(refusal)
    _say({"kind": kind, "file": str(file)}, str(file), as_json=as_json)


def _say(result: dict[str, Any], sentence: str, *, as_json: bool) -> None:
    if as_json or sentence:
        click.echo(json.dumps(result, ensure_ascii=False) if as_json else sentence)


def _fail(refusal: ContentError) -> NoReturn:
    click.echo(refusal.sentence, err=True)
    for error in refusal.errors:
        click.echo(str(error).removeprefix(" · "), err=True)
    raise SystemExit(REFUSED if refusal.code in WOULD_OVERWRITE else BAD_INPUT)


WORKBOOK_COMMANDS = (to_workbook, from_workbook, workbook_template)
