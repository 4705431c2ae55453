"""`cabildo deadline`: a term counted day by day, as the platform counts it."""

import json
from datetime import date, datetime

import click

from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.kit.workdays import Calendar, chile
from cabildo.workflow import queries
from cabildo.workflow.rules import deadlines
from cabildo.workflow.rules.deadlines import Deadline
from cabildo.workflow.rules.terms import Rule, Unit


@click.command()
@click.option("--from", "submitted", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Día de la presentación.")
@click.option("--days", type=click.IntRange(1, 1000), required=True, help="Días del plazo.")
@click.option(
    "--unit",
    type=click.Choice([unit.value for unit in Unit]),
    default=Unit.HABILES.value,
    show_default=True,
    help="Tipo de días del plazo.",
)
@click.option("--extra", type=click.IntRange(0, 500), default=0, help="Días de una ampliación ya concedida.")
@click.option("--municipality", help="Nombre corto: usa sus feriados propios.")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def deadline(submitted: datetime, days: int, unit: str, extra: int, municipality: str | None, *, as_json: bool) -> None:
    """Cuenta un plazo y lo explica día por día."""
    day = submitted.date()
    rule = Rule(days, Unit(unit), "")
    computed = deadlines.compute(day, rule, _calendar(day, municipality), extra_days=extra)
    if as_json:
        click.echo(json.dumps(deadlines.as_json(computed), ensure_ascii=False))
    else:
        _explain(computed)


def _calendar(day: date, slug: str | None) -> Calendar:
    if slug is None:
        return chile(range(day.year - 1, day.year + 6))
    municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        raise click.BadParameter(f"No hay una municipalidad «{slug}».", param_hint="--municipality")
    with in_municipality(municipality):
        return queries.calendar(day)


def _explain(computed: Deadline) -> None:
    for line in computed.explanation:
        number = f"{line.number:>3}" if line.number else "   "
        click.echo(f"{line.date:%d-%m-%Y}  {number}  {line.reason}")
    click.echo(f"Vence el {computed.expires_on:%d-%m-%Y}.")


commands = [deadline]
