"""Long lists and their counts are answered by one index, in its order, without reading what is not shown."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from cabildo.db import statistics
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries import lists
from cabildo.tickets.queries import public as published
from cabildo.ui.lists import DateRange
from factories.figures import answered, at, requests

MANY = 400
PLAIN_INDEXES = (
    "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'tickets_ticket'::regclass AND NOT indisunique"
)
ON_SQLITE = connection.vendor == "sqlite"
TODAY, SOON = date(2026, 11, 21), date(2026, 11, 25)
ANYTHING = {"q": "", "situacion": "", "direccion": "", "materia": "", "sector": "", "tipo": [], "canal": []}
PLACE = {"is_public": True, "latitude": -33.0, "longitude": -71.6}


@pytest.fixture(autouse=True)
def _many(categories) -> None:
    """Of ten requests one is late, one has just come in, two are closed, and six are of another matter."""
    for day in range(MANY // 10):
        received = at("2026-01-01") + timedelta(days=day)
        requests(categories["lamp"], received, **PLACE)
        requests(categories["lamp"], at("2026-11-20") + timedelta(minutes=day), state="derived", **PLACE)
        answered(categories["lamp"], received, 3, many=2, **PLACE)
        requests(categories["rubbish"], received, many=6, state="waiting")
    statistics.refresh()


def plan(rows: QuerySet, index: str) -> str:
    """How the database would go about it; where rows are few, PostgreSQL is left with this index alone to go by."""
    if ON_SQLITE:
        return rows.explain()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(PLAIN_INDEXES)
        for other in {name for (name,) in cursor.fetchall()} - {index}:
            cursor.execute(f'DROP INDEX "{other}"')
        for way in ("enable_seqscan", "enable_bitmapscan", "enable_sort", "jit"):
            cursor.execute(f"SET LOCAL {way} = off")
    return rows.explain()


def desk(**asked: Any) -> QuerySet[Ticket]:
    return lists.filtered(
        Ticket.objects.all(), {**ANYTHING, "estado": [], "ingreso": DateRange(), **asked}, TODAY, SOON
    )


def public(**asked: Any) -> QuerySet[Ticket]:
    return published.filtered(Ticket.objects.filter(is_public=True), {**ANYTHING, "estado": "", **asked})


@pytest.mark.parametrize(
    ("rows", "index", "narrowed_by"),
    [
        (lambda: desk(estado=["derived"]), "tickets_newest_state", "state"),
        (lambda: desk(estado=["derived", "in_progress"]), "tickets_newest_state", "state"),
        (lambda: desk(estado=["derived"]).filter(department=1), "tickets_by_state", "department_id"),
        (lambda: public(estado="abierta"), "tickets_published_state", "state"),
        (lambda: public(estado="cerrada"), "tickets_published_state", "state"),
        (lambda: public(materia="luminaria"), "tickets_published_category", "category_id"),
    ],
)
def test_a_count_reads_the_index_alone_and_no_more_of_it_than_it_counts(rows, index, narrowed_by) -> None:
    found = plan(rows().order_by().values("pk")[:10_001], index)

    alone, condition = (
        ("COVERING INDEX", r"\(municipality_id=\?.*") if ON_SQLITE else ("Index Only Scan", "Index Cond.*")
    )
    assert alone in found
    assert re.search(condition + narrowed_by, found)


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: desk(estado=["derived"]), "tickets_newest_state"),
        (lambda: desk(situacion="late"), "tickets_running_newest"),
    ],
)
def test_a_page_walks_an_index_in_its_own_order(rows, index) -> None:
    found = plan(rows().order_by("-received_at", "-pk")[:21], index)

    assert index in found
    assert "TEMP B-TREE" not in found
    assert "Sort" not in found
