"""Who works in Puerto Claro, and where it is."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from cabildo import audit
from cabildo.accounts import actions as accounts
from cabildo.accounts.models import Department, Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.content import actions as packs
from cabildo.content.queries import pack_named, version_of
from cabildo.site.demo import history, programme, quality
from cabildo.territory import actions as territory
from cabildo.territory.choices import LayerKind
from cabildo.tickets.models import Ticket

HERE = Path(__file__).parent
SLUG = "puerto-claro"
PASSWORD = "puerto-claro-2026"  # noqa: S105 - the demonstration's own, printed at start
DOMAIN = "puertoclaro.example"
SINCE = date(2025, 1, 1)
NOTICE = "Demostración: Puerto Claro es una comuna ficticia y nadie de los que aparecen existe."
CAST: list[dict[str, Any]] = yaml.safe_load((HERE / "cast.yaml").read_text(encoding="utf-8"))
ACCOUNTS = [(f"{person['email']}@{DOMAIN}", person["position"]) for person in CAST]
ACCOUNTS += [(person["email"], person["position"]) for agency in programme.CAST for person in agency["people"]]


def load() -> Municipality:
    """Create what is missing of the demonstration; a second run changes nothing."""
    municipality = Municipality.objects.filter(slug=SLUG).first() or _found()
    with in_municipality(municipality):
        if not Ticket.objects.exists():
            history.write(today=timezone.localdate())
        programme.write(municipality, timezone.localdate(), PASSWORD)
        quality.write(municipality, timezone.localdate())
    return municipality


def _found() -> Municipality:
    municipality = accounts.create_municipality(
        slug=SLUG,
        name="Municipalidad de Puerto Claro",
        hue=250,
        notice=NOTICE,
        opened_at=timezone.now(),
        by=audit.SYSTEM,
    )
    with in_municipality(municipality):
        version = version_of(pack_named("tickets", "oirs-chile"))
        packs.adopt(municipality=municipality, version=version, follows_updates=True, by=audit.SYSTEM)
        territory.publish_layer(
            kind=LayerKind.SECTOR,
            name="Sectores de Puerto Claro",
            content=(HERE / "sectors.geojson").read_bytes(),
            code_property="codigo",
            name_property="nombre",
            by=audit.SYSTEM,
        )
        _open_counters()
        for person in CAST:
            hire(person)
    return municipality


def _open_counters() -> None:
    """How each department is reached, in a commune that does not exist."""
    for department in Department.objects.all():
        accounts.save_department(
            code=department.code,
            name=department.name,
            email=f"contacto.{department.code.replace('_', '-')}@{DOMAIN}",
            address="Edificio Consistorial, Plaza de Armas s/n",
            by=audit.SYSTEM,
        )


def hire(person: dict[str, Any]) -> None:
    """An account with its role in the municipality of the scope."""
    email = f"{person['email']}@{DOMAIN}"
    user = User.objects.filter(email=email).first()
    user = user or User.objects.create_user(email, person["name"], PASSWORD)
    department = Department.objects.get(code=person["department"]) if "department" in person else None
    accounts.grant_role(
        user=user,
        role=person["role"],
        department=department,
        position=person["position"],
        starts_on=SINCE,
        by=audit.SYSTEM,
    )
