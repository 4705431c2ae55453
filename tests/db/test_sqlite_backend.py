"""The backend on a real file, whatever database the suite runs on."""

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.utils import IntegrityError, OperationalError, load_backend

from cabildo.db.backends.sqlite.base import DatabaseWrapper, database_file
from cabildo.db.backends.sqlite.writer_lock import WriterLock

ENGINE = "cabildo.db.backends.sqlite"
OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4321",
}


def settings_for(name: Path | str, **options) -> dict:
    return {
        **connections[DEFAULT_DB_ALIAS].settings_dict,
        "ENGINE": ENGINE,
        "NAME": name,
        "OPTIONS": {**OPTIONS, **options},
    }


@pytest.fixture
def file(tmp_path, django_db_blocker) -> Iterator[Path]:
    """The database with alias "file": one table with one row whose number is 0."""
    path = tmp_path / "cabildo.sqlite3"
    connections.databases["file"] = settings_for(path)
    with django_db_blocker.unblock():
        run("CREATE TABLE counter (number integer)")
        run("INSERT INTO counter VALUES (0)")
        yield path
        connections["file"].close()
    del connections["file"], connections.databases["file"]


def run(statement: str, *parameters) -> list[tuple]:
    with connections["file"].cursor() as cursor:
        return cursor.execute(statement, parameters).fetchall()


def number() -> int:
    return run("SELECT number FROM counter")[0][0]


def is_free(path: Path) -> bool:
    """Whether another connection may begin to write now: the turn and SQLite itself must agree."""
    lock, stranger = WriterLock(f"{path}.writelock", limit_s=0.05), sqlite3.connect(path, timeout=0.05)
    turn, database = succeeds(lock.acquire), succeeds(lambda: stranger.execute("BEGIN IMMEDIATE"))
    lock.release()
    stranger.close()
    assert turn == database
    return turn


def succeeds(action: Callable[[], object]) -> bool:
    try:
        action()
    except (OperationalError, sqlite3.OperationalError):
        return False
    return True


def test_django_resolves_the_backend_as_sqlite():
    assert load_backend(ENGINE).DatabaseWrapper is DatabaseWrapper
    assert DatabaseWrapper.vendor == "sqlite"


def test_every_pragma_of_the_settings_is_executed_and_foreign_keys_are_on(file):
    pragmas = ("journal_mode", "synchronous", "cache_size", "foreign_keys", "recursive_triggers")
    assert [run(f"PRAGMA {pragma}")[0][0] for pragma in pragmas] == ["wal", 1, -4321, 1, 1]


def test_a_transaction_takes_the_turn_and_commit_gives_it_back(file):
    with transaction.atomic("file"):
        assert not is_free(file)
        with transaction.atomic("file"):
            run("UPDATE counter SET number = 1")
    assert is_free(file)
    assert number() == 1


def test_a_rollback_gives_the_turn_back(file):
    with transaction.atomic("file"):
        run("UPDATE counter SET number = 1")
        transaction.set_rollback(True, using="file")
    assert is_free(file)
    assert number() == 0


def test_closing_in_the_middle_of_a_transaction_undoes_it_and_gives_the_turn_back(file):
    connection = connections["file"]
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    run("UPDATE counter SET number = 1")
    connection.close()
    assert is_free(file)
    assert number() == 0


def test_closing_inside_an_atomic_block_gives_the_turn_back(file):
    with transaction.atomic("file"):
        run("UPDATE counter SET number = 1")
        connections["file"].close()
        assert is_free(file)
    assert number() == 0


def test_a_begin_that_fails_gives_the_turn_back(file):
    stranger = sqlite3.connect(file, isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    connections.databases["file"]["OPTIONS"]["timeout"] = 0.05
    connections["file"].close()
    with pytest.raises(OperationalError, match="locked"), transaction.atomic("file"):
        pytest.fail("the block must not be entered")
    stranger.close()
    assert is_free(file)


def test_a_failed_commit_gives_the_turn_back_after_the_rollback(file):
    run("CREATE TABLE parent (id integer PRIMARY KEY)")
    run("CREATE TABLE child (parent integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(IntegrityError), transaction.atomic("file"):
        run("INSERT INTO child VALUES (7)")
    assert is_free(file)


def test_reading_outside_a_transaction_waits_for_nobody(file):
    holder = DatabaseWrapper(settings_for(file), alias="holder")
    holder.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert number() == 0
    holder.close()


def test_a_deferred_transaction_takes_no_turn(file):
    reader = DatabaseWrapper(settings_for(file, transaction_mode=None), alias="reader")
    reader.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert is_free(file)
    reader.close()


def test_a_database_in_memory_has_no_lock_file(tmp_path, monkeypatch, django_db_blocker):
    monkeypatch.chdir(tmp_path)
    with django_db_blocker.unblock():
        memory = DatabaseWrapper(settings_for("file:lockless?mode=memory&cache=shared"), alias="memory")
        memory.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        memory.rollback()
        memory.connection.close()
    assert list(tmp_path.iterdir()) == []


def test_all_names_of_a_file_lead_to_the_same_lock(tmp_path):
    real, link = tmp_path / "a b.sqlite3", tmp_path / "link.sqlite3"
    link.symlink_to(real)
    names = [real, str(real), link, f"file:{tmp_path}/a%20b.sqlite3?mode=rwc"]
    assert {database_file(name) for name in names} == {str(real.resolve())}


def test_threads_that_read_and_then_write_lose_no_update(file):
    def add_ten() -> None:
        for _ in range(10):
            with transaction.atomic("file"):
                run("UPDATE counter SET number = %s", number() + 1)
        connections["file"].close()

    threads = [threading.Thread(target=add_ten) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert number() == 60


WRITER = """
import json, sys
from django.conf import settings
settings.configure(DATABASES={"default": json.loads(sys.argv[1])})
from django.db import connection, transaction
for _ in range(20):
    with transaction.atomic(), connection.cursor() as cursor:
        number = cursor.execute("SELECT number FROM counter").fetchone()[0]
        cursor.execute("UPDATE counter SET number = %s", [number + 1])
"""


def start(program: str, path: Path, **pipes) -> subprocess.Popen:
    database = json.dumps({"ENGINE": ENGINE, "NAME": str(path), "OPTIONS": OPTIONS})
    return subprocess.Popen([sys.executable, "-c", program, database], **pipes)


def test_processes_that_read_and_then_write_lose_no_update(file):
    writers = [start(WRITER, file) for _ in range(3)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    assert number() == 60


def test_a_killed_writer_leaves_no_lock_behind(file):
    hanging = WRITER.replace('cursor.execute("UPDATE', 'print(flush=True); sys.stdin.read(); cursor.execute("UPDATE')
    writer = start(hanging, file, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    writer.stdout.readline()
    assert not is_free(file)
    writer.kill()
    writer.communicate()
    assert is_free(file)


def test_rebuilding_a_table_keeps_its_triggers(file):
    class Counter(models.Model):
        number = models.IntegerField(primary_key=True)

        class Meta:
            app_label = "sample"
            db_table = "counter"
            apps = Apps()

        def __str__(self) -> str:
            return str(self.number)

    run("CREATE TRIGGER keep BEFORE DELETE ON counter BEGIN SELECT RAISE(ABORT, 'kept'); END")
    longer = models.BigIntegerField(primary_key=True)
    longer.set_attributes_from_name("number")
    longer.model = Counter
    with connections["file"].schema_editor() as editor:
        editor.alter_field(Counter, Counter._meta.get_field("number"), longer)
    with pytest.raises(IntegrityError, match="kept"):
        run("DELETE FROM counter")
