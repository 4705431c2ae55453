"""How often may the same connection try? Counted in memory, per process, by a hash of the address."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def allows(request: HttpRequest, purpose: str, *, limit: int, seconds: int) -> bool:
    """Count one try; False once this connection has made more than `limit` in `seconds`."""
    origin = f"{settings.SECRET_KEY}:{request.META.get('REMOTE_ADDR', '')}"
    key = f"throttle:{purpose}:{hashlib.sha256(origin.encode()).hexdigest()}"
    cache.add(key, 0, seconds)
    return cache.incr(key) <= limit
