"""Addresses that need no login: signed, and valid only for what they name."""

from django.core import signing

from cabildo.accounts.links import absolute
from cabildo.accounts.scoping import current_municipality
from cabildo.tickets.models import Ticket
from cabildo.tickets.rules.folio import shown_secret

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


def tracking_url(ticket: Ticket) -> str:
    return absolute("tickets:tracking", tracking_token(ticket))


def satisfaction_url(token: str) -> str:
    return absolute("tickets:satisfaction", shown_secret(token))
