"""The whole content of a test database, kept once it took long to write and put back as often as it is asked for."""

import sqlite3
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations' ORDER BY 1"
COUNTERS = "SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE last_value IS NOT NULL"


class Kept(Protocol):
    def put_back(self) -> None: ...


def keep() -> Kept:
    """What the database of the test holds now."""
    return InSQLite() if connection.vendor == "sqlite" else InPostgreSQL()


class InSQLite:
    def __init__(self) -> None:
        self.copy = sqlite3.connect(":memory:")
        connection.connection.backup(self.copy)

    def put_back(self) -> None:
        connection.ensure_connection()
        self.copy.backup(connection.connection)
        ContentType.objects.clear_cache()


class InPostgreSQL:
    """Rows by COPY, with the triggers asleep that would refuse them; the user of a test database may do that."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            names = [name for (name,) in cursor.fetchall()]
            self.rows = {name: _read(cursor, name) for name in names}
            cursor.execute(COUNTERS)
            self.counters = cursor.fetchall()

    @transaction.atomic
    def put_back(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(f"TRUNCATE {', '.join(self.rows)}")
            for name, rows in self.rows.items():
                with cursor.copy(f"COPY {name} FROM STDIN") as writing:
                    writing.write(rows)
            for name, value in self.counters:
                cursor.execute("SELECT setval(%s::regclass, %s)", [name, value])
        ContentType.objects.clear_cache()


def _read(cursor: Any, name: str) -> bytes:
    with cursor.copy(f"COPY {name} TO STDOUT") as reading:
        return b"".join(map(bytes, reading))
