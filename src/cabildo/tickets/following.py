"""Signed addresses of who adheres: an offer to adhere to one request, and the page of one adhesion."""

from typing import Any

from django.core import signing

from cabildo.accounts.links import absolute
from cabildo.accounts.scoping import current_municipality
from cabildo.tickets.models import Adhesion, DataSubjectRequest, Ticket
from cabildo.tickets.queries.published import offerable_tickets

OFFER_SALT, ADHESION_SALT, DATA_REQUEST_SALT = "tickets.offer", "tickets.adhesion", "tickets.data_request"
OFFER_SECONDS = 24 * 60 * 60


def _sign(pk: Any, salt: str) -> str:
    return signing.dumps({"i": pk, "m": current_municipality().pk}, salt=salt, compress=True)


def _read(token: str, salt: str, max_age: int | None = None) -> Any:
    """The id that a link names here; None when it was tampered with, is old, or is another municipality's."""
    try:
        named = signing.loads(token, salt=salt, max_age=max_age)
    except signing.BadSignature:
        return None
    return named.get("i") if named.get("m") == current_municipality().pk else None


def offer_token(ticket: Ticket) -> str:
    """Lets its holder adhere, for a day: folios can be guessed, and not every request may be adhered to."""
    return _sign(ticket.pk, OFFER_SALT)


def offered_ticket(token: str) -> Ticket | None:
    """What became private since it was offered is there no more."""
    pk = _read(token, OFFER_SALT, OFFER_SECONDS)
    offered = offerable_tickets().select_related("category", "area", "department")
    return offered.filter(pk=pk).first() if pk else None


def adhesion_token(adhesion: Adhesion) -> str:
    return _sign(adhesion.pk, ADHESION_SALT)


def adhesion_of(token: str) -> Adhesion | None:
    pk = _read(token, ADHESION_SALT)
    joined = Adhesion.objects.select_related("ticket__category", "ticket__area", "ticket__department")
    return joined.filter(pk=pk, ended_at=None).first() if pk else None


def adhesion_url(adhesion: Adhesion) -> str:
    return absolute("tickets:adhesion", adhesion_token(adhesion))


def data_request_token(asked: DataSubjectRequest) -> str:
    return _sign(asked.pk, DATA_REQUEST_SALT)


def data_request_of(token: str) -> DataSubjectRequest | None:
    pk = _read(token, DATA_REQUEST_SALT)
    kept = DataSubjectRequest.objects.filter(anonymised_at=None).select_related("requester")
    return kept.filter(pk=pk).first() if pk else None


def data_request_url(asked: DataSubjectRequest) -> str:
    return absolute("tickets:data_request", data_request_token(asked))
