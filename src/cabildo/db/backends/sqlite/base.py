"""SQLite for several processes and threads that write: stock Django plus a fair writer lock."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.backends.sqlite3 import base

from cabildo.db.backends import SQLITE_FOLD
from cabildo.db.backends.sqlite.schema import DatabaseSchemaEditor
from cabildo.db.backends.sqlite.writer_lock import WriterLock
from cabildo.kit.text import fold

WRITING_MODES = {"IMMEDIATE", "EXCLUSIVE"}
SQLITE_TIMEOUT_S = 5.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Every `atomic()` block waits its turn at `<database>.writelock` before BEGIN IMMEDIATE.

    The turn ends at commit, rollback or close, and the wait is limited by OPTIONS["timeout"] (seconds). Databases in
    memory and transactions in DEFERRED mode take no turn. A write outside `atomic()` (autocommit) takes none either:
    it relies on SQLite's busy handler, which is correct but may wait longer under load. Write inside `atomic()`.
    """

    SchemaEditorClass = DatabaseSchemaEditor
    transaction_mode: str | None
    _writer_lock: WriterLock | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._writer_lock = None if self.is_in_memory_db() else self._new_writer_lock()
        connection = super().get_new_connection(conn_params)
        # without it INSERT OR REPLACE removes a row behind the back of the delete triggers
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.create_function(SQLITE_FOLD, 1, _fold, deterministic=True)
        return connection

    def _new_writer_lock(self) -> WriterLock:
        limit_s = self.settings_dict["OPTIONS"].get("timeout", SQLITE_TIMEOUT_S)
        return WriterLock(f"{database_file(self.settings_dict['NAME'])}.writelock", limit_s)

    def _start_transaction_under_autocommit(self) -> None:
        if self._writer_lock is None or self.transaction_mode not in WRITING_MODES:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        self._writer_lock.acquire()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._writer_lock.release()
            raise

    def _commit(self) -> None:
        # a failed COMMIT leaves the transaction open; Django rolls back next, and that ends the turn
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        if self._writer_lock is not None:
            self._writer_lock.release()


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


def database_file(name: str | os.PathLike[str]) -> str:
    """The file behind a NAME, which may be a path or a `file:` address; links resolved, so all users meet."""
    text = os.fspath(name)
    return os.path.realpath(unquote(urlsplit(text).path) if text.startswith("file:") else text)
