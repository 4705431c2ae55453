"""What every page's shell needs to know."""

from collections.abc import Sequence
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_script_prefix, get_urlconf, resolve
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from cabildo.accounts.access import roles_with, would_open
from cabildo.accounts.models import Agency, Municipality, User
from cabildo.accounts.queries import active_roles, roles_in_agency
from cabildo.accounts.scoping import is_in_one_municipality
from cabildo.notifications.queries import unread_count
from cabildo.site.sessions import seconds_left
from cabildo.ui import navigation
from cabildo.ui.addresses import address
from cabildo.ui.navigation import Menu

KEPT = 5_000  # menus and what is drawn of them: some ten roles and twenty modules of each of a few dozen communes


def shell(request: HttpRequest) -> dict[str, Any]:
    """The institution of the address, and for who has entered its desk, the modules they may open."""
    municipality, agency = getattr(request, "municipality", None), getattr(request, "agency", None)
    context: dict[str, Any] = {"municipality": municipality, "agency": agency, "session_seconds": 0}
    context["institution"] = municipality or agency
    if agency is not None:
        return context | _agency_desk(request, agency)
    if municipality is None or not is_in_one_municipality():  # an error outside the municipality's scope
        return context
    return context | _municipality_site(request, municipality)


def _municipality_site(request: HttpRequest, municipality: Municipality) -> dict[str, Any]:
    context: dict[str, Any] = {
        "demo_notice": municipality.notice,
        "portal_navigation": _links(request, PORTAL_LINKS),
        "foot_navigation": _links(request, FOOT_LINKS),
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        roles = frozenset(active.role for active in active_roles(user))
        context |= _modules(roles, navigation.MUNICIPALITY, request.path)
        context |= {
            "desk_home_url": address("desk_home"),
            "session_seconds": seconds_left(request.session),
            "inbox_url": address("notifications:inbox"),
            "opens": cache(partial(_opens, user)),
            "unread_count": cache(partial(unread_count, user)),  # asked by the pages that draw the bell
        }
        if user.run_index:
            context["portal_navigation"] += _links(request, PROVEN_LINKS)
    return context


def _agency_desk(request: HttpRequest, agency: Agency) -> dict[str, Any]:
    """The same shell for an agency: its own modules, no portal, no inbox."""
    context: dict[str, Any] = {"demo_notice": agency.notice, "desk_home_url": address("desk_home")}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context |= _modules(roles_in_agency(user, agency), navigation.AGENCY, request.path)
        context["session_seconds"] = seconds_left(request.session)
    return context


def _modules(roles: frozenset[str], desk: str, path: str) -> dict[str, Any]:
    """The modules that people of these roles may open: asked by every page, and the same until the next start."""
    where = (roles, desk, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    active = _menu(*where).active(path)
    return {"navigation": _sections(*where, active), "modules": _drawn(*where, active)}


@lru_cache(maxsize=KEPT)
def _menu(roles: frozenset[str], desk: str, _urlconf: str, _prefix: str) -> Menu:
    return navigation.menu(lambda permission: not roles.isdisjoint(roles_with(permission)), desk)


@lru_cache(maxsize=KEPT)
def _sections(
    roles: frozenset[str], desk: str, urlconf: str, prefix: str, active: str | None
) -> tuple[navigation.Section, ...]:
    return _menu(roles, desk, urlconf, prefix).sections(active)


@lru_cache(maxsize=KEPT)
def _drawn(roles: frozenset[str], desk: str, urlconf: str, prefix: str, active: str | None) -> SafeString:
    return navigation.drawn(_sections(roles, desk, urlconf, prefix, active))


def _opens(user: User, url: str) -> bool:
    """Would the page at this address let the person in?"""
    path = urlsplit(url).path.removeprefix(get_script_prefix().rstrip("/"))
    if not path:
        return True  # a place on this page
    try:
        found = resolve(path, get_urlconf())
    except Resolver404:
        return True  # outside the desk
    return would_open(user, found.func, found.kwargs)


PORTAL_LINKS = [
    (gettext_lazy("Inicio"), "portal_home"),
    (gettext_lazy("Hacer una solicitud"), "tickets:new"),
    (gettext_lazy("Seguir una solicitud"), "tickets:find"),
    (gettext_lazy("Cifras"), "tickets:figures"),
    (gettext_lazy("Direcciones"), "tickets:directory"),
]
PROVEN_LINKS = [(gettext_lazy("Mis solicitudes"), "tickets:mine")]  # of who proved their RUN with ClaveÚnica
FOOT_LINKS = [
    (gettext_lazy("Solicitudes públicas"), "tickets:public_list"),
    (gettext_lazy("Cómo cuidamos sus datos"), "tickets:privacy"),
    (gettext_lazy("Sus derechos sobre sus datos"), "tickets:data_request_new"),
]


def _links(request: HttpRequest, named: Sequence[tuple[Any, str]]) -> list[dict[str, Any]]:
    addresses = [(label, address(name)) for label, name in named]
    return [{"label": label, "url": url, "active": request.path == url} for label, url in addresses]
