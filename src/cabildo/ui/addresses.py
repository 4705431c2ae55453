"""Addresses of pages that take no argument: the shell of every page asks for dozens of them."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

KEPT = 20_000  # some fifty pages of all 346 communes


def address(name: str) -> str:
    """As `reverse`, remembered for each municipality. Raises NoReverseMatch."""
    return _found(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=KEPT)
def _found(name: str, urlconf: str, _prefix: str) -> str:
    return reverse(name, urlconf=urlconf)
