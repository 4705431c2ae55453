"""`cabildo api-client`: keys of external systems, for who installs them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.tickets.actions import clients as actions
from cabildo.tickets.models import ApiClient
from cabildo.tickets.models.client import USUAL_PER_MINUTE
from cabildo.tickets.queries import clients as queries

PERMISSIONS = {"read": "may_read", "write": "may_write", "updates": "may_update"}
Command = Callable[..., Any]


def _shared(command: Command) -> Command:
    """Options that every command of the group takes."""
    command = click.option("--json", "as_json", is_flag=True, help="Resultado en JSON.")(command)
    return click.option("--municipality", "slug", required=True, help="Nombre corto de la municipalidad.")(command)


@click.group("api-client")
def api_client() -> None:
    """Sistemas externos: crear, revocar y listar sus claves."""


@api_client.command()
@_shared
@click.option("--name", required=True, help="Nombre del sistema.")
@click.option("--contact", required=True, help="Correo de quien responde por él.")
@click.option(
    "--may", "granted", type=click.Choice(list(PERMISSIONS)), multiple=True, required=True, help="Permiso; se repite."
)
@click.option("--per-minute", type=click.IntRange(1, 6000), default=USUAL_PER_MINUTE, help="Llamadas por minuto.")
def create(*, slug: str, name: str, contact: str, granted: tuple[str, ...], per_minute: int, as_json: bool) -> None:
    """Da acceso a un sistema y muestra su clave, por única vez."""
    permissions = {column: word in granted for word, column in PERMISSIONS.items()}
    with _inside(slug):
        try:
            issued = actions.create_client(
                by=audit.SYSTEM, name=name, contact=contact, per_minute=per_minute, **permissions
            )
        except ValidationError as error:
            raise click.UsageError(" ".join(error.messages)) from error
    if as_json:
        click.echo(json.dumps({**_described(issued.client), "key": issued.key}, ensure_ascii=False))
    else:
        click.echo(issued.key)
        click.echo(_("Guárdela ahora: no se mostrará otra vez."), err=True)


@api_client.command()
@_shared
@click.argument("client_id", type=click.IntRange(1, 2**62))
def revoke(*, slug: str, client_id: int, as_json: bool) -> None:
    """Deja sin acceso a un sistema; CLIENT_ID es el número que muestra la lista."""
    with _inside(slug):
        client = ApiClient.objects.filter(pk=client_id).first()
        if client is None:
            raise click.BadParameter(_("No hay un sistema con ese número."), param_hint="CLIENT_ID")
        revoked = actions.revoke_client(client, by=audit.SYSTEM)
    done = _("%s ya no tiene acceso.") % revoked
    click.echo(json.dumps(_described(revoked), ensure_ascii=False) if as_json else done)


@api_client.command("list")
@_shared
def list_clients(*, slug: str, as_json: bool) -> None:
    """Muestra los sistemas con clave, también los revocados."""
    with _inside(slug):
        found = [_described(client) for client in queries.clients()]
    if as_json:
        click.echo(json.dumps({"clients": found}, ensure_ascii=False))
        return
    for one in found:
        state = _("activo") if one["is_active"] else _("revocado")
        click.echo(f"{one['id']:>4}  {one['name']}  {', '.join(one['may'])}  …{one['key_hint']}  {state}")


@contextmanager
def _inside(slug: str) -> Iterator[None]:
    municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        raise click.BadParameter(_("No hay una municipalidad «%s».") % slug, param_hint="--municipality")
    with in_municipality(municipality):
        yield


def _described(client: ApiClient) -> dict[str, Any]:
    return {
        "id": client.pk,
        "name": client.name,
        "contact": client.contact,
        "may": [word for word, column in PERMISSIONS.items() if getattr(client, column)],
        "per_minute": client.per_minute,
        "is_active": client.is_active,
        "key_hint": client.key_hint,
        "last_used_at": client.last_used_at.isoformat() if client.last_used_at else None,
    }
