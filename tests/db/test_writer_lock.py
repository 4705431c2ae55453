import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db.utils import OperationalError

from cabildo.db.backends.sqlite.writer_lock import WriterLock


@pytest.fixture
def path(tmp_path) -> str:
    return str(tmp_path / "cabildo.sqlite3.writelock")


def is_free(path: str) -> bool:
    probe = WriterLock(path, limit_s=0.05)
    try:
        probe.acquire()
    except OperationalError:
        return False
    probe.release()
    return True


def test_only_one_holds_it_and_release_frees_it(path):
    lock = WriterLock(path, limit_s=1)
    lock.acquire()
    assert not is_free(path)
    lock.release()
    assert is_free(path)


def test_waiting_too_long_ends_with_a_clear_error(path):
    holder, late = WriterLock(path, limit_s=1), WriterLock(path, limit_s=0.1)
    holder.acquire()
    with pytest.raises(OperationalError, match=r"La base de datos está ocupada.*más de 0.1 segundos.*writelock"):
        late.acquire()
    holder.release()


def test_who_gave_up_does_not_keep_the_lock_when_it_comes(path):
    holder = WriterLock(path, limit_s=1)
    holder.acquire()
    with pytest.raises(OperationalError):
        WriterLock(path, limit_s=0.05).acquire()
    holder.release()
    time.sleep(0.05)
    assert is_free(path)


def test_waiting_ends_as_soon_as_the_holder_ends(path):
    holder, next_one = WriterLock(path, limit_s=1), WriterLock(path, limit_s=10)
    holder.acquire()
    threading.Timer(0.1, holder.release).start()
    started = time.monotonic()
    next_one.acquire()
    assert 0.05 < time.monotonic() - started < 2
    next_one.release()


def test_who_has_just_written_cannot_overtake_who_waits(path):
    first, second, order = WriterLock(path, limit_s=10), WriterLock(path, limit_s=10), []

    def wait_and_write() -> None:
        second.acquire()
        order.append("second")
        second.release()

    first.acquire()
    waiting = threading.Thread(target=wait_and_write)
    waiting.start()
    time.sleep(0.1)
    first.release()
    first.acquire()
    order.append("first again")
    first.release()
    waiting.join()
    assert order == ["second", "first again"]


def test_releasing_what_is_not_held_does_nothing(path):
    WriterLock(path, limit_s=1).release()
    assert not os.path.exists(path)


def test_an_object_that_disappears_does_not_keep_the_lock(path):
    lock = WriterLock(path, limit_s=1)
    lock.acquire()
    del lock
    assert is_free(path)


def test_a_folder_that_does_not_exist_is_a_clear_error(tmp_path):
    with pytest.raises(OperationalError, match="No se pudo abrir el archivo de turnos"):
        WriterLock(str(tmp_path / "none" / "lock"), limit_s=1).acquire()


FORK = """
import os, sys
from cabildo.db.backends.sqlite.writer_lock import WriterLock

lock = WriterLock(sys.argv[1], limit_s=1)
lock.acquire()
if os.fork() == 0:
    if "release" in sys.argv:
        lock.release()
    print(flush=True)
    sys.stdin.readline()
    os._exit(0)
sys.stdin.readline()
os._exit(0)
"""


@contextmanager
def forked(path: str, *words: str) -> Iterator[subprocess.Popen]:
    """A process that holds the lock and has a child with a copy of it."""
    command = [sys.executable, "-c", FORK, path, *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        yield process
        process.kill()


def test_a_forked_child_cannot_release_the_lock_of_its_parent(path):
    with forked(path, "release"):
        assert not is_free(path)


def test_a_forked_child_does_not_keep_the_lock_of_a_dead_parent(path):
    with forked(path) as parent:
        parent.kill()
        parent.wait()
        assert is_free(path)
