"""Django's SQLite schema editor, which keeps the triggers of a table when it has to build it anew."""

from typing import Any

from django.db import models
from django.db.backends.sqlite3 import schema


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    def _remake_table(self, model: type[models.Model], *args: Any, **kwargs: Any) -> None:
        # SQLite cannot alter most columns: Django copies the table and drops the old one, and its triggers with it
        triggers = self._triggers_of(model._meta.db_table)
        super()._remake_table(model, *args, **kwargs)  # type: ignore[misc]
        for statement in triggers:
            self.execute(statement, params=None)

    def _triggers_of(self, table: str) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            return [statement for (statement,) in cursor.fetchall()]
