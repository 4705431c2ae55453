"""What the tests of the work between departments share: a Monday, a question, a protocol, the real pack."""

from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.validation import read_folder
from cabildo.tickets.actions import internal, protocols

MONDAY = date(2026, 11, 23)
HERE = "/m/puerto-claro/"
DESK = f"{HERE}mesa/"


@cache
def national_tree() -> dict:
    return read_folder(Path(settings.CONTENT_DIR) / "tickets" / "oirs-chile", "oirs-chile")[0]


def adopt_national_tree(municipality) -> None:
    version = packs.publish(body=national_tree(), by=audit.SYSTEM).version
    packs.adopt(municipality=municipality, version=version, follows_updates=True, by=audit.SYSTEM)


def ask(to, by, *, ticket=None, today=MONDAY, **more):
    given = {"kind": "informe", "asks": "¿Hay poda programada?", "days": 10, **more}
    return internal.ask(to=to, by=by, ticket=ticket, today=today, **given)


def protocol_in_force(department, by, *, today=MONDAY, **more):
    given = {"title": "Responder claro", "step": "answer", "body": "Empiece por lo que se hizo.", **more}
    draft = protocols.write(department=department, by=by, **given)
    return protocols.approve(protocols.submit(draft, by=by), by=by, today=today)
