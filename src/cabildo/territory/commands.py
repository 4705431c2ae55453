"""`cabildo territory`: Chile's administrative division, and the areas of a municipality."""

import json
from pathlib import Path
from typing import Any, NoReturn

import click
import yaml
from django.conf import settings
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cabildo import audit
from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.territory import actions, queries
from cabildo.territory.choices import LayerKind
from cabildo.territory.divisions import RefusedRow
from cabildo.territory.errors import TerritoryError
from cabildo.territory.wording import as_rows
from cabildo.ui.command_files import ExistingFile

EXIT_REFUSED_ROWS = 1
EXIT_BAD_INPUT = 2
ROW_WORDS = {
    "bad_code": (
        _("El código no tiene los dígitos que corresponden."),
        _("Escríbalo como texto, con sus ceros a la izquierda."),
    ),
    "repeated_code": (_("El código está repetido."), _("Deje una sola fila con ese código.")),
    "empty": (_("El valor está vacío."), _("Complételo.")),
    "unknown_parent": (_("El código superior no existe."), _("Agréguelo al archivo del nivel superior.")),
    "not_its_parent": (_("El código no empieza con el de su nivel superior."), _("Corrija uno de los dos.")),
}


@click.group()
def territory() -> None:
    """Territorio: comunas de Chile y áreas de cada municipalidad."""


@territory.command()
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Carpeta con regions.csv, provinces.csv y communes.csv."
)
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def load(*, folder: Path | None, as_json: bool) -> None:
    """Carga regiones, provincias y comunas; repetirla no cambia nada."""
    try:
        loaded = actions.load_divisions(folder or settings.CONTENT_DIR / "territory" / "chile", by=audit.SYSTEM)
    except TerritoryError as error:
        _fail(error.sentence)
    errors = [_row(refused) for refused in loaded.refused]
    counts = {"created": loaded.created, "updated": loaded.updated, "unchanged": loaded.unchanged}
    _answer(_counts(loaded.read, errors=errors, **counts), as_json)


@territory.command()
@click.argument("file", type=ExistingFile())
@click.option("--municipality", "slug", required=True, help="Nombre corto de la municipalidad.")
@click.option("--kind", required=True, type=click.Choice(LayerKind.values), help="Tipo de áreas.")
@click.option("--name", help="Nombre de la capa.")
@click.option("--mapping", type=ExistingFile(), help="YAML con code y name.")
@click.option("--write-mapping", type=click.Path(path_type=Path), help="Guarda ahí la propuesta de columnas.")
@click.option("--dry-run", is_flag=True, help="Revisa sin cargar.")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def areas(
    *, slug: str, file: Path, mapping: Path | None, write_mapping: Path | None, as_json: bool, **more: Any
) -> None:
    """Carga un GeoJSON como capa vigente; sin --mapping, propone las columnas y no carga."""
    municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        _fail(say("No existe la municipalidad «{slug}».").format(slug=slug))
    with in_municipality(municipality):
        if mapping is None:
            _propose(file.read_bytes(), write_mapping, as_json)
        else:
            _load_areas(file, _read_mapping(mapping), as_json=as_json, **more)


def _propose(content: bytes, target: Path | None, as_json: bool) -> None:
    found = _readable(queries.review(content))
    proposal = {"code": found.code_property, "name": found.name_property}
    if target:
        target.write_text(yaml.safe_dump(proposal, allow_unicode=True, sort_keys=False), encoding="utf-8")
    columns = [column.name for column in found.columns]
    click.echo(json.dumps({"columns": columns, "mapping": proposal}) if as_json else yaml.safe_dump(proposal))
    click.echo(say("No se cargó nada: revise la propuesta y use --mapping."), err=True)


def _read_mapping(path: Path) -> dict[str, str]:
    try:
        chosen = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {"code_property": str(chosen["code"]), "name_property": str(chosen["name"])}
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError):
        _fail(say("{path} debe decir qué columnas son code y name.").format(path=path))


def _load_areas(
    file: Path, chosen: dict[str, str], *, kind: str, name: str | None, dry_run: bool, as_json: bool
) -> None:
    content = file.read_bytes()
    found = _readable(queries.review(content, **chosen))
    if not (found.errors or dry_run):
        title = name or LayerKind(kind).label.capitalize()
        actions.publish_layer(kind=kind, name=title, content=content, file_name=file.name, by=audit.SYSTEM, **chosen)
    for warning in as_rows(found.warnings):
        click.echo(f"{warning['row']} · {warning['message']}", err=True)
    # all or nothing: one faulty area keeps the others out, and the errors say which it was
    created = 0 if found.errors else found.total
    _answer(_counts(found.total, created=created, errors=as_rows(found.errors)), as_json)


def _readable(found: queries.Review) -> queries.Review:
    if not found.total:
        _fail("\n".join(f"{row['message']} {row['fix']}" for row in as_rows(found.errors)))
    return found


def _row(refused: RefusedRow) -> dict[str, Any]:
    message, fix = ROW_WORDS[refused.code]
    return {
        "row": refused.row,
        "column": f"{refused.file}:{refused.column}",
        "value": refused.value,
        "code": refused.code,
        "message": str(message),
        "fix": str(fix),
    }


def _counts(
    read: int, *, errors: list[dict[str, Any]], created: int = 0, updated: int = 0, unchanged: int = 0
) -> dict[str, Any]:
    return {
        "read": read,
        "created": created,
        "updated": updated,
        "unchanged": unchanged,
        "refused": read - created - updated - unchanged,
        "errors": errors,
    }


def _answer(result: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        click.echo(
            say(
                "{read} filas leídas: {created} nuevas, {updated} cambiadas, {unchanged} iguales, {refused} rechazadas."
            ).format(**result)
        )
        for error in result["errors"]:
            click.echo(f"  {error['row']} · {error['column']}: {error['message']} {error['fix']}", err=True)
    if result["refused"]:
        raise SystemExit(EXIT_REFUSED_ROWS)


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(EXIT_BAD_INPUT)


commands = [territory]
