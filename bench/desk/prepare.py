"""`python -m bench.desk.prepare N`: an installation with Puerto Claro and N requests more; tells what to ask for.

The demonstration is the base, so that categories, departments, roles and notices are those of a real municipality.
Without N only the base is made; on a base that exists already, only the requests are added.
"""

import contextlib
import os
import sys
from pathlib import Path
from urllib.parse import urlencode

import django

from cabildo.site import first_start

first_start.prepare(Path(os.environ["CABILDO_DATA_DIR"]))
django.setup()

from django.db import connection  # noqa: E402

from bench.desk import seeding  # noqa: E402
from bench.entrance import say, signed_in  # noqa: E402
from cabildo.accounts.models import Municipality, User  # noqa: E402
from cabildo.accounts.scoping import in_municipality  # noqa: E402
from cabildo.site import demo  # noqa: E402
from cabildo.site.commands import prepare  # noqa: E402
from cabildo.tickets.queries.catalogue import open_categories  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DOMAIN = "puertoclaro.example"
HERE = f"/m/{demo.SLUG}"
FORM = {"kind": "solicitud", "name": "Rosa Pérez", "email": "rosa@ejemplo.cl", "place": "Los Aromos 120"}
BODY = urlencode({**FORM, "text": "El poste frente a mi casa está apagado. "})
LIST = f"{HERE}/mesa/solicitudes/?estado=derived"


def main(count: int) -> None:
    if "accounts_municipality" not in connection.introspection.table_names():
        with contextlib.redirect_stdout(sys.stderr):
            prepare()
    municipality = Municipality.objects.get(slug=demo.SLUG)
    with in_municipality(municipality):
        words = seeding.fill(municipality, count) if count else {}
    office, officer = _entered("oirs"), _entered("diego")
    say(
        headers=office,
        officer=officer,
        lists=[LIST],
        create=accepting(municipality),
        body=BODY,
        table="tickets_ticket",
        marker='class="folio"',
        words=words,
        here=HERE,
    )


def _entered(name: str) -> dict[str, str]:
    return signed_in(User.objects.get(email=f"{name}@{DOMAIN}"), BACKEND)


def accepting(municipality: Municipality) -> str:
    """The form of the first category that asks for nothing more than the body says."""
    with in_municipality(municipality):
        for category in open_categories():
            asked = category.definition
            if "solicitud" in asked.get("kinds", []) and not asked.get("questions") and not asked.get("notices"):
                return f"{HERE}/mesa/solicitudes/ingresar/counter/{category.code}/"
    raise SystemExit("no category takes the form as it is")


if __name__ == "__main__":
    main(int(sys.argv[1]))
