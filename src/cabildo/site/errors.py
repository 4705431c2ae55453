"""Pages for what went wrong: what happened, what to do, and a reference to give by phone."""

import logging
import re
import sys
import traceback

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cabildo.accounts.access import public
from cabildo.site import logs
from cabildo.tickets.open311 import edge as open311

logger = logging.getLogger("cabildo.errors")
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
    return render(request, "site/error_403.html", status=403)


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
    return render(request, "site/error_csrf.html", status=403)
