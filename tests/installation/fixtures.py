"""Copies of one migrated, populated database: a test may break its copy as it likes."""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from installation.world import Installation

NewCopy = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="session")
def populated(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[NewCopy]:
    """Makes copies of a database with one municipality, or of the one given; each yields its address."""
    copies = _postgres_copies if connection.vendor == "postgresql" else _sqlite_copies
    with copies(tmp_path_factory.mktemp("installation"), django_db_blocker) as new_copy:
        yield new_copy


@pytest.fixture
def installation(populated: NewCopy, tmp_path: Path) -> Iterator[Installation]:
    with populated() as url:
        yield Installation(url=url, folder=tmp_path / "data")


@contextmanager
def _sqlite_copies(folder: Path, blocker) -> Iterator[NewCopy]:
    template = folder / "template.sqlite3"
    with blocker.unblock(), closing(sqlite3.connect(template)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    Installation(f"sqlite:///{template}", folder).drive("populate")

    @contextmanager
    def new_copy(origin: str = f"sqlite:///{template}") -> Iterator[str]:
        copy = folder / f"{uuid4().hex}.sqlite3"
        with closing(sqlite3.connect(urlsplit(origin).path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        yield f"sqlite:///{copy}"

    yield new_copy


@contextmanager
def _postgres_copies(folder: Path, blocker) -> Iterator[NewCopy]:
    with scratch_database() as template:
        with blocker.unblock():
            migrated = connection.settings_dict["NAME"]
        dump = subprocess.run(["pg_dump", "-d", address(migrated)], capture_output=True, check=True).stdout
        subprocess.run(["psql", "-Xq", "-d", template], input=dump, stdout=subprocess.DEVNULL, check=True)
        Installation(template, folder).drive("populate")

        @contextmanager
        def new_copy(origin: str = template) -> Iterator[str]:
            with scratch_database(origin) as copy:
                yield copy

        yield new_copy


@contextmanager
def scratch_database(template: str = "/template1") -> Iterator[str]:
    """The address of a database that lives as long as the block; killed processes may have left connections."""
    name, origin = f"installation_{uuid4().hex}", urlsplit(template).path.lstrip("/")
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{origin}"')
        try:
            yield address(name)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def address(database: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))
