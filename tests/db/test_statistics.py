"""The database must know how much its tables hold, or it reads a long list by the wrong index."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import Migration
from django.db.models.signals import post_migrate

from cabildo.accounts.models import Municipality
from cabildo.db import statistics

KNOWN = {
    "sqlite": "SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = %s",
    "postgresql": "SELECT reltuples FROM pg_class WHERE relname = %s",
}


@pytest.mark.django_db
def test_after_counting_the_database_knows_its_tables(puerto_claro) -> None:
    table = Municipality._meta.db_table

    statistics.refresh()

    with connection.cursor() as cursor:
        cursor.execute(KNOWN[connection.vendor], [table])
        assert cursor.fetchone()[0] > 0


@pytest.mark.django_db
def test_they_are_counted_after_a_migration_and_only_then(monkeypatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(statistics, "refresh", lambda: asked.append(True))
    jobs = apps.get_app_config("jobs")

    post_migrate.send(sender=jobs, app_config=jobs, plan=[])
    assert asked == []

    post_migrate.send(sender=jobs, app_config=jobs, plan=[(Migration("0001_initial", "jobs"), False)])
    assert asked == [True]
