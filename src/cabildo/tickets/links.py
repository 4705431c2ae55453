"""Addresses that need no login: signed, and valid only for what they name."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core import signing
from django.urls import get_script_prefix, get_urlconf, reverse, set_script_prefix, set_urlconf

from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import current_municipality
from cabildo.tickets.models import Ticket

TRACKING_SALT = "tickets.tracking"


def tracking_token(ticket: Ticket) -> str:
    return signing.dumps({"t": ticket.pk, "m": ticket.municipality_id}, salt=TRACKING_SALT, compress=True)


def ticket_of(token: str) -> Ticket | None:
    """The request a signed link names, in the municipality of the scope; None when it was tampered with."""
    try:
        named = signing.loads(token, salt=TRACKING_SALT)
    except signing.BadSignature:
        return None
    if named.get("m") != current_municipality().pk:
        return None
    return Ticket.objects.filter(pk=named.get("t")).first()


def absolute(name: str, *arguments: object) -> str:
    """The full address of a page of the municipality in the scope, for mails and printed codes."""
    municipality: Municipality = current_municipality()
    host = next((host for host, slug in settings.MUNICIPALITY_HOSTS.items() if slug == municipality.slug), None)
    before = get_script_prefix()
    set_script_prefix("/" if host else f"/m/{municipality.slug}/")
    try:
        path = reverse(name, args=arguments, urlconf=settings.MUNICIPALITY_URLCONF)
    finally:
        set_script_prefix(before)
    scheme = settings.BASE_ADDRESS.partition("://")[0]
    return f"{scheme}://{host}{path}" if host else f"{settings.BASE_ADDRESS}{path}"


@contextmanager
def addresses() -> Iterator[None]:
    """`reverse` answers inside the municipality of the scope, as in a request: for work in the background."""
    before, prefix = get_urlconf(), get_script_prefix()
    set_urlconf(settings.MUNICIPALITY_URLCONF)
    set_script_prefix(f"/m/{current_municipality().slug}/")
    try:
        yield
    finally:
        set_urlconf(before)
        set_script_prefix(prefix)


def tracking_url(ticket: Ticket) -> str:
    return absolute("tickets:tracking", tracking_token(ticket))


def satisfaction_url(token: str) -> str:
    return absolute("tickets:satisfaction", token)
