"""Many requests quickly: whole tables in bulk SQL, made from one real request of the demonstration.

Every column the model has is filled from that request, so that a new column needs no change here; what must differ
from row to row is set in `_ticket`. Texts are made of words of known frequency, so that searches can be chosen by it.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from bench.commune import HEIGHT, SOUTH, WEST, WIDTH
from cabildo.accounts.models import Department, Municipality
from cabildo.db import statistics
from cabildo.people.models import Requester
from cabildo.tickets import search
from cabildo.tickets.actions.cells import refresh_cells
from cabildo.tickets.models import Category, Derivation, Ticket
from cabildo.tickets.rules import folio as folios

BATCH = 5_000
SEED = 2026
COMMONEST = "solicito"  # stands in every text
THINGS = 160  # each in 0.6 % of the texts
STREETS = 2_500  # each in 0.04 %
CLOSED_SHARE, PUBLIC_SHARE = 0.85, 0.6
TICKETS_PER_PERSON = 3
SYLLABLES = ["ba", "co", "di", "fu", "ge", "ha", "lo", "mi", "nu", "pe", "ra", "so", "ti", "vu", "ya", "ze"]

Row = dict[str, Any]


def fill(municipality: Municipality, count: int) -> dict[str, Any]:
    """Add `count` requests with their derivation, requester, search words and map squares; tell words to look for."""
    maker = _Maker(municipality, count)
    with transaction.atomic():
        _insert(Requester, maker.requesters())
        _insert(Ticket, maker.tickets())
        _insert(Derivation, maker.derivations())
    _index(municipality)
    refresh_cells()
    statistics.refresh()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # which the database does by itself some minutes after so many rows
    things, streets = [_word(n, 3) for n in (3, 40, 120)], [_word(n, 4) for n in (7, 800, 2_000)]
    return {"rare": [*things, *streets, f"{things[0]} {things[1][:3]}"], "commonest": COMMONEST, "name": "Rosa 77"}


class _Maker:
    """The rows, always the same for the same count."""

    def __init__(self, municipality: Municipality, count: int) -> None:
        self.count = count
        self.first = (Ticket.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
        self.municipality = municipality
        self.model = _columns(Ticket.objects.filter(category__is_open=True).latest("pk"))
        self.person = _columns(Requester(municipality=municipality, created_at=timezone.now()))
        self.derivation = _columns(Derivation.objects.latest("pk"))
        self.categories = list(Category.objects.filter(department__isnull=False).values_list("pk", "department_id"))
        self.departments = list(Department.objects.values_list("pk", flat=True))
        self.now = timezone.now()

    def requesters(self) -> Iterator[Row]:
        for number in range(self.count // TICKETS_PER_PERSON + 1):
            own = {"id": _uuid(number), "name": f"Rosa {number}", "name_folded": f"rosa {number}"}
            yield {**self.person, **own}

    def tickets(self) -> Iterator[Row]:
        chance = random.Random(SEED)
        year = self.now.year
        for number in range(self.count):
            yield {**self.model, **self._ticket(number, year, chance)}

    def _ticket(self, number: int, year: int, chance: random.Random) -> Row:
        """The newest has the highest key, as it would after years of intake: one every few minutes."""
        category, department = self.categories[number % len(self.categories)]
        received = self.now - timedelta(minutes=5 * (self.count - number))
        is_closed, is_public = chance.random() < CLOSED_SHARE, chance.random() < PUBLIC_SHARE
        text, place = _text(chance)
        return {
            "id": self.first + number,
            "folio": folios.folio(year, 900_000 + number),
            "category_id": category,
            "department_id": department,
            "state": "closed" if is_closed else ("derived" if number % 2 else "in_progress"),
            "outcome": "resolved" if is_closed else "",
            "closed_at": _instant(received + timedelta(days=9)) if is_closed else None,
            "answered_at": _instant(received + timedelta(days=9)) if is_closed else None,
            "requester_id": _uuid(number // TICKETS_PER_PERSON),
            "received_at": _instant(received),
            "created_at": _instant(received),
            "updated_at": _instant(received),
            "legal_due_on": _day(received + timedelta(days=28)),
            "goal_due_on": _day(received + timedelta(days=7)),
            "text": text,
            "place": place,
            "public_text": text if is_public else "",
            "is_public": is_public,
            "moderation": "published" if is_public else "",
            "latitude": SOUTH + HEIGHT * chance.random(),
            "longitude": WEST + WIDTH * chance.random(),
            "merged_into_id": None,
            "split_from_id": None,
            "external_id": None,
        }

    def derivations(self) -> Iterator[Row]:
        """One to the department that answers; every tenth request came from another."""
        first = (Derivation.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
        for number in range(self.count):
            _category, department = self.categories[number % len(self.categories)]
            came_from = self.departments[number % len(self.departments)] if number % 10 == 0 else None
            yield {
                **self.derivation,
                "id": first + number,
                "ticket_id": self.first + number,
                "from_department_id": came_from,
                "to_department_id": department,
            }


def _columns(instance: models.Model) -> Row:
    """The columns of a row as the database takes them."""
    fields = [field for field in instance._meta.concrete_fields if not field.generated]
    return {field.column: field.get_db_prep_save(getattr(instance, field.attname), connection) for field in fields}


def _insert(model: type[models.Model], rows: Iterator[Row]) -> None:
    for some in batched(rows, BATCH):
        names = list(some[0])
        _write(model._meta.db_table, names, [[row[name] for name in names] for row in some])
    if connection.vendor == "postgresql" and isinstance(model._meta.pk, models.BigAutoField):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608


def _write(table: str, names: Sequence[str], rows: list[list[Any]]) -> None:
    listed = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([_plain(value) for value in row])
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)  # noqa: S608


def _plain(value: Any) -> Any:
    """psycopg's wrappers of JSON have a text that COPY takes."""
    return value.dumps(value.obj) if hasattr(value, "obj") and hasattr(value, "dumps") and value.dumps else value


def _index(municipality: Municipality) -> None:
    """The words of every request; on PostgreSQL the index over them is made after the rows."""
    rows = Ticket.objects.order_by("pk").only("pk", "municipality_id", "folio", "text", "place")
    with transaction.atomic():
        search.INDEX.clear()
        if connection.vendor == "postgresql":
            _around_index(lambda: search.index_many(rows.iterator(BATCH)))
        else:
            search.index_many(rows.iterator(BATCH))


def _around_index(work: Callable[[], None]) -> None:
    table = search.INDEX.table
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {table}_words")
        work()
        cursor.execute(f"CREATE INDEX {table}_words ON {table} USING gin (words)")


def _text(chance: random.Random) -> tuple[str, str]:
    thing, street = _word(chance.randrange(THINGS), 3), _word(chance.randrange(STREETS), 4)
    place = f"{street} {chance.randrange(2_000)}"
    return f"Hay {thing} en {place} desde hace {chance.randrange(60)} días y {COMMONEST} que lo arreglen.", place


def _word(number: int, syllables: int) -> str:
    """A word of its own for each number, that sounds like none of the language's."""
    parts = []
    for _place in range(syllables):
        number, which = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[which])
    return "".join(parts)


def _uuid(number: int) -> str:
    return f"{number:032x}"


def _instant(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at.astimezone(UTC))


def _day(at: datetime) -> Any:
    return connection.ops.adapt_datefield_value(at.date())
