"""Sample tasks for every test here, and a database for those with real worker processes."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from cabildo.jobs import context, registry
from jobs.world import QueueWorld


def _sample_registers() -> tuple[dict, dict]:
    """What the sample tasks add to the registers, which are left as they were for the other tests."""
    tasks, schedules = dict(registry._tasks), dict(registry._schedules)
    import_module("jobs.sample.tasks")
    try:
        return dict(registry._tasks), dict(registry._schedules)
    finally:
        registry._tasks, registry._schedules = tasks, schedules


TASKS, SCHEDULES = _sample_registers()


@pytest.fixture(autouse=True)
def _sample_tasks(monkeypatch) -> None:
    monkeypatch.setattr(registry, "_tasks", dict(TASKS))
    monkeypatch.setattr(registry, "_schedules", dict(SCHEDULES))
    monkeypatch.setattr(context, "_hooks", [])


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Iterator[Callable]:
    """Makes copies of one migrated, empty database: a context manager that yields a copy's address."""
    copies = _postgres_copies if connection.vendor == "postgresql" else _sqlite_copies
    with copies(tmp_path_factory.mktemp("queue")) as new_copy:
        yield new_copy


@pytest.fixture
def world(migrated, tmp_path) -> Iterator[QueueWorld]:
    with migrated() as url:
        yield QueueWorld(url=url, marks=tmp_path / "marks")


def _migrate(url: str, folder: Path) -> None:
    QueueWorld(url=url, marks=folder / "marks").run("migrate")


@contextmanager
def _sqlite_copies(folder: Path) -> Iterator[Callable]:
    template = folder / "template.sqlite3"
    _migrate(f"sqlite:///{template}", folder)

    @contextmanager
    def new_copy() -> Iterator[str]:
        copy = folder / f"{uuid4().hex}.sqlite3"
        shutil.copy(template, copy)
        yield f"sqlite:///{copy}"

    yield new_copy


@contextmanager
def _postgres_copies(folder: Path) -> Iterator[Callable]:
    with _postgres_database() as template:
        _migrate(_address(template), folder)

        @contextmanager
        def new_copy() -> Iterator[str]:
            with _postgres_database(template) as name:
                yield _address(name)

        yield new_copy


@contextmanager
def _postgres_database(template: str = "template1") -> Iterator[str]:
    """Created, and dropped without force: that fails while a worker still holds a connection."""
    name = f"queue_{uuid4().hex}"
    with psycopg.connect(_address("postgres"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield name
        finally:
            server.execute(f'DROP DATABASE "{name}"')


def _address(database: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))
