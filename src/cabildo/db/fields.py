"""Fields whose text is unreadable in the database, its backups and its logs."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import FieldError
from django.db import models, transaction
from django.db.models.expressions import Func
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute

from cabildo.db import keyring
from cabildo.db.locking import lock_rows


class Secret(str):
    """Text that prints as usual but hides itself in `repr`, so in tracebacks, error pages and debug output."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'•••'"


class _SecretAttribute(DeferredAttribute):
    def __set__(self, instance: models.Model, value: Any) -> None:
        is_plain_text = type(value) is str
        instance.__dict__[self.field.attname] = Secret(value) if is_plain_text else value


class EncryptedTextField(models.TextField):
    """Text stored with AES-GCM under the current key; None stays NULL, "" is stored encrypted.

    `purpose` is bound to the ciphertext: a value copied to a field of another purpose does not open. Choose it once,
    `<app>.<noun>`; changing it makes stored values unreadable. Searching is impossible by design, only `isnull` works:
    keep a `blind()` index in a column beside it.
    """

    descriptor_class = _SecretAttribute
    # an encrypted empty string is not an empty column: migrations must not invent b"" as a default
    empty_strings_allowed = False

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "purpose": self.purpose}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_placeholder_sql(self, value: Any, compiler: Any, connection: Any) -> Any:
        return connection.ops.binary_placeholder_sql(value, compiler)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        text = value if prepared else self.get_prep_value(value)
        if text is None:
            return None
        return connection.Database.Binary(keyring.active().encrypt(text.encode(), self._context))

    def from_db_value(self, value: bytes | memoryview | None, _expression: Any, _connection: Any) -> Secret | None:
        if value is None:
            return None
        return Secret(keyring.active().decrypt(bytes(value), self._context).decode())

    def get_lookup(self, lookup_name: str) -> type[IsNull]:
        if lookup_name == "isnull":
            return IsNull
        raise FieldError(
            f"{self.name} is encrypted: it cannot be searched with «{lookup_name}», only with «isnull». "
            "Keep a blind index beside it (cabildo.db.fields.blind) and search that."
        )

    @property
    def _context(self) -> bytes:
        return self.purpose.encode()


def blind(purpose: str, value: str) -> str:
    """What to store and compare in the index column: 64 hexadecimal digits. Normalise `value` before."""
    return keyring.active().blind_index(purpose, value)


def encrypted_fields(model: type[models.Model]) -> list[EncryptedTextField]:
    """Those whose column is in the model's own table, not in a parent's."""
    return [field for field in model._meta.local_fields if isinstance(field, EncryptedTextField)]


def count_by_key(field: EncryptedTextField) -> dict[str, int]:
    """Stored values per key id of the active keyring; under "unknown", those that no key of it opens."""
    rows = field.model._base_manager.exclude(**{f"{field.attname}__isnull": True})
    counts = {key_id: _closed_with(rows, field, key_id).count() for key_id in keyring.active().keys}
    unknown = rows.count() - sum(counts.values())
    return {**counts, "unknown": unknown} if unknown else counts


def reencrypt(model: type[models.Model], batch: int = 500) -> Iterator[int]:
    """Closes again, with the current key, the values closed with another one. Yields rows written, per batch.

    Each batch is a transaction of its own and rows already done are not selected: it may be stopped and repeated.
    Covers the tenants of all municipalities.
    """
    last_pk = None
    while outdated := list(_outdated(model, after_pk=last_pk).values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            # asked again under the lock: someone may have saved the row since
            rows = list(lock_rows(_outdated(model).filter(pk__in=outdated)))
            for row in rows:
                _rewrite(row)
        last_pk = outdated[-1]
        yield len(rows)


def _outdated(model: type[models.Model], after_pk: Any = None) -> models.QuerySet:
    fields = encrypted_fields(model)
    rows = model._base_manager.only("pk", *[field.attname for field in fields]).order_by("pk")
    if after_pk is not None:
        rows = rows.filter(pk__gt=after_pk)
    current = keyring.active().current
    rows = rows.alias(**{f"{field.attname}_prefix": _prefix(field, current) for field in fields})
    # NULL columns compare to NULL, so they are never chosen
    differs = [~models.Q(**{f"{field.attname}_prefix": keyring.Keyring.prefix(current)}) for field in fields]
    return rows.filter(reduce(or_, differs, models.Q(pk__in=[])))


def _rewrite(row: models.Model) -> None:
    values = {field.attname: getattr(row, field.attname) for field in encrypted_fields(type(row))}
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def _closed_with(rows: models.QuerySet, field: EncryptedTextField, key_id: str) -> models.QuerySet:
    return rows.alias(prefix=_prefix(field, key_id)).filter(prefix=keyring.Keyring.prefix(key_id))


def _prefix(field: EncryptedTextField, key_id: str) -> Func:
    length = len(keyring.Keyring.prefix(key_id))
    return Func(models.F(field.attname), 1, length, function="SUBSTR", output_field=models.BinaryField())
