"""How often may the same connection try? Counted for all processes, by a keyed hash of the address."""

import hashlib

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from cabildo.tickets.actions import attempts

THIS_MACHINE = {"", "127.0.0.1", "::1"}


def allows(request: HttpRequest, purpose: str, *, limit: int, seconds: int) -> bool:
    """Count one try; False once this connection has made more than `limit` in `seconds`."""
    origin = f"{settings.SECRET_KEY}:{purpose}:{_address(request)}"
    key = hashlib.sha256(origin.encode()).hexdigest()
    return attempts.count_try(key, seconds=seconds, now=timezone.now()) <= limit


def _address(request: HttpRequest) -> str:
    """Who is at the other end. Behind the proxy of this machine all come from it: it says for whom it asks."""
    nearest: str = request.META.get("REMOTE_ADDR", "")
    if nearest not in THIS_MACHINE:
        return nearest
    # the last one is what the proxy itself wrote, whatever the visitor sent
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or nearest
