"""`cabildo quality`: an assessment given as a file, scored without a database. Result on stdout, messages on stderr."""

import json
from pathlib import Path
from typing import Any, NoReturn

import click

from cabildo.quality.assessment_files import report, results
from cabildo.quality.assessment_files.reading import AssessmentFile, WrongFileError, read

BAD_INPUT = 2


@click.group("quality")
def quality_group() -> None:
    """Calidad de la gestión: puntuar una evaluación."""


@quality_group.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--layer", help="Muestra sólo esta capa de puntajes, por su id.")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def score(file: Path, layer: str | None, *, as_json: bool) -> None:
    """Puntúa una evaluación, un cuestionario o unas reglas de nivel escritos en un archivo YAML."""
    try:
        assessment = read(file)
        _refuse_unknown(assessment, layer)
        found = results.result(assessment, layer)
    except WrongFileError as wrong:
        _fail("\n".join(map(str, wrong.errors)))
    _warn(found)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(report.lines(found)))


def _refuse_unknown(file: AssessmentFile, layer: str | None) -> None:
    known = [one["id"] for one in file.body.get("layers", [])]
    if layer is not None and layer not in known:
        told = f"Tiene: {', '.join(known)}." if known else "No tiene capas."
        raise click.BadParameter(f"El archivo no tiene la capa «{layer}». {told}", param_hint="--layer")


def _warn(found: dict[str, Any]) -> None:
    for layer in found["layers"]:
        for warning in layer["warnings"]:
            click.echo(f"{layer['label']} · {warning['message']} {warning['fix']}", err=True)


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(BAD_INPUT)


commands = [quality_group]
