"""Pages for what went wrong: what happened, what to do, and a reference to give by phone."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cabildo.accounts.access import public

logger = logging.getLogger("cabildo.errors")
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_reference() -> str:
    """Eight characters that can be read aloud without mistakes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "site/error_404.html", status=404)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "site/error_403.html", status=403)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    reference = new_reference()
    logger.error("unhandled error", extra={"error_reference": reference})
    return render(request, "site/error_500.html", {"reference": reference}, status=500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "site/error_csrf.html", status=403)
