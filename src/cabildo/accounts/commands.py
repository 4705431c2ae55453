"""`cabildo municipality` and `cabildo agency`: the institutions of this installation and the people of an agency."""

import json
from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

import click
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts import actions, hooks, links
from cabildo.accounts.models import Agency, Municipality
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
@click.option("--adopt", "packs", multiple=True, help="Contenido que adopta, como tipo/nombre; se puede repetir.")
@click.option("--open", "is_open", is_flag=True, help="Abierta desde ya, sin revisar qué le falta: sólo para ensayos.")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def create(
    *,
    slug: str,
    admin_email: str,
    admin_name: str,
    packs: Sequence[str],
    is_open: bool,
    as_json: bool,
    **described: str,
) -> None:
    """Crea una municipalidad, cerrada al público hasta que esté lista."""
    if admin_email and not admin_name:
        raise click.BadParameter("Falta el nombre de quien administra.", param_hint="--admin-name")
    try:
        with transaction.atomic():
            opened_at = timezone.now() if is_open else None
            made = actions.create_municipality(slug=slug, by=audit.SYSTEM, opened_at=opened_at, **described)
            _begin(made, admin_email, admin_name, packs)
    except ValidationError as error:
        raise _ended(error) from error
    shown = _as_dict(made)
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else f"{made.name}: /m/{made.slug}/")


def _begin(made: Municipality, email: str, full_name: str, packs: Sequence[str]) -> None:
    """What the first day needs: contents, and somebody who may enter. Their address is a message, not the result."""
    with in_municipality(made):
        for pack in packs:
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


@click.group("agency")
def agency() -> None:
    """Organismos: crear uno, dar un rol en él, ver cuáles hay."""


@agency.command("create")
@click.option("--slug", required=True, help="Nombre corto en la dirección web, por ejemplo subdere.")
@click.option("--name", required=True, help="Nombre completo.")
@click.option("--notice", default="", help="Aviso que se muestra siempre.")
@click.option("--second-factor", "requires_second_factor", is_flag=True, help="Su gente entra con un segundo paso.")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def create_agency(*, as_json: bool, **described: Any) -> None:
    """Crea un organismo, con su propia mesa de trabajo."""
    try:
        made = actions.create_agency(by=audit.SYSTEM, **described)
    except ValidationError as error:
        raise _ended(error) from error
    click.echo(_json(_agency_as_dict(made)) if as_json else f"{made.name}: /a/{made.slug}/")


@agency.command("grant")
@click.option("--agency", "slug", required=True, help="Nombre corto del organismo.")
@click.option("--email", required=True, help="Correo de la persona: si no tiene cuenta, recibe una invitación.")
@click.option("--name", "full_name", default="", help="Nombre y apellidos de la persona.")
@click.option("--role", required=True, help="Rol, por ejemplo agency_administrator.")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def grant_in_agency(*, slug: str, email: str, full_name: str, role: str, as_json: bool) -> None:
    """Da a una persona un rol en un organismo, desde hoy."""
    found = Agency.objects.filter(slug=slug).first()
    if found is None:
        raise click.BadParameter(f"No hay un organismo «{slug}».", param_hint="--agency")
    with transaction.atomic():
        person, is_new = actions.save_official(email=email, full_name=full_name or email, by=audit.SYSTEM)
        given = actions.grant_agency_role(
            found, user=person, role=role, starts_on=timezone.localdate(), by=audit.SYSTEM
        )
        if is_new:
            actions.invite_user(person, by=audit.SYSTEM, agency=found)
    click.echo(f"{person} entra por: {links.entrance_url(person, found)}", err=True)
    result = {"agency": slug, "email": person.email, "role": given.role, "starts_on": given.starts_on.isoformat()}
    click.echo(_json(result) if as_json else f"{person.email}: {given.role}")


@agency.command("list")
@click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")
def list_agencies(*, as_json: bool) -> None:
    """Muestra los organismos."""
    found = list(Agency.objects.order_by("slug"))
    if as_json:
        click.echo(_json({"agencies": [_agency_as_dict(one) for one in found]}))
        return
    for one in found:
        click.echo(f"{one.slug:<30} {one.name}")


def _agency_as_dict(shown: Agency) -> dict[str, Any]:
    return {
        "slug": shown.slug,
        "name": shown.name,
        "notice": shown.notice,
        "requires_second_factor": shown.requires_second_factor,
    }


def _json(result: dict[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False)


def _ended(error: ValidationError) -> SystemExit:
    """What was given wrong, field by field."""
    click.echo("\n".join(f"{field}: {' '.join(told)}" for field, told in error.message_dict.items()), err=True)
    return SystemExit(EXIT_BAD_INPUT)


commands = [municipality, agency]
