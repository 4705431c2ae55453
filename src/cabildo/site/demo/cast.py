"""Who works in Puerto Claro, and where it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from cabildo import audit
from cabildo.accounts import actions as accounts
from cabildo.accounts.links import addresses
from cabildo.accounts.models import Department, Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.site.demo import history, llano_verde, penas_blancas, people, programme, quality_story
from cabildo.territory import actions as territory
from cabildo.territory.choices import LayerKind
from cabildo.tickets.models import Ticket

HERE = Path(__file__).parent
SLUG = "puerto-claro"
PASSWORD = people.PASSWORD
DOMAIN = "puertoclaro.example"
NOTICE = "Demostración: Puerto Claro es una comuna ficticia y nadie de los que aparecen existe."
CAST: list[dict[str, Any]] = yaml.safe_load((HERE / "cast.yaml").read_text(encoding="utf-8"))
ACCOUNTS = [(f"{person['email']}@{DOMAIN}", person["position"]) for person in CAST]
ACCOUNTS += [(f"{person['email']}@{llano_verde.DOMAIN}", person["position"]) for person in llano_verde.CAST]
ACCOUNTS += [(f"{person['email']}@{penas_blancas.DOMAIN}", person["position"]) for person in penas_blancas.CAST]
ACCOUNTS += [(person["email"], person["position"]) for agency in programme.CAST for person in agency["people"]]


def load() -> Municipality:
    """Create what is missing of the demonstration; a second run changes nothing."""
    for _words, step in STEPS:
        step()
    return Municipality.objects.get(slug=SLUG)


def _requests() -> None:
    municipality = Municipality.objects.filter(slug=SLUG).first() or _found()
    with in_municipality(municipality):
        if not Ticket.objects.exists():
            history.write(today=timezone.localdate())


def _quality() -> None:
    municipality = Municipality.objects.get(slug=SLUG)
    with in_municipality(municipality), addresses():
        programme.settle(PASSWORD, enters=False)
        quality_story.write(municipality, timezone.localdate())


# what is said while each part is being written, and what writes it
STEPS: list[tuple[str, Callable[[], object]]] = [
    ("Cargando Puerto Claro, comuna ficticia, con sus solicitudes…", _requests),
    ("Contando sus dos ciclos del programa de calidad…", _quality),
    ("Cargando Llano Verde, otra comuna ficticia…", llano_verde.load),
    ("Cargando Peñas Blancas, que se acredita…", penas_blancas.load),
]


def _found() -> Municipality:
    municipality = people.found(SLUG, "Municipalidad de Puerto Claro", hue=250, notice=NOTICE)
    with in_municipality(municipality):
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
    """An account with its role in Puerto Claro, which is the municipality of the scope."""
    people.hire(person, DOMAIN)
