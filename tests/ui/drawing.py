"""The gallery as a page, drawn without database or server."""

from types import SimpleNamespace

from django.template import Context, engines
from django.test import RequestFactory

from cabildo.ui import gallery
from cabildo.ui.navigation import Link, Section

FACES = ("ui/desk.html", "ui/portal.html")


def draw(shell: str, **more: object) -> str:
    shown = {
        "shell": shell,
        "municipality": SimpleNamespace(
            name="Municipalidad de Puerto Claro", slug="puerto-claro", hue=250, arms_url=None
        ),
        "user": "Diego Soto",
        "navigation": [Section("Solicitudes", (Link("Todas", "/mesa/", "inbox", True, 1204),))],
        "unread_count": 3,
    }
    context = gallery.context() | shown | more | {"request": RequestFactory().get("/")}
    # Straight from the engine: the context processors of the site need a database, the components must not.
    return engines["django"].engine.get_template("ui/gallery.html").render(Context(context))
