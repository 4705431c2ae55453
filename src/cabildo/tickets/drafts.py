"""What a neighbour has typed so far, kept in the session; personal data never is."""

import uuid
from typing import Any

from django.http import HttpRequest

from cabildo.tickets.models import Category

KEY = "intake"
RECEIPT = "receipt"


def start(request: HttpRequest, category: Category) -> None:
    """Begin, or go on when the category is the same; the key makes resending harmless."""
    if read(request).get("category") != category.code:
        request.session[KEY] = {"key": uuid.uuid4().hex, "category": category.code}


def read(request: HttpRequest) -> dict[str, Any]:
    return request.session.get(KEY, {})


def keep(request: HttpRequest, **parts: Any) -> None:
    request.session[KEY] = {**read(request), **parts}


def finish(request: HttpRequest, ticket_pk: int, secret: str) -> None:
    """Forget the draft; the receipt stays readable in this browser until the session ends."""
    request.session.pop(KEY, None)
    request.session[RECEIPT] = {"ticket": ticket_pk, "secret": secret}


def drop(request: HttpRequest) -> None:
    """The person will not send it: they adhered to another's request instead."""
    request.session.pop(KEY, None)


def receipt(request: HttpRequest) -> dict[str, Any]:
    return request.session.get(RECEIPT, {})
