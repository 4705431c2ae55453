"""`cabildo quality`: an assessment given as a file, scored; what cycles obtained, filled in. Messages on stderr."""

import json
from pathlib import Path
from typing import Any, NoReturn

import click

from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.quality.actions.results import rebuild_results
from cabildo.quality.assessment_files import report, results
from cabildo.quality.assessment_files.reading import AssessmentFile, WrongFileError, read
from cabildo.quality.models import Cycle
from cabildo.ui.command_files import ExistingFile

BAD_INPUT = 2


@click.group("quality")
def quality_group() -> None:
    """Calidad de la gestión: puntuar una evaluación, completar resultados."""


@quality_group.command()
@click.argument("file", metavar="ARCHIVO", type=ExistingFile())
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


@quality_group.group("results")
def results_group() -> None:
    """Lo que cada ciclo obtuvo, guardado para sumarlo con otros."""


@results_group.command("rebuild")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def rebuild(*, as_json: bool) -> None:
    """Completa los resultados de cada ciclo a partir de los puntajes sellados."""
    done = {"municipalities": 0, "cycles": 0, "created": 0, "updated": 0, "unchanged": 0}
    for place in Municipality.objects.order_by("pk"):
        with in_municipality(place):
            for cycle in Cycle.objects.order_by("number"):
                done["cycles"] += 1
                for name, count in rebuild_results(cycle).items():
                    done[name] += count
        done["municipalities"] += 1
    words = "{cycles} ciclos de {municipalities} municipalidades: {created} resultados nuevos, {updated} cambiados"
    click.echo(json.dumps(done) if as_json else f"{words}, {{unchanged}} sin cambio.".format(**done))


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
