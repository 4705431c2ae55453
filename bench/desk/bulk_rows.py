"""`python -m bench.desk.bulk_rows URL KEYS`: bulk_create of the rows with those keys in the database at URL.

The rows are read before the clock starts, so that what is timed is Django's bulk insert and nothing else.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

import dj_database_url  # noqa: E402
from django.apps import apps  # noqa: E402
from django.db import connections, models, transaction  # noqa: E402

from bench.entrance import say  # noqa: E402
from cabildo.tickets import search  # noqa: E402

SOURCE = "imported"
BATCH = 500
KEYS_PER_QUERY = 900


def main(url: str, keys: dict[str, list[Any]]) -> None:
    connections.databases[SOURCE] = {**connections.databases["default"], "NAME": dj_database_url.parse(url)["NAME"]}
    rows = {model: _read(model, keys[model._meta.db_table]) for model in apps.get_models() if _wanted(model, keys)}
    words = _words(keys.get(search.INDEX.table, []))
    start = time.perf_counter()
    with transaction.atomic():
        for model, instances in rows.items():
            model._base_manager.using("default").bulk_create(instances, batch_size=BATCH)
        search.INDEX.put_many(words)
    say(seconds=time.perf_counter() - start, rows=sum(map(len, rows.values())) + len(words))


def _wanted(model: type[models.Model], keys: dict[str, list[Any]]) -> bool:
    return model._meta.db_table in keys and not model._meta.proxy


def _read(model: type[models.Model], keys: list[Any]) -> list[models.Model]:
    found: list[models.Model] = []
    for start in range(0, len(keys), KEYS_PER_QUERY):
        some = model._base_manager.using(SOURCE).filter(pk__in=keys[start : start + KEYS_PER_QUERY])
        found.extend(some.order_by("pk"))
    for one in found:
        one._state.db = None
    return found


def _words(keys: list[Any]) -> list[tuple[int, int, str]]:
    """What the import gave the search index."""
    model = apps.get_model("tickets", "Ticket")
    return [(one.pk, one.municipality_id, search.words_of(one)) for one in _read(model, keys)]


if __name__ == "__main__":
    main(sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
