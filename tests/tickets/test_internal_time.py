"""The days that go into waiting for other departments."""

from datetime import UTC, date, datetime

import pytest
from tests.tickets.inner_world import ask

from cabildo.kit.workdays import chile
from cabildo.tickets.models import InternalRequest, Ticket
from cabildo.tickets.queries.internal_time import internal_time, merged

CALENDAR = chile(range(2025, 2028))
TODAY = date(2026, 12, 4)


def moved(asked, start: date, end: date | None) -> InternalRequest:
    state = {"state": "answered", "answer": "Listo", "answered_by": asked.asked_by} if end else {}
    InternalRequest.objects.filter(pk=asked.pk).update(
        asked_at=noon(start), ended_at=noon(end) if end else None, **state
    )
    return asked


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 15, tzinfo=UTC)


@pytest.fixture
def lamp(receive):
    ticket = receive()
    Ticket.objects.update(received_at=noon(date(2026, 11, 20)))
    return ticket


def line():
    return internal_time(since=date(2026, 11, 1), until=TODAY, today=TODAY, calendar=CALENDAR)[0]


def test_days_waited_stand_against_the_days_granted(lamp, diego, aseo) -> None:
    moved(ask(aseo, diego, ticket=lamp, days=5), date(2026, 11, 23), date(2026, 11, 26))
    moved(ask(aseo, diego, ticket=lamp, days=10), date(2026, 11, 30), None)

    found = line()

    assert (found.department, found.requests) == (aseo, 2)
    assert (found.days_waited, found.days_granted) == (3 + 4, 15)


def test_overlapping_waits_take_each_day_of_the_request_once(lamp, diego, aseo) -> None:
    moved(ask(aseo, diego, ticket=lamp), date(2026, 11, 23), date(2026, 11, 27))
    moved(ask(aseo, diego, ticket=lamp), date(2026, 11, 25), date(2026, 11, 30))

    found = line()

    assert (found.ticket_days_waited, found.ticket_days_open) == (5, 10)
    assert found.days_waited == 4 + 3


def test_an_answer_past_its_term_counts_as_late(lamp, diego, aseo) -> None:
    moved(ask(aseo, diego, ticket=lamp, days=1), date(2026, 11, 23), date(2026, 11, 30))

    assert line().late == 1


def test_what_was_withdrawn_counts_for_nobody(lamp, diego, aseo) -> None:
    from cabildo.tickets.actions import internal

    internal.withdraw(ask(aseo, diego, ticket=lamp), reason="Ya no.", by=diego)

    assert internal_time(since=date(2026, 11, 1), until=date(2026, 12, 31), today=TODAY, calendar=CALENDAR) == []


def test_spans_that_touch_become_one() -> None:
    days = [date(2026, 11, day) for day in range(1, 8)]

    assert merged([(days[3], days[5]), (days[0], days[1]), (days[1], days[2])]) == [
        (days[0], days[2]),
        (days[3], days[5]),
    ]
