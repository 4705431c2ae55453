"""Log lines carry the request's reference, never a person's data."""

import logging
import secrets
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
HEADER = "X-Request-ID"

reference: ContextVar[str] = ContextVar("reference", default="")


def new_reference() -> str:
    """Eight characters that can be read aloud without mistakes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


class RequestReference(logging.Filter):
    """Adds the reference; takes away the address and an error's words: they may hold a name or a secret link."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.reference = reference.get()
        request = record.__dict__.pop("request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            record.msg, record.args = "%s %s", (request.method, match.route if match else "unknown address")
        if record.exc_info and record.exc_info[0] is not None:
            self._keep_class_and_line(record, record.exc_info[0], record.exc_info[2])
        return True

    @staticmethod
    def _keep_class_and_line(record: logging.LogRecord, kind: type[BaseException], trace: Any) -> None:
        """The message of an error may quote a person; its class and the line where it rose do not."""
        frames = traceback.extract_tb(trace)
        record.error_class = kind.__name__
        record.error_line = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        record.exc_info = record.exc_text = None


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
