"""The gallery as a page, drawn without database or server."""

from types import SimpleNamespace

from django.template import Context, engines
from django.test import RequestFactory, override_settings
from django.urls import path

from cabildo.ui import gallery
from cabildo.ui.navigation import Link, Section, drawn

FACES = ("ui/desk.html", "ui/portal.html")


def page(request): ...


# The addresses that the shell links; the site gives them their views.
urlpatterns = [
    *(path(f"{name}/", page, name=name) for name in ("portal_home", "search", "account_settings")),
    *(path(f"{name}/", page, name=name) for name in ("account_login", "account_logout", "session")),
    path("estilo/<int:hue>.css", page, name="brand_stylesheet"),
]


def draw(shell: str, *, addresses: str = "ui.drawing", **more: object) -> str:
    modules = [Section("Solicitudes", (Link("Todas", "/mesa/", "inbox", True, 1204),))]
    shown = {
        "shell": shell,
        "institution": SimpleNamespace(
            name="Municipalidad de Puerto Claro", slug="puerto-claro", hue=250, arms_url=None
        ),
        "user": "Diego Soto",
        "navigation": modules,
        "modules": drawn(modules),
        "inbox_url": "/avisos/",
        "unread_count": 3,
        "portal_navigation": [
            {"label": "Inicio", "url": "/portal", "active": True},
            {"label": "Cifras", "url": "/cifras/"},
        ],
    }
    context = gallery.context() | shown | more | {"request": RequestFactory().get("/")}
    # Straight from the engine: the context processors of the site need a database, the components must not.
    with override_settings(ROOT_URLCONF=addresses):
        return engines["django"].engine.get_template("ui/gallery.html").render(Context(context))
