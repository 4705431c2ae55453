"""Rows of a whole database read and written without Django: what the least possible import would cost."""

import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import batched
from typing import Any

# what the database writes by itself: shadows of the words searched, and people_nameword, whose triggers fire here too
SHADOW = re.compile(r"^(sqlite_.*|search_\w+_(data|idx|content|docsize|config)|people_nameword)$")
ROWS_PER_STATEMENT = 500
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536"

Columns = tuple[str, ...]
Rows = list[tuple[Any, ...]]
Tables = dict[str, tuple[Columns, Rows]]


@contextmanager
def connected(url: str) -> Iterator[Any]:
    """A plain connection; on PostgreSQL, JSON stays text."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
            connection.executescript(PRAGMAS)
            yield connection
        return
    import psycopg
    from psycopg.types.string import TextLoader

    with psycopg.connect(url) as connection:
        connection.adapters.register_loader("jsonb", TextLoader)
        yield connection


def count(url: str, table: str) -> int:
    with connected(url) as connection:
        number: int = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
        return number


def everything(url: str) -> Tables:
    """Every row of every table; an FTS5 table by its row numbers and words, without what it keeps for itself."""
    with connected(url) as connection:
        return {table: _rows(connection, table, url) for table in _names(connection, url)}


def _names(connection: Any, url: str) -> list[str]:
    listing = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if url.startswith("sqlite")
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    return sorted(name for (name,) in connection.execute(listing) if not SHADOW.match(name))


def _rows(connection: Any, table: str, url: str) -> tuple[Columns, Rows]:
    """What is stored; a column that the database computes by itself is left out."""
    is_sqlite = url.startswith("sqlite")
    names = _listed(_stored(connection, table, is_sqlite=is_sqlite))
    key = "rowid, " if is_sqlite and table.startswith("search_") else ""
    cursor = connection.execute(f'SELECT {key}{names} FROM "{table}"')  # noqa: S608
    return tuple(column[0] for column in cursor.description), cursor.fetchall()


def _stored(connection: Any, table: str, *, is_sqlite: bool) -> Columns:
    if is_sqlite:  # hidden: 1 of a virtual table, 2 and 3 generated
        found = connection.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", [table])
    else:
        found = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public' "
            "AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
    return tuple(name for (name,) in found)


def added(before: Tables, after: Tables) -> Tables:
    """The rows whose first column (the key, in all our tables) is new."""
    found: Tables = {}
    for table, (columns, rows) in after.items():
        known = {row[0] for row in before[table][1]}
        if new := [row for row in rows if row[0] not in known]:
            found[table] = columns, new
    return found


def insert(url: str, tables: Mapping[str, tuple[Columns, Rows]]) -> float:
    """Seconds to write all rows in one transaction, some hundreds a statement; keys are checked at its end."""
    with connected(url) as connection:
        start = time.perf_counter()
        if url.startswith("sqlite"):
            _into_sqlite(connection, tables)
        else:
            _into_postgres(connection, tables)
        return time.perf_counter() - start


def _into_sqlite(connection: Any, tables: Mapping[str, tuple[Columns, Rows]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, (columns, rows) in tables.items():
        marks = ", ".join("?" * len(columns))
        connection.executemany(f'INSERT INTO "{table}" ({_listed(columns)}) VALUES ({marks})', rows)  # noqa: S608
    connection.execute("COMMIT")


def _into_postgres(connection: Any, tables: Mapping[str, tuple[Columns, Rows]]) -> None:
    with connection.transaction(), connection.cursor() as cursor:
        for table, (columns, rows) in tables.items():
            one = f"({', '.join(['%s'] * len(columns))})"
            for some in batched(rows, ROWS_PER_STATEMENT):
                marks = ", ".join([one] * len(some))
                values = [value for row in some for value in row]
                cursor.execute(f'INSERT INTO "{table}" ({_listed(columns)}) VALUES {marks}', values)  # noqa: S608


def _listed(columns: Columns) -> str:
    return ", ".join(f'"{column}"' for column in columns)
