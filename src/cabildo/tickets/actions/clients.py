"""How does an external system get its key, use it within its limit, and lose it?"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.audit.models import ActorKind
from cabildo.db.locking import lock_rows
from cabildo.tickets.actions.events import By
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import ApiClient
from cabildo.tickets.queries.clients import key_index

KEY_BYTES = 24
HINT_LENGTH = 4


@dataclass(frozen=True)
class Issued:
    """A client and its key, which is never shown again."""

    client: ApiClient
    key: str


def actor(client: ApiClient) -> audit.Actor:
    """The client as the audit names it."""
    return audit.Actor(ActorKind.CLIENT, str(client.pk))


@transaction.atomic
def create_client(*, by: By, **values: Any) -> Issued:
    """Let a system in: `name`, `contact`, `may_*` and `per_minute` as in `ApiClient`."""
    key = _new_key()
    client = ApiClient(municipality=current_municipality(), created_by=by if isinstance(by, User) else None, **values)
    _take(client, key)
    client.full_clean(exclude=["municipality", "created_by"])
    client.save(force_insert=True)
    audit.record("api_client.created", on=client, by=by, data={"permissions": _permissions(client)})
    return Issued(client, key)


@transaction.atomic
def rotate_key(client: ApiClient, *, by: By) -> Issued:
    """Give it another key; the former stops working at once."""
    client = _locked(client)
    key = _new_key()
    _take(client, key)
    client.save(update_fields=["key_index", "key_hint"])
    audit.record("api_client.rotated", on=client, by=by)
    return Issued(client, key)


@transaction.atomic
def revoke_client(client: ApiClient, *, by: By) -> ApiClient:
    """Shut it out for good; what it brought in stays."""
    client = _locked(client)
    client.is_active = False
    client.save(update_fields=["is_active"])
    audit.record("api_client.revoked", on=client, by=by)
    return client


def admit(client: ApiClient) -> bool:
    """Count one call; False once this minute's are used up.

    The window lives in the client's own row, so the limit holds across processes. Tried twice: another process may
    have opened the window between one statement and the other.
    """
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    row = ApiClient.objects.filter(pk=client.pk)
    for _attempt in range(2):
        if row.filter(minute=minute, calls__lt=F("per_minute")).update(calls=F("calls") + 1, last_used_at=now):
            return True
        if row.exclude(minute=minute).update(minute=minute, calls=1, last_used_at=now):
            return True
    return False


def _new_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def _take(client: ApiClient, key: str) -> None:
    client.key_index, client.key_hint = key_index(key), key[-HINT_LENGTH:]


def _locked(client: ApiClient) -> ApiClient:
    fresh: ApiClient = lock_rows(ApiClient.objects.filter(pk=client.pk)).get()
    if not fresh.is_active:
        raise TicketsError("client_revoked", name=fresh.name)
    return fresh


def _permissions(client: ApiClient) -> list[str]:
    return [name for name in ("may_read", "may_write", "may_update") if getattr(client, name)]
