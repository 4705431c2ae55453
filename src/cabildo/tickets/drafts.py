"""What a neighbour has typed so far, kept in the session; personal data never is.

Each form has its own draft, named in its address: two tabs are two requests, even of one subject. An address without
a name means the newest draft of its subject.
"""

import re
import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from cabildo.tickets.models import Category

NAME = "borrador"
FORM = re.compile(r"[0-9a-f]{16}")
DRAFTS = "intakes"
RECEIPTS = "receipts"
MOST = 8  # of each in one session; the oldest is forgotten


def new_name() -> str:
    return uuid.uuid4().hex[:16]


def said_name(request: HttpRequest) -> str:
    """The form that the page or its address names; empty when neither does."""
    said = request.POST.get(NAME) or request.GET.get(NAME, "")
    return said if FORM.fullmatch(said) else ""


def named(url: str, name: str) -> str:
    """The address that says of which form it is."""
    return f"{url}?{urlencode({NAME: name})}"


def address(step: str, category: Category, name: str) -> str:
    """A step of this form."""
    return named(reverse(step, args=[category.code]), name)


def name_of_page(request: HttpRequest, category: Category) -> str:
    """The form of the page of step two: the one it says, else a new one, so that no other tab is written over."""
    said = said_name(request)
    return said if said and not _is_taken(request, category, said) else new_name()


def name_to_write(request: HttpRequest, category: Category) -> str:
    """Where step two is kept. Sent without a name, it goes on with the newest draft of its subject."""
    if said_name(request):
        return name_of_page(request, category)
    return newest(request, category) or new_name()


def newest(request: HttpRequest, category: Category) -> str:
    """The last draft written on this subject; empty when there is none."""
    return _last_of(_kept(request, DRAFTS), category)


def read(request: HttpRequest, category: Category) -> tuple[str, dict[str, Any]]:
    """The draft of this form and its name; an empty one when it was sent, forgotten or never begun."""
    name = said_name(request) or newest(request, category)
    draft = _kept(request, DRAFTS).get(name, {})
    return (name, draft) if draft.get("category") == category.pk else (name, {})


def read_named(request: HttpRequest, name: str) -> dict[str, Any]:
    return _kept(request, DRAFTS).get(name, {})


def keep(request: HttpRequest, category: Category, name: str, **parts: Any) -> None:
    """Write these parts; its own key, unknown to the address, makes sending it twice harmless."""
    before = _kept(request, DRAFTS).get(name) or {"key": uuid.uuid4().hex, "category": category.pk}
    _put(request, DRAFTS, name, {**before, **parts})


def finish(request: HttpRequest, category: Category, name: str, *, ticket_pk: int, secret: str) -> None:
    """Forget the draft; the receipt stays readable in this browser until the session ends."""
    drop(request, name)
    _put(request, RECEIPTS, name, {"ticket": ticket_pk, "secret": secret, "category": category.pk})


def drop(request: HttpRequest, name: str) -> None:
    """The person will not send it: they adhered to another's request instead."""
    request.session[DRAFTS] = {key: draft for key, draft in _kept(request, DRAFTS).items() if key != name}


def sent(request: HttpRequest, category: Category) -> str:
    """The form that was already sent: the one named, else the last one of this subject; empty when none was."""
    receipts, said = _kept(request, RECEIPTS), said_name(request)
    if said:
        return said if receipts.get(said, {}).get("category") == category.pk else ""
    return _last_of(receipts, category)


def receipt(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """The receipt named by the address and its name; without a name, the last one."""
    receipts = _kept(request, RECEIPTS)
    name = said_name(request) or next(reversed(receipts), "")
    return name, receipts.get(name, {})


def words(request: HttpRequest) -> str:
    """What the draft that the address names says, for a page that takes it up elsewhere."""
    return _kept(request, DRAFTS).get(said_name(request), {}).get("text", "")


def _is_taken(request: HttpRequest, category: Category, name: str) -> bool:
    """Whether the form was sent already, or is of another subject."""
    subject = _kept(request, DRAFTS).get(name, {}).get("category", category.pk)
    return name in _kept(request, RECEIPTS) or subject != category.pk


def _last_of(kept: dict[str, Any], category: Category) -> str:
    return next((name for name in reversed(kept) if kept[name]["category"] == category.pk), "")


def _kept(request: HttpRequest, shelf: str) -> dict[str, Any]:
    return request.session.get(shelf, {})


def _put(request: HttpRequest, shelf: str, name: str, value: dict[str, Any]) -> None:
    """The last one written stands last; more than the session holds drop the oldest."""
    others = [(key, kept) for key, kept in _kept(request, shelf).items() if key != name]
    request.session[shelf] = dict([*others, (name, value)][-MOST:])
