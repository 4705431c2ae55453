"""Log lines carry the request's reference, never a person's data."""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
HEADER = "X-Request-ID"

reference: ContextVar[str] = ContextVar("reference", default="")


def new_reference() -> str:
    """Eight characters that can be read aloud without mistakes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


class RequestReference(logging.Filter):
    """Adds the reference, and takes away the address: it may hold a name searched for or a secret link."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.reference = reference.get()
        request = record.__dict__.pop("request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            record.msg, record.args = "%s %s", (request.method, match.route if match else "unknown address")
        return True


class ReferenceOfEachRequest:
    """Every answer carries the reference that its log lines carry, and that the error page shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = reference.set(new_reference())
        try:
            response = self.get_response(request)
            response[HEADER] = reference.get()
        finally:
            reference.reset(token)
        return response
