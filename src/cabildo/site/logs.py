"""Log lines carry the request's reference, never a person's data."""

import logging
from contextvars import ContextVar

reference: ContextVar[str] = ContextVar("reference", default="")


class RequestReference(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.reference = reference.get()
        return True
