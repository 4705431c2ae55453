import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.db.counting import Count, capped_count
from db.tables import Street

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tables")]


@pytest.mark.parametrize(
    ("rows", "expected"), [(0, Count(0, exact=True)), (3, Count(3, exact=True)), (4, Count(3, exact=False))]
)
def test_counts_are_exact_up_to_the_cap(rows, expected):
    Street.objects.bulk_create([Street(name=str(number)) for number in range(rows)])
    assert capped_count(Street.objects.order_by("name"), cap=3) == expected


def test_the_database_stops_one_after_the_cap():
    with CaptureQueriesContext(connection) as queries:
        capped_count(Street.objects.order_by("name"), cap=3)
    assert len(queries) == 1
    assert "LIMIT 4" in queries[0]["sql"]
    assert "ORDER BY" not in queries[0]["sql"]
