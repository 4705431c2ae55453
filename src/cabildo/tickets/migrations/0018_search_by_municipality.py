"""Words stand behind their municipality in the search index: it is made anew and filled from the requests."""

from typing import Any

from django.db import migrations

from cabildo.db.search import RemakeSearchIndex
from cabildo.tickets import search

CHUNK = 2_000


def index_again(apps: Any, _schema_editor: Any) -> None:
    tickets = apps.get_model("tickets", "Ticket").objects.order_by("pk")
    search.index_many(tickets.only("municipality_id", "folio", "text", "place").iterator(CHUNK))


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0017_index_order"),
    ]

    operations = [
        RemakeSearchIndex("tickets"),
        migrations.RunPython(index_again, migrations.RunPython.noop),
    ]
