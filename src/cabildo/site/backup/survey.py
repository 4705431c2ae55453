"""What does a database hold? Rows, migrations, the keys it needs: asked of a snapshot, in plain SQL."""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from cabildo.db.fields import encrypted_fields
from cabildo.db.keyring import Keyring
from cabildo.documents.models import Document

# filled by the migrations themselves
BOOKKEEPING = {"django_migrations", "django_content_type", "auth_permission"}
INDEX_KEY = "index"


def rows(connection: BaseDatabaseWrapper, tables: Iterable[str] | None = None) -> dict[str, int]:
    """Table -> rows, of these tables or of all that hold models."""
    existing = _tables(connection)
    wanted = existing if tables is None else existing & set(tables)
    quote = connection.ops.quote_name
    return {table: _number(connection, f"SELECT count(*) FROM {quote(table)}") for table in sorted(wanted)}  # noqa: S608


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether nothing but what migrations write is in it."""
    return not any(rows(connection, _tables(connection) - BOOKKEEPING).values())


def migrations(connection: BaseDatabaseWrapper) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def known_migrations() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}


def kept_paths(connection: BaseDatabaseWrapper) -> set[str]:
    """Where the documents that were not erased lie, inside the folder of files."""
    if Document._meta.db_table not in _tables(connection):
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT path FROM {Document._meta.db_table} WHERE path IS NOT NULL")  # noqa: S608
        return {path for (path,) in cursor.fetchall()}


def keys_needed(connection: BaseDatabaseWrapper, ring: Keyring) -> dict[str, int]:
    """Key id -> values it closed; under "unknown", those that no key of the ring opens."""
    columns = [column for column in _encrypted_columns() if column[0] in _tables(connection)]
    per_key = {key_id: sum(_closed_with(connection, *c, key_id) for c in columns) for key_id in ring.keys}
    total = sum(_closed(connection, *column) for column in columns)
    needed = {**per_key, "unknown": total - sum(per_key.values())}
    return {key_id: number for key_id, number in needed.items() if number}


def fingerprints(ring: Keyring) -> dict[str, str]:
    """What tells two keys of the same name apart, and does not help to find either."""
    marks = {key_id: hmac.new(key, b"cabildo backup", hashlib.sha256).hexdigest() for key_id, key in ring.keys.items()}
    return {**marks, INDEX_KEY: ring.blind_index("backup.fingerprint", "")}


def _tables(connection: BaseDatabaseWrapper) -> set[str]:
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return (ours | BOOKKEEPING) & set(connection.introspection.table_names())


def _encrypted_columns() -> list[tuple[str, str]]:
    return [(m._meta.db_table, str(field.column)) for m in apps.get_models() for field in encrypted_fields(m)]


def _closed(connection: BaseDatabaseWrapper, table: str, column: str) -> int:
    return _number(connection, f"SELECT count({column}) FROM {table}")  # noqa: S608


def _closed_with(connection: BaseDatabaseWrapper, table: str, column: str, key_id: str) -> int:
    prefix = Keyring.prefix(key_id)
    query = f"SELECT count(*) FROM {table} WHERE substr({column}, 1, {len(prefix)}) = %s"  # noqa: S608
    return _number(connection, query, prefix)


def _number(connection: BaseDatabaseWrapper, query: str, *parameters: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return int(cursor.fetchone()[0])
