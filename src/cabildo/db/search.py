"""Full-text search that stays fast at a million rows, newest first, on both databases.

Words are folded here (`kit.text.words`: lower case, no accents), so SQLite and PostgreSQL see the same ones. Each
stands behind its municipality, `007_luminaria`, so that the rows of a word are those of one municipality and nothing
has to be compared with all the rows of that municipality. No text contains the sign between them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched
from typing import Any, cast

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation
from django.db.models.expressions import RawSQL

from cabildo.kit.text import words

INDEX_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
MAX_WORD_LENGTH = 40  # characters; longer words are cut alike in texts and in queries
MAX_WORDS = 5_000  # different words of one text; keeps a tsvector under its limit of one megabyte
MAX_QUERY_WORDS = 12
# a shorter last word is taken whole: "d" would match nearly everything
SHORTEST_PREFIX = 2
ROWS_PER_STATEMENT = 500
MUNICIPALITY_DIGITS = 3  # at least; Chile has 346 communes
COUNT = "SELECT count(*) FROM ({rows} LIMIT %s) AS found"
KEYS = "SELECT count(*), coalesce(array_agg(pk)::text, '{{}}') FROM ({rows} LIMIT %s) AS found"


@dataclass(frozen=True)
class Matches:
    """How many rows have the words of a query and, when they are `few` enough, which: their keys as PostgreSQL writes
    a list, for `narrowed` to ask with. Nobody reads that list here: it goes back as it came."""

    number: int
    keys: str
    few: bool


class Among(models.Lookup):
    """`key = ANY('{1,2,3}')`: a list that PostgreSQL hashes once, of whose length its planner knows."""

    lookup_name = "among"

    def get_prep_lookup(self) -> Any:
        return self.rhs

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        key, parameters = self.process_lhs(compiler, connection)
        return f"{key} = ANY(%s::bigint[])", (*parameters, self.rhs)


class SearchIndex:
    """The table `search_<name>`, made by `CreateSearchIndex(name)`: one row of folded words per primary key.

    Texts stand in it readable: never put in what is encrypted elsewhere. It takes part in transactions like any
    other table.
    """

    def __init__(self, name: str) -> None:
        self.table = _table(name)

    def put(self, pk: int, municipality_id: int, text: str) -> None:
        """Adds the row or replaces it."""
        self.put_many([(pk, municipality_id, text)])

    def put_many(self, rows: Iterable[tuple[int, int, str]]) -> None:
        """Rows of (pk, municipality_id, text)."""
        dialect = _dialect(connection)
        with connection.cursor() as cursor:
            for some in batched(rows, ROWS_PER_STATEMENT):
                cursor.executemany(self._sql(dialect.put), [dialect.row(*row) for row in some])

    def remove(self, pk: int) -> None:
        self._execute(_dialect(connection).remove, [pk])

    def clear(self) -> None:
        """Empties the index, to fill it anew."""
        self._execute(_dialect(connection).clear, [])

    def matching_pks(
        self, municipality_id: int, query: str, before_pk: int | None = None, limit: int = 20
    ) -> list[int]:
        """Keys of rows that have all words of `query`, newest (highest) first; the last word may be incomplete.

        `before_pk` continues below a key already shown. Any text is a valid query; one without words finds nothing.
        """
        asked = _asked(query)
        if not asked:
            return []
        dialect = _dialect(connection)
        narrowing = "" if before_pk is None else dialect.before
        parameters = {"query": dialect.query(municipality_id, asked), "before": before_pk, "limit": limit}
        with connection.cursor() as cursor:
            cursor.execute(self._sql(dialect.match.replace("{before}", narrowing)), parameters)
            return [pk for (pk,) in cursor.fetchall()]

    def count(self, municipality_id: int, query: str, most: int) -> int:
        """How many rows have all words of `query`, counting no further than `most`."""
        asked = _asked(query)
        if not asked:
            return 0
        dialect = _dialect(connection)
        with connection.cursor() as cursor:
            cursor.execute(self._sql(COUNT.format(rows=dialect.every)), [dialect.query(municipality_id, asked), most])
            return int(cursor.fetchone()[0])

    def matches(self, municipality_id: int, query: str, most: int) -> Matches | None:
        """Which rows have all words of `query`, when they are at most `most`, read once for all that is asked of them.

        None, without asking, where looking them up anew costs nothing: in SQLite, or of a text without words.
        """
        asked, dialect = _asked(query), _dialect(connection)
        if not asked or dialect.looks_matches_up:
            return None
        with connection.cursor() as cursor:
            sql = self._sql(KEYS.replace("{rows}", dialect.every))
            cursor.execute(sql, [dialect.query(municipality_id, asked), most + 1])
            number, keys = cursor.fetchone()
        return Matches(number, keys, few=number <= most)

    def narrowed[Row: models.Model](
        self,
        rows: models.QuerySet[Row],
        municipality_id: int,
        query: str,
        *,
        are_many: bool = False,
        matches: Matches | None = None,
    ) -> models.QuerySet[Row]:
        """Those of `rows`, whose primary key is the index's, that have all words of `query`; however many, all of them.

        It asks nothing by itself. Few `matches` are asked for as they are; else matches are looked up one by one; with
        `are_many` the rows are tried in the order in which they are asked for, which fills a page sooner when there
        is much to find.
        """
        asked = _asked(query)
        if not asked:
            return rows.none()
        if matches is not None and matches.few:
            return rows.filter(Among(models.F("pk"), matches.keys))
        dialect = _dialect(connection)
        template = dialect.every if are_many else dialect.every_first
        found = RawSQL(self._sql(template), [dialect.query(municipality_id, asked)])  # noqa: S611
        if are_many and dialect.looks_matches_up:
            # a computed key cannot be looked up
            tried = rows.alias(search_key=models.F("pk") + 0).filter(search_key__in=found)
            return cast("models.QuerySet[Row]", tried)
        return rows.filter(pk__in=found)

    def _execute(self, template: str, parameters: list[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self._sql(template), parameters)

    def _sql(self, template: str) -> str:
        return template.format(table=self.table)


class CreateSearchIndex(Operation):
    """Migration operation: the table of `SearchIndex(name)`. Reversible."""

    reversible = True

    def __init__(self, name: str) -> None:
        self.name = name
        self.table = _table(name)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.name], {}

    def describe(self) -> str:
        return f"Create the search index {self.name}"

    @property
    def migration_name_fragment(self) -> str:
        return self.table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in _dialect(schema_editor.connection).create:
            schema_editor.execute(statement.format(table=self.table), params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f"DROP TABLE {self.table}", params=None)


class RemakeSearchIndex(CreateSearchIndex):
    """Migration operation: the table anew, in today's form and empty; whoever asks for it fills it again."""

    def describe(self) -> str:
        return f"Make the search index {self.name} anew"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.table}_anew"

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        super().database_backwards(app_label, schema_editor, from_state, to_state)
        super().database_forwards(app_label, schema_editor, from_state, to_state)


class _Fts5:
    """ORDER BY rowid DESC LIMIT reads the list of rows of a word from its end and stops: cost does not grow.

    The `ascii` tokenizer splits nothing that `_qualified` left together; `detail=none` leaves out positions (no
    phrases). Prefixes of up to ten letters (behind the municipality) have lists of their own; longer ones are merged
    from their words at each query.
    """

    prefixes = " ".join(str(MUNICIPALITY_DIGITS + 1 + letters) for letters in range(SHORTEST_PREFIX, 11))

    create = (
        "CREATE VIRTUAL TABLE {table} USING fts5(words, tokenize = \"ascii tokenchars '_'\", "
        f"detail = none, columnsize = 0, prefix = '{prefixes}')",
    )
    put = "INSERT OR REPLACE INTO {table} (rowid, words) VALUES (%s, %s)"
    remove = "DELETE FROM {table} WHERE rowid = %s"
    clear = "DELETE FROM {table}"
    match = "SELECT rowid FROM {table} WHERE {table} MATCH %(query)s {before} ORDER BY rowid DESC LIMIT %(limit)s"
    before = "AND rowid < %(before)s"
    every = "SELECT rowid FROM {table} WHERE {table} MATCH %s"
    every_first = every
    looks_matches_up = True  # and sorts them: it cannot know how many they are

    @staticmethod
    def row(pk: int, municipality_id: int, text: str) -> tuple[Any, ...]:
        return pk, " ".join(_indexed(municipality_id, text))

    @staticmethod
    def query(municipality_id: int, asked: tuple[str, ...]) -> str:
        *whole, last = (f'"{_qualified(municipality_id, word)}"' for word in asked)
        prefix = " *" if len(asked[-1]) >= SHORTEST_PREFIX else ""
        return " AND ".join([*whole, last + prefix])


class _Tsvector:
    """The planner chooses: rare words through GIN and a sort, common ones down the primary key until LIMIT is full."""

    create = (
        "CREATE TABLE {table} (pk bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX {table}_words ON {table} USING gin (words)",
    )
    put = (
        "INSERT INTO {table} (pk, words) VALUES (%s, array_to_tsvector(%s::text[])) "
        "ON CONFLICT (pk) DO UPDATE SET words = excluded.words"
    )
    remove = "DELETE FROM {table} WHERE pk = %s"
    clear = "TRUNCATE {table}"
    # planned as for 500 rows and read as far as asked: of a rare word, whose number is always guessed too high, the
    # few asked for would seem near the end of the primary key
    match = (
        "WITH found AS MATERIALIZED (SELECT pk FROM {table} WHERE words @@ %(query)s::tsquery {before} "
        "ORDER BY pk DESC LIMIT greatest(500, %(limit)s)) SELECT pk FROM found LIMIT %(limit)s"
    )
    before = "AND pk < %(before)s"
    every = "SELECT pk FROM {table} WHERE words @@ %s::tsquery"
    every_first = f"SELECT unnest(ARRAY({every}))"  # whose number the planner, wrong about words, need not guess
    looks_matches_up = False

    @staticmethod
    def row(pk: int, municipality_id: int, text: str) -> tuple[Any, ...]:
        return pk, _indexed(municipality_id, text)

    @staticmethod
    def query(municipality_id: int, asked: tuple[str, ...]) -> str:
        *whole, last = (f"'{_qualified(municipality_id, word)}'" for word in asked)
        prefix = ":*" if len(asked[-1]) >= SHORTEST_PREFIX else ""
        return " & ".join([*whole, last + prefix])


def _asked(query: str) -> tuple[str, ...]:
    return tuple(word[:MAX_WORD_LENGTH] for word in words(query)[:MAX_QUERY_WORDS])


def _dialect(database: BaseDatabaseWrapper) -> type[_Fts5] | type[_Tsvector]:
    return _Fts5 if database.vendor == "sqlite" else _Tsvector


def _table(name: str) -> str:
    if not INDEX_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a plain name for a search index")
    return f"search_{name}"


def _indexed(municipality_id: int, text: str) -> list[str]:
    different = dict.fromkeys(word[:MAX_WORD_LENGTH] for word in words(text))
    return [_qualified(municipality_id, word) for word in list(different)[:MAX_WORDS]]


def _qualified(municipality_id: int, word: str) -> str:
    return f"{municipality_id:0{MUNICIPALITY_DIGITS}d}_{word}"
