"""`cabildo municipality`: the institutions of this installation."""

import json
from typing import Any
from zoneinfo import available_timezones

import click
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts import actions, hooks, links
from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality

EXIT_BAD_INPUT = 2


@click.group("municipality")
def municipality() -> None:
    """Municipalidades: crear una, ver cuáles hay."""


def _known_zone(_context: click.Context, _option: click.Parameter, name: str) -> str:
    if name not in available_timezones():
        raise click.BadParameter(f"No hay una zona horaria «{name}»; por ejemplo: America/Punta_Arenas.")
    return name


@municipality.command()
@click.option("--slug", required=True, help="Nombre corto en la dirección web, por ejemplo puerto-claro.")
@click.option("--name", required=True, help="Nombre completo.")
@click.option("--commune", "commune_code", default="", help="Código de la comuna, de cinco dígitos.")
@click.option("--notice", default="", help="Aviso que se muestra siempre.")
@click.option("--time-zone", default="America/Santiago", show_default=True, callback=_known_zone, help="Zona horaria.")
@click.option("--admin-email", default="", help="Correo de quien la dejará lista: recibe una invitación.")
@click.option("--admin-name", default="", help="Nombre y apellidos de esa persona.")
@click.option("--adopt", "pack", default="", help="Árbol de categorías que adopta, por ejemplo oirs-chile.")
@click.option("--open", "is_open", is_flag=True, help="Abierta desde ya, sin revisar qué le falta: sólo para ensayos.")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def create(
    *, slug: str, admin_email: str, admin_name: str, pack: str, is_open: bool, as_json: bool, **described: str
) -> None:
    """Crea una municipalidad, cerrada al público hasta que esté lista."""
    if admin_email and not admin_name:
        raise click.BadParameter("Falta el nombre de quien administra.", param_hint="--admin-name")
    try:
        with transaction.atomic():
            opened_at = timezone.now() if is_open else None
            made = actions.create_municipality(slug=slug, by=audit.SYSTEM, opened_at=opened_at, **described)
            _begin(made, admin_email, admin_name, pack)
    except ValidationError as error:
        click.echo("\n".join(f"{field}: {' '.join(told)}" for field, told in error.message_dict.items()), err=True)
        raise SystemExit(EXIT_BAD_INPUT) from error
    shown = _as_dict(made)
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else f"{made.name}: /m/{made.slug}/")


def _begin(made: Municipality, email: str, full_name: str, pack: str) -> None:
    """What the first day needs: contents, and somebody who may enter. Their address is a message, not the result."""
    with in_municipality(made):
        if pack:
            hooks.adopt(made, pack)
        if email:
            admin, _created = actions.save_official(email=email, full_name=full_name, by=audit.SYSTEM)
            today = timezone.localdate()
            actions.grant_role(user=admin, role="administrator", starts_on=today, by=audit.SYSTEM)
            actions.invite_user(admin, by=audit.SYSTEM)
            click.echo(f"{full_name} entra por: {links.entrance_url(admin)}", err=True)


@municipality.command("list")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def list_municipalities(*, as_json: bool) -> None:
    """Muestra las municipalidades."""
    found = list(Municipality.objects.order_by("slug"))
    if as_json:
        click.echo(json.dumps({"municipalities": [_as_dict(one) for one in found]}, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.slug:<30} {one.name}")


def _as_dict(shown: Municipality) -> dict[str, Any]:
    return {
        "slug": shown.slug,
        "name": shown.name,
        "commune_code": shown.commune_code,
        "time_zone": shown.time_zone,
        "notice": shown.notice,
        "is_open": shown.opened_at is not None,
    }


commands = [municipality]
