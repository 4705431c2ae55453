"""Tables in which rows are only added: the database itself refuses to change or remove them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation

TABLE_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
MESSAGE = "La tabla {table} es de solo agregar: sus filas no se modifican ni se borran."

SQLITE_REFUSE = """
CREATE TRIGGER append_only_{table}_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
SQLITE_ALLOW = "DROP TRIGGER append_only_{table}_{event}"

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRES_REFUSE = """
CREATE TRIGGER append_only_{table}_{event} BEFORE {event} ON {table}
FOR EACH {level} EXECUTE FUNCTION refuse_change('{message}')
"""
POSTGRES_ALLOW = "DROP TRIGGER append_only_{table}_{event} ON {table}"
POSTGRES_LEVELS = {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"}


class AppendOnly(Operation):
    """Migration operation: from here on `table` refuses UPDATE and DELETE (and TRUNCATE) with an `IntegrityError`.

    Reversible. On SQLite the triggers survive later changes of the table only through `cabildo.db.backends.sqlite`.
    """

    reversible = True

    def __init__(self, table: str) -> None:
        if not TABLE_NAME.fullmatch(table):
            raise ValueError(f"{table!r} is not a plain table name")
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.table], {}

    def describe(self) -> str:
        return f"Refuse changes to the rows of {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.table}_append_only"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in _refuse(self.table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in _allow(self.table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)


@contextmanager
def triggers_dropped(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lets the test runner flush its database; every table refuses again afterwards. Outside tests it raises."""
    if not settings.TESTING:
        raise ImproperlyConfigured("Append-only tables are opened for the flush of a test database and nothing else.")
    tables = append_only_tables(connection)
    _execute(connection, [statement for table in tables for statement in _allow(table, connection.vendor)])
    try:
        yield
    finally:
        _execute(connection, [statement for table in tables for statement in _refuse(table, connection.vendor)])


def append_only_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The protected tables, read from the database's own catalogue."""
    catalogue = {
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = "
        "'append_only_' || tbl_name || '_update' ORDER BY 1",
        "postgresql": "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = "
        "'append_only_' || c.relname || '_update' ORDER BY 1",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return [table for (table,) in cursor.fetchall()]


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _refuse(table: str, vendor: str) -> list[str]:
    message = MESSAGE.format(table=table)
    if vendor == "sqlite":
        return [SQLITE_REFUSE.format(table=table, event=event, message=message) for event in ("update", "delete")]
    triggers = [
        POSTGRES_REFUSE.format(table=table, event=event, level=level, message=message)
        for event, level in POSTGRES_LEVELS.items()
    ]
    return [POSTGRES_FUNCTION, *triggers]


def _allow(table: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [SQLITE_ALLOW.format(table=table, event=event) for event in ("update", "delete")]
    return [POSTGRES_ALLOW.format(table=table, event=event) for event in POSTGRES_LEVELS]
