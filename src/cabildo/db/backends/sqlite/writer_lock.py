"""A lock for the writers of one SQLite file: no polling, one after the other, with a time limit.

SQLite's own busy handler sleeps and tries again, so a writer can be overtaken for seconds. Here the kernel wakes the
next writer as soon as the last one ends. Two files make it fair: one must stand at the head of `.queue` to reach for
the lock itself, so whoever has just written cannot take it again past those who wait.
"""

import fcntl
import os
import threading
import weakref

from django.db.utils import OperationalError
from django.utils.translation import gettext as _


class WriterLock:
    """Exclusive among all threads and processes that use the same `path`.

    Held by one connection from just before BEGIN until commit, rollback or close. Not reentrant.
    `limit_s` is the longest wait in seconds; after it `acquire` raises `OperationalError`.
    """

    def __init__(self, path: str, limit_s: float) -> None:
        self.path = path
        self.limit_s = limit_s
        self._held: _LockFile | None = None

    def acquire(self) -> None:
        queue, writer = _LockFile(f"{self.path}.queue"), _LockFile(self.path)
        if not (_pass_at_once(queue, writer) or _Waiter(queue, writer).wait(self.limit_s)):
            raise OperationalError(
                _(
                    "La base de datos está ocupada: otro proceso escribe desde hace más de %(seconds)g segundos "
                    "(%(path)s). No se guardó nada; intente de nuevo."
                )
                % {"seconds": self.limit_s, "path": self.path}
            )
        self._held = writer

    def release(self) -> None:
        lock_file, self._held = self._held, None
        if lock_file is not None:
            lock_file.unlock()


class _LockFile:
    """One open descriptor; every holder needs its own, because flock belongs to the open file, not to the thread."""

    _descriptor: int | None = None

    def __init__(self, path: str) -> None:
        try:
            # read-only is enough for flock, and lets users with different accounts share the file
            self._descriptor = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise OperationalError(
                _("No se pudo abrir el archivo de turnos de escritura %(path)s: %(reason)s.")
                % {"path": path, "reason": error.strerror}
            ) from error
        _open_files.add(self)

    def try_lock(self) -> bool:
        try:
            fcntl.flock(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def lock(self) -> None:
        fcntl.flock(self._number, fcntl.LOCK_EX)

    def unlock(self) -> None:
        """Unlock by name, not by closing alone: a forked child may still hold a copy of the descriptor."""
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            self.forget()

    def forget(self) -> None:
        """Close without unlocking: in a forked child the lock belongs to the parent."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @property
    def _number(self) -> int:
        if self._descriptor is None:
            raise OperationalError(_("El turno de escritura ya estaba cerrado."))
        return self._descriptor

    # a connection dropped in the middle of a transaction must not stop every other writer
    __del__ = unlock


def _pass_at_once(queue: _LockFile, writer: _LockFile) -> bool:
    if queue.try_lock() and writer.try_lock():
        queue.unlock()
        return True
    return False


class _Waiter(threading.Thread):
    """Blocks in flock for a caller who may give up; whoever comes second lets the lock go."""

    def __init__(self, queue: _LockFile, writer: _LockFile) -> None:
        super().__init__(daemon=True, name="sqlite-writer-lock")
        self._queue = queue
        self._writer = writer
        self._got_it = threading.Event()
        self._gave_up = False
        self._deciding = threading.Lock()

    def run(self) -> None:
        self._queue.lock()
        self._writer.lock()
        self._queue.unlock()
        with self._deciding:
            if self._gave_up:
                self._writer.unlock()
            else:
                self._got_it.set()

    def wait(self, limit_s: float) -> bool:
        self.start()
        try:
            self._got_it.wait(limit_s)
        except BaseException:
            if not self._give_up():
                self._writer.unlock()
            raise
        return not self._give_up()

    def _give_up(self) -> bool:
        with self._deciding:
            self._gave_up = not self._got_it.is_set()
            return self._gave_up


_open_files: "weakref.WeakSet[_LockFile]" = weakref.WeakSet()


def _forget_locks_of_the_parent() -> None:
    for lock_file in list(_open_files):
        lock_file.forget()
    _open_files.clear()


os.register_at_fork(after_in_child=_forget_locks_of_the_parent)
