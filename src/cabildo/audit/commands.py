"""`cabildo audit`: prove that the record is whole, and keep its end outside the database."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from cabildo.audit import actions, queries
from cabildo.audit.models import Seal

EXIT_BROKEN = 1


def kept_checkpoint(municipality_id: int) -> queries.Checkpoint | None:
    """The newest exported checkpoint of this municipality, from the data folder."""
    path = _folder() / f"{municipality_id}.json"
    if not path.exists():
        return None
    return queries.Checkpoint(**json.loads(path.read_text(encoding="utf-8")))


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "checkpoints"


def _chains() -> list[int]:
    return list(Seal.objects.order_by().values_list("municipality_id", flat=True).distinct())


@click.group()
def audit() -> None:
    """Registro de auditoría: sellar, comprobar, exportar su extremo."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def verify(*, as_json: bool) -> None:
    """Comprueba la cadena de cada municipalidad y el último extremo exportado."""
    now = timezone.now()
    found = {
        chain: [asdict(finding) for finding in queries.findings(chain, now, kept_checkpoint(chain))]
        for chain in _chains()
    }
    broken = sum(len(found_here) for found_here in found.values())
    rows = [{"municipality_id": chain, **row} for chain, found_here in found.items() for row in found_here]
    result = {"chains": len(found), "findings": rows}
    if as_json:
        click.echo(json.dumps(result))
    else:
        click.echo(f"{len(found)} cadenas revisadas, {broken} anomalías.")
        for row in rows:
            click.echo(f"  {row}")
    if broken:
        raise SystemExit(EXIT_BROKEN)


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def checkpoint(*, as_json: bool) -> None:
    """Sella lo pendiente y guarda el extremo de cada cadena fuera de la base de datos."""
    while actions.seal_pending():
        pass
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    ends = [asdict(queries.checkpoint(chain, timezone.now())) for chain in _chains()]
    for end in ends:
        (folder / f"{end['municipality_id']}.json").write_text(json.dumps(end), encoding="utf-8")
    click.echo(json.dumps({"checkpoints": ends}) if as_json else f"{len(ends)} extremos guardados en {folder}.")


commands = [audit]
