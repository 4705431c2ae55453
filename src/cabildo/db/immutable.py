"""Rows that stay as they are: the database itself refuses to change or remove them, all of a table or the settled."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations_with_replacement
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

SETTLED_MESSAGE = "Esta fila de {table} ya quedó fija: no se modifica ni se borra."
SQLITE_SETTLED = """
CREATE TRIGGER settled_{table}_{event} BEFORE {event} ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
POSTGRES_SETTLED = """
CREATE TRIGGER settled_{table}_{event} BEFORE {event} ON {table}
FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refuse_change('{message}')
"""


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


class Settled(Operation):
    """Migration operation: a row whose `column` holds a value of `path` refuses DELETE, and any UPDATE but going on
    along `path`, with an `IntegrityError`.

    Reversible. A column added to the model later is not covered: undo the operation and repeat it in that migration.
    """

    reversible = True

    def __init__(self, model_name: str, column: str, path: Sequence[str]) -> None:
        self.model_name, self.column, self.path = model_name, column, tuple(path)
        if not all(TABLE_NAME.fullmatch(word) for word in (column, *self.path)):
            raise ValueError(f"{column!r} and {self.path!r} must be plain words")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.model_name, self.column, self.path], {}

    def describe(self) -> str:
        return f"Refuse changes to the {' and '.join(self.path)} rows of {self.model_name}"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name.lower()}_settled"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        described = to_state.apps.get_model(app_label, self.model_name)._meta
        others = [field.column for field in described.local_concrete_fields if field.column != self.column]
        on_postgres = schema_editor.connection.vendor == "postgresql"
        if on_postgres:
            schema_editor.execute(POSTGRES_FUNCTION, params=None)
        template = POSTGRES_SETTLED if on_postgres else SQLITE_SETTLED
        differ = "IS DISTINCT FROM" if on_postgres else "IS NOT"
        message = SETTLED_MESSAGE.format(table=described.db_table)
        for event, condition in self._conditions(others, differ).items():
            filled = template.format(table=described.db_table, event=event, condition=condition, message=message)
            schema_editor.execute(filled, params=None)

    def _conditions(self, others: Sequence[str], differ: str) -> dict[str, str]:
        """What each kind of change is refused for, in SQL."""
        is_settled = f"OLD.{self.column} IN ({', '.join(f"'{value}'" for value in self.path)})"
        onwards = ", ".join(f"'{old}>{new}'" for old, new in combinations_with_replacement(self.path, 2))
        leaves = f"(OLD.{self.column} || '>' || NEW.{self.column}) NOT IN ({onwards})"
        changes = " OR ".join([leaves, *(f'OLD."{name}" {differ} NEW."{name}"' for name in others)])
        return {"update": f"{is_settled} AND ({changes})", "delete": is_settled}

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        place = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for event in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER settled_{table}_{event}{place}", params=None)


@contextmanager
def triggers_dropped(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lets the test runner flush its database; every table refuses again afterwards. Outside tests it raises."""
    if not settings.TESTING:
        raise ImproperlyConfigured("Append-only tables are opened for the flush of a test database and nothing else.")
    tables, settled = append_only_tables(connection), _settled_triggers(connection)
    allowing = [statement for table in tables for statement in _allow(table, connection.vendor)]
    _execute(connection, [*allowing, *(f"DROP TRIGGER {name}" for name in settled)])
    try:
        yield
    finally:
        refusing = [statement for table in tables for statement in _refuse(table, connection.vendor)]
        _execute(connection, [*refusing, *settled.values()])


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


def _settled_triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Those of `Settled` by name, where the flush deletes row by row; PostgreSQL truncates past them."""
    if connection.vendor == "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'settled_*'")
        return dict(cursor.fetchall())


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
