"""The words of a column in a table of their own, so that any of them is found by its beginning at a million rows.

The database keeps them itself, by triggers: whoever writes the column, in whatever way, writes its words.
"""

from typing import Any

from django.db import connection, models
from django.db.migrations.operations.base import Operation
from django.db.models import Q

LAST_CHARACTER = "\U0010ffff"

# the words of one row; `{row}` is NEW in a trigger
SQLITE_SPLIT = "json_each('[' || replace(json_quote({row}.{column}), ' ', '\",\"') || ']')"
POSTGRES_SPLIT = "regexp_split_to_table({row}.{column}, ' ') AS value"
ADD = "INSERT INTO {words} (municipality_id, {key}, word) SELECT DISTINCT {row}.municipality_id, {row}.id, value FROM "
SQLITE = {
    "insert": "CREATE TRIGGER words_{table}_insert AFTER INSERT ON {table} BEGIN {add}; END",
    "update": "CREATE TRIGGER words_{table}_update AFTER UPDATE OF {column} ON {table} "
    "BEGIN DELETE FROM {words} WHERE {key} = NEW.id; {add}; END",
    "delete": "CREATE TRIGGER words_{table}_delete BEFORE DELETE ON {table} "
    "BEGIN DELETE FROM {words} WHERE {key} = OLD.id; END",
}
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION words_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN DELETE FROM {words} WHERE {key} = OLD.id; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  {add};
  RETURN NEW;
END $$
"""
POSTGRES = {
    "insert": "CREATE TRIGGER words_{table}_insert AFTER INSERT ON {table} FOR EACH ROW {run}",
    "update": "CREATE TRIGGER words_{table}_update AFTER UPDATE OF {column} ON {table} FOR EACH ROW {run}",
    "delete": "CREATE TRIGGER words_{table}_delete BEFORE DELETE ON {table} FOR EACH ROW {run}",
}


def begins_with(field: str, text: str) -> Q:
    """Rows whose `field` begins with this text, through an ordinary index on either database."""
    if connection.vendor == "sqlite":  # whose LIKE takes no index
        return Q(**{f"{field}__gte": text, f"{field}__lt": text + LAST_CHARACTER})
    return Q(**{f"{field}__startswith": text})


def index(name: str, key: str) -> models.Index:
    """What `begins_with` needs on the table of words."""
    return models.Index(
        fields=["municipality", "word", key], name=name, opclasses=["int8_ops", "varchar_pattern_ops", "uuid_ops"]
    )


class KeepWords(Operation):
    """Migration operation: `words` (municipality, `key`, word) follows the folded words of `column` of `table`.

    Reversible. Both tables have `municipality_id`; the words of the rows that are there already are written at once.
    """

    reversible = True

    def __init__(self, table: str, column: str, words: str, key: str) -> None:
        self.names = {"table": table, "column": column, "words": words, "key": key}

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], self.names

    def describe(self) -> str:
        return "Keep the words of {column} of {table} in {words}".format(**self.names)

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.names['words']}_kept"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        on_postgres = schema_editor.connection.vendor == "postgresql"
        split = POSTGRES_SPLIT if on_postgres else SQLITE_SPLIT
        rows = "{table}, {split}".format(table=self.names["table"], split=split)
        at_once = (ADD + rows + " WHERE value <> ''").format(**self.names, row=self.names["table"])
        parts = {**self.names, "run": "EXECUTE FUNCTION words_of_{table}()".format(**self.names)}
        parts["add"] = (ADD + split + " WHERE value <> ''").format(**self.names, row="NEW")
        functions = [POSTGRES_FUNCTION] if on_postgres else []
        schema_editor.execute(at_once, params=None)
        for template in [*functions, *(POSTGRES if on_postgres else SQLITE).values()]:
            schema_editor.execute(template.format(**parts), params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        on_postgres = schema_editor.connection.vendor == "postgresql"
        place = " ON {table}" if on_postgres else ""
        for event in SQLITE:
            schema_editor.execute(f"DROP TRIGGER words_{{table}}_{event}{place}".format(**self.names), params=None)
        schema_editor.execute("DELETE FROM {words}".format(**self.names), params=None)  # noqa: S608
