"""Which object does a document belong to, and whom does that object let read it?

Upper apps register their objects in `AppConfig.ready()`; what is not registered nobody reads.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from cabildo.documents.errors import DocumentsError
from cabildo.documents.rules import Reader

Person = tuple[str, str]


def _nobody(*_: Any) -> bool:
    return False


def _no_persons(_: str) -> Iterable[Person]:
    return ()


@dataclass(frozen=True)
class OwnerType:
    """How the objects of one type decide. Every answer is for the municipality of the scope.

    `may_read(user, owner_id)`: staff with an account. `may_read_with(token, owner_id)`: whoever holds the token of a
    tracking link. `is_public(owner_id)`: what is marked public may be shown. `persons(owner_id)`: (type, id) of those
    whose personal data the documents show, so that the read is logged.
    """

    name: str
    may_read: Callable[[Any, str], bool]
    may_read_with: Callable[[str, str], bool] = _nobody
    is_public: Callable[[str], bool] = _nobody
    persons: Callable[[str], Iterable[Person]] = _no_persons


_types: dict[str, OwnerType] = {}


def register(
    owner_type: str,
    *,
    may_read: Callable[[Any, str], bool],
    may_read_with: Callable[[str, str], bool] = _nobody,
    is_public: Callable[[str], bool] = _nobody,
    persons: Callable[[str], Iterable[Person]] = _no_persons,
) -> None:
    """Declare who reads the documents of `owner_type`, an `app.model` label in lower case."""
    _types[owner_type] = OwnerType(owner_type, may_read, may_read_with, is_public, persons)


def identity(owner: Model) -> tuple[str, str]:
    """(type, id) of an object of a registered type; DocumentsError `owner_unknown` otherwise."""
    owner_type = owner._meta.label_lower
    if owner_type not in _types:
        raise DocumentsError("owner_unknown", owner_type=owner_type)
    return owner_type, str(owner.pk)


def reader(owner_type: str, owner_id: str, *, user: Any, token: str) -> Reader:
    """What the owner says of whoever asks; nobody when the type is not registered."""
    known = _types.get(owner_type)
    if known is None:
        return Reader()
    return Reader(
        as_staff=bool(user.is_authenticated and user.is_active) and known.may_read(user, owner_id),
        as_requester=bool(token) and known.may_read_with(token, owner_id),
        as_public=known.is_public(owner_id),
    )


def persons(owner_type: str, owner_id: str) -> tuple[Person, ...]:
    known = _types.get(owner_type)
    return tuple(known.persons(owner_id)) if known else ()
