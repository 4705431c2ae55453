"""What every page's shell needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django_scopes.state import get_scope

from cabildo.accounts.access import can
from cabildo.ui import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """The municipality, and for who has entered its desk, the modules they may open."""
    municipality = getattr(request, "municipality", None)
    context: dict[str, Any] = {"municipality": municipality, "session_seconds": 0}
    if municipality is None or "municipality" not in get_scope():  # an error outside the municipality's scope
        return context
    context |= {"demo_notice": municipality.notice, "portal_navigation": _portal_links(request)}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context |= {
            "navigation": navigation.sections(may=lambda permission: can(user, permission), path=request.path),
            "desk_home_url": reverse("desk_home"),
            "session_seconds": settings.SESSION_COOKIE_AGE,
        }
    return context


def _portal_links(request: HttpRequest) -> list[dict[str, Any]]:
    links = [
        (_("Inicio"), "portal_home"),
        (_("Hacer una solicitud"), "tickets:new"),
        (_("Seguir una solicitud"), "tickets:find"),
        (_("Cifras"), "tickets:figures"),
        (_("Direcciones"), "tickets:directory"),
    ]
    return [{"label": label, "url": reverse(name), "active": request.path == reverse(name)} for label, name in links]
