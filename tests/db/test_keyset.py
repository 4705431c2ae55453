from datetime import UTC, date, datetime
from itertools import chain, product
from zoneinfo import ZoneInfo

import pytest
from django.core import signing
from django.db import connection
from django.db.models import Count, F
from django.test.utils import CaptureQueriesContext

from cabildo.db.keyset import InvalidCursor, page
from db.tables import Neighbour, Street

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tables")]

SIZE = 3
DAYS = [date(2026, 3, 1), None, date(2026, 1, 1), date(2026, 3, 1), None, date(2026, 2, 1), None, date(2026, 1, 1)]


@pytest.fixture
def neighbours() -> list[Neighbour]:
    """Eight rows with ties in every column and missing values in some."""
    streets = [Street.objects.create(name=name) for name in ("Prat", "Aldunate")]
    return [
        Neighbour.objects.create(
            grade=position % 3,
            due_on=day,
            seen_at=None if position == 5 else datetime(2026, 1, 1 + position % 2, 12, 0, 0, 123456, UTC),
            street=None if position in {1, 6} else streets[position % 2],
        )
        for position, day in enumerate(DAYS)
    ]


def forward(order, queryset=None, size=SIZE) -> list[list[int]]:
    pages, cursor = [], None
    while True:
        found = page(Neighbour.objects.all() if queryset is None else queryset, order, cursor, size)
        pages.append([item.pk for item in found.items])
        cursor = found.next_cursor
        if cursor is None:
            return pages


def backward(order, size=SIZE) -> list[list[int]]:
    """From the last page to the first, then turned to reading order."""
    cursor = None
    while (found := page(Neighbour.objects.all(), order, cursor, size)).next_cursor:
        cursor = found.next_cursor
    pages = [[item.pk for item in found.items]]
    while found.previous_cursor:
        found = page(Neighbour.objects.all(), order, found.previous_cursor, size)
        pages.insert(0, [item.pk for item in found.items])
    return pages


def by_hand(neighbours, order) -> list[int]:
    """The same order in plain Python: stable sorts from the last key to the first, missing values last."""
    rows = sorted(neighbours, key=lambda row: row.pk, reverse=bool(order) and order[-1].startswith("-"))
    for word in reversed(order):
        values = {row.pk: value_of(row, word.removeprefix("-")) for row in rows}
        present = [row for row in rows if values[row.pk] is not None]
        present.sort(key=lambda row: values[row.pk], reverse=word.startswith("-"))
        rows = present + [row for row in rows if values[row.pk] is None]
    return [row.pk for row in rows]


def value_of(row, name):
    if name == "street__name":
        return row.street and row.street.name
    return getattr(row, name)


ORDERS = [
    (),
    ("grade",),
    ("-grade",),
    ("due_on",),
    ("-due_on",),
    ("street__name", "-due_on"),
    ("-street__name", "grade", "-seen_at"),
    *product(("grade", "-grade"), ("due_on", "-due_on"), ("seen_at", "-seen_at")),
]


@pytest.mark.parametrize("order", ORDERS, ids=",".join)
def test_every_row_appears_once_in_the_asked_order_with_missing_values_last(neighbours, order):
    assert list(chain(*forward(order))) == by_hand(neighbours, order)


@pytest.mark.parametrize("order", ORDERS, ids=",".join)
def test_going_back_shows_the_rows_of_going_forward(neighbours, order):
    assert list(chain(*backward(order))) == by_hand(neighbours, order)


@pytest.mark.parametrize("size", [1, 2, 4, 8, 9])
def test_pages_are_full_until_the_last(neighbours, size):
    pages = forward(("grade",), size=size)
    assert [len(one) for one in pages[:-1]] == [size] * (len(pages) - 1)
    assert sum(map(len, pages)) == 8


def test_the_second_page_leads_back_to_the_first(neighbours):
    first = page(Neighbour.objects.all(), ("-due_on",), None, SIZE)
    second = page(Neighbour.objects.all(), ("-due_on",), first.next_cursor, SIZE)
    again = page(Neighbour.objects.all(), ("-due_on",), second.previous_cursor, SIZE)
    assert (again.items, again.previous_cursor, first.previous_cursor) == (first.items, None, None)
    assert page(Neighbour.objects.all(), ("-due_on",), again.next_cursor, SIZE).items == second.items


def test_an_empty_table_has_one_empty_page():
    found = page(Neighbour.objects.all(), ("grade",), None, SIZE)
    assert (found.items, found.next_cursor, found.previous_cursor) == ([], None, None)


def test_rows_added_meanwhile_neither_repeat_nor_hide_others(neighbours):
    first = page(Neighbour.objects.all(), ("pk",), None, SIZE)
    Neighbour.objects.filter(pk=first.items[0].pk).delete()
    second = page(Neighbour.objects.all(), ("pk",), first.next_cursor, SIZE)
    assert second.items == neighbours[3:6]


def test_annotations_order_like_fields(neighbours):
    counted = Neighbour.objects.annotate(streets=Count("street"), tens=F("grade") * 10)
    with_street = {row.pk for row in neighbours if row.street}
    pages = forward(("-streets", "tens"), counted)
    assert set(list(chain(*pages))[:6]) == with_street
    assert len(pages) == 3


def test_instants_keep_their_microseconds_in_any_time_zone(neighbours):
    santiago = ZoneInfo("America/Santiago")
    with_zone = [row.seen_at.astimezone(santiago) for row in neighbours if row.seen_at]
    assert with_zone[0].microsecond == 123456
    assert len(set(chain(*forward(("-seen_at",), size=1)))) == 8


@pytest.mark.parametrize("order", [("grade",), ("-due_on", "street__name")])
def test_a_page_is_one_query_of_one_row_more_than_its_size(neighbours, order):
    cursor = page(Neighbour.objects.select_related("street"), order, None, SIZE).next_cursor
    with CaptureQueriesContext(connection) as queries:
        page(Neighbour.objects.select_related("street"), order, cursor, SIZE)
    assert len(queries) == 1
    assert f"LIMIT {SIZE + 1}" in queries[0]["sql"]


def test_one_direction_without_missing_values_compares_rows_so_that_the_index_serves(neighbours):
    cursor = page(Neighbour.objects.all(), ("-grade",), None, SIZE).next_cursor
    with CaptureQueriesContext(connection) as queries:
        page(Neighbour.objects.all(), ("-grade",), cursor, SIZE)
    assert '("sample_neighbour"."grade", "sample_neighbour"."id") < (' in queries[0]["sql"]
    assert "NULLS" not in queries[0]["sql"]


@pytest.fixture
def cursor(neighbours) -> str:
    return page(Neighbour.objects.all(), ("grade",), None, SIZE).next_cursor


@pytest.mark.parametrize("position", [0, 5, -1, -10])
def test_an_altered_cursor_is_refused(cursor, position):
    other = "A" if cursor[position] != "A" else "B"
    altered = cursor[:position] + other + cursor[position:][1:]
    with pytest.raises(InvalidCursor):
        page(Neighbour.objects.all(), ("grade",), altered, SIZE)


@pytest.mark.parametrize("rubbish", ["x", ":", "a:b:c", "\0", "ñ", "' OR 1=1 --", "9" * 100_000])
def test_rubbish_is_refused(rubbish):
    with pytest.raises(InvalidCursor):
        page(Neighbour.objects.all(), ("grade",), rubbish, SIZE)


@pytest.mark.parametrize("order", [("-grade",), ("due_on",), ("grade", "due_on"), ()])
def test_a_cursor_of_another_ordering_is_refused(cursor, order):
    with pytest.raises(InvalidCursor):
        page(Neighbour.objects.all(), order, cursor, SIZE)


def test_a_signature_made_for_something_else_is_refused():
    with pytest.raises(InvalidCursor):
        page(Neighbour.objects.all(), ("grade",), signing.dumps(["f", 1, 1]), SIZE)
