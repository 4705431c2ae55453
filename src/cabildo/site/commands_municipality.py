"""`cabildo municipality open`: let neighbours in, once the guided set-up misses nothing."""

import json

import click

from cabildo import audit
from cabildo.accounts import actions, links
from cabildo.accounts.commands import municipality
from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.site.setup import stages


@municipality.command("open")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def open_municipality(slug: str, *, as_json: bool) -> None:
    """Abre una municipalidad al público, si no le falta nada."""
    found = Municipality.objects.filter(slug=slug).first()
    if found is None:
        raise click.BadParameter(f"No hay una municipalidad «{slug}».", param_hint="SLUG")
    with in_municipality(found), links.addresses():
        lacking = [str(item.label) for item in stages.missing(found)]
        actions.open_to_public(found, missing=lacking, by=audit.SYSTEM)
    result = {"slug": found.slug, "is_open": True}
    click.echo(json.dumps(result) if as_json else f"{found.name} está abierta al público.")


commands = [municipality]
