"""Pages for what went wrong: what happened, what to do, and a reference to give by phone."""

import logging
import re
import sys
import traceback
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from cabildo.accounts.access import public
from cabildo.accounts.models import Agency
from cabildo.accounts.queries import active_roles, roles_in_agency
from cabildo.accounts.roles import outside_roles
from cabildo.site import logs
from cabildo.tickets.open311 import edge as open311

logger = logging.getLogger("cabildo.errors")
LONG = 20  # letters
CARRIED = re.compile(r"password|token|^(seen|version|key)$")  # secrets, and what forms carry hidden
OPEN311 = re.compile(r"/open311/v2/.*\.(?P<fmt>xml|json)$")  # there programs read, not people


@public(before_opening=True)
def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "site/error_400.html", status=400)


@public(before_opening=True)
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if asked := OPEN311.search(request.path_info):
        return open311.nowhere(request, asked["fmt"])
    return render(request, "site/error_404.html", status=404)


@public(before_opening=True)
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """In the clothes of the desk for who works at one; whom to ask is who gave them their role."""
    user: Any = getattr(request, "user", None)
    agency = getattr(request, "agency", None)
    at_desk = user is not None and user.is_authenticated and _works_here(request, user, agency)
    shell = "ui/desk.html" if at_desk else "ui/portal.html"
    context = {"shell": shell, "asks": _whom_to_ask(user, agency, at_desk=at_desk)}
    return render(request, "site/error_403.html", context, status=403)


def _works_here(request: HttpRequest, user: Any, agency: Agency | None) -> bool:
    """Is this a desk, and theirs?"""
    if agency is not None:
        return bool(roles_in_agency(user, agency))
    in_desk = getattr(request, "municipality", None) is not None and request.path_info.startswith("/mesa/")
    return in_desk and bool(active_roles(user))


def _whom_to_ask(user: Any, agency: Agency | None, *, at_desk: bool) -> str:
    if agency is not None:
        return _("Si cree que le corresponde, pídalo a quien administra su organismo en esta plataforma.")
    if at_desk and {active.role for active in active_roles(user)} <= outside_roles():
        return _("Su rol en esta municipalidad lo da el organismo que le envía. Si le falta algo, pídalo ahí.")
    return _("Si cree que le corresponde, pídalo a la administración de la plataforma en su municipalidad.")


@public(before_opening=True)
def server_error(request: HttpRequest) -> HttpResponse:
    reference = logs.reference.get() or logs.new_reference()
    logger.error("unhandled error", extra={"error_reference": reference, **_where()})
    return render(request, "site/error_500.html", {"reference": reference}, status=500)


def _where() -> dict[str, str]:
    """The class and the line of the error in hand; never its message, which may quote a person."""
    kind, _error, trace = sys.exc_info()
    if kind is None or trace is None:
        return {}
    last = traceback.extract_tb(trace)[-1]
    return {"error_class": kind.__name__, "error_line": f"{last.filename}:{last.lineno}"}


@public(before_opening=True)
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The texts go back to who wrote them on a page of ours; of what another site sends nothing is shown here."""
    ours = _came_from_here(request)
    context = {"typed": _long_texts(request) if ours else [], "again": _page_before(request) if ours else ""}
    return render(request, "site/error_csrf.html", context, status=403)


def _came_from_here(request: HttpRequest) -> bool:
    """As the browser says it: a page cannot write these two headers."""
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin" or request.headers.get("Origin") == own


def _page_before(request: HttpRequest) -> str:
    """The page that was sent, to be opened again with a token that works; empty when the browser does not tell."""
    page = request.headers.get("Referer", "")
    is_here = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if is_here else ""


def _long_texts(request: HttpRequest) -> list[str]:
    """What somebody would have to write again; never a secret, nor what the page carried by itself."""
    given = ((name, text.strip()) for name, texts in request.POST.lists() for text in texts)
    return [text for name, text in given if len(text) > LONG and " " in text and not CARRIED.search(name)]
