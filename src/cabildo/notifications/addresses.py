"""Addresses that work outside a request: in mails, letters and codes to scan."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix

from cabildo.accounts.models import Municipality


def public_address(municipality: Municipality, view_name: str, **arguments: Any) -> str:
    """The full address of a municipality's page, on its own host when one is mapped to it."""
    base = urlsplit(settings.BASE_ADDRESS)
    host = next((host for host, slug in settings.MUNICIPALITY_HOSTS.items() if slug == municipality.slug), None)
    path = _path("/" if host else f"/m/{municipality.slug}/", view_name, arguments)
    return f"{base.scheme}://{host or base.netloc}{path}"


def mail_domain() -> str:
    """The domain of message identifiers of this installation."""
    return urlsplit(settings.BASE_ADDRESS).hostname or "localhost"


def _path(prefix: str, view_name: str, arguments: dict[str, Any]) -> str:
    # inside a request the prefix is already the municipality's, in a job there is none
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        return reverse(view_name, urlconf=settings.MUNICIPALITY_URLCONF, kwargs=arguments)
    finally:
        set_script_prefix(before)
