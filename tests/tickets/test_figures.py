from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine

from cabildo import indicators
from cabildo.accounts.scoping import in_municipality
from cabildo.indicators.rules import Period, Ratio, last_month, month_of
from cabildo.tickets.choices import Channel, Kind, Outcome, State
from cabildo.tickets.queries import figures
from cabildo.tickets.queries.figures import Acknowledged, Dimension, Load, Row, Scope
from cabildo.tickets.rules.figures import median
from factories.figures import answered, at, baseline, derivation, requests

TODAY = date(2026, 11, 21)
OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER)


@pytest.fixture
def lamp(categories):
    return categories["lamp"]


def test_the_commitments_baseline_is_reproduced_exactly(lamp) -> None:
    baseline(lamp)

    with time_machine.travel(at("2026-11-21")):
        found = [
            indicators.compute(code, last_month(TODAY))
            for code in ("tickets.unanswered", "tickets.overdue", "tickets.criticism")
        ]

    assert [(one.numerator, one.denominator) for one in found] == [(69, 345), (62, 69), (60, 345)]
    assert [found[0].share(0), found[1].share(2), found[2].share(1)] == [Decimal(20), Decimal("89.86"), Decimal("17.4")]


def test_answered_on_the_last_day_of_the_term_is_on_time_and_the_day_after_is_not(lamp) -> None:
    due = date(2026, 10, 20)
    answered(lamp, at("2026-10-05"), 15, legal_due_on=due)
    answered(lamp, at("2026-10-05"), 16, legal_due_on=due)
    answered(lamp, at("2026-10-05"), 2, legal_due_on=None)

    tally = figures.tally(SCOPE, TODAY)

    assert (tally.received, tally.answered, tally.on_time) == (3, 3, Ratio(1, 2))


def test_withdrawn_and_repeated_ones_wait_for_no_answer_but_silence_is_none(lamp) -> None:
    for outcome in (Outcome.WITHDRAWN, Outcome.DUPLICATE, Outcome.SILENCE):
        closed = {"state": State.CLOSED, "outcome": outcome, "closed_at": at("2026-10-20")}
        requests(lamp, at("2026-10-05"), **closed)

    tally = figures.tally(SCOPE, TODAY)

    assert (tally.unanswered, tally.ended_otherwise, tally.overdue) == (1, 2, 1)


def test_a_stopped_term_is_not_overdue(lamp) -> None:
    requests(lamp, at("2026-10-05"), is_stopped=True)
    requests(lamp, at("2026-10-05"))

    assert figures.tally(SCOPE, TODAY).overdue_share == Ratio(1, 2)


def test_days_are_those_of_chile(lamp) -> None:
    requests(lamp, at("2026-10-31", 23))
    requests(lamp, at("2026-11-01", 0))

    assert figures.tally(SCOPE, TODAY).received == 1


def test_a_past_day_sees_what_had_happened_by_then(lamp) -> None:
    answered(lamp, at("2026-10-05"), 10, legal_due_on=date(2026, 10, 12))
    withdrawn = {"state": State.CLOSED, "outcome": Outcome.WITHDRAWN, "closed_at": at("2026-10-15")}
    requests(lamp, at("2026-10-05"), **withdrawn)

    then, later = figures.tally(SCOPE, date(2026, 10, 14)), figures.tally(SCOPE, date(2026, 10, 15))

    assert (then.answered, then.unanswered, then.overdue) == (0, 2, 1)
    assert (later.answered, later.unanswered, later.overdue) == (1, 0, 0)


def test_filters_narrow_by_department_channel_and_kind(categories, obras) -> None:
    requests(categories["lamp"], at("2026-10-05"), channel=Channel.PHONE, kind=Kind.RECLAMO)
    requests(categories["lamp"], at("2026-10-05"))
    requests(categories["rubbish"], at("2026-10-05"), channel=Channel.PHONE)

    def counted(**filters) -> int:
        return figures.tally(Scope(OCTOBER, **filters), TODAY).received

    assert counted(departments=(obras.pk,)) == 2
    assert counted(departments=(obras.pk,), channel="phone", kind="reclamo") == 1
    assert counted(departments=()) == 0


def test_each_department_has_its_own_row_and_what_has_none_is_to_be_classified(categories) -> None:
    requests(categories["lamp"], at("2026-10-05"), many=3)
    answered(categories["rubbish"], at("2026-10-05"), 2)
    requests(categories["lamp"], at("2026-10-05"), department=None, state=State.INTAKE)

    rows = figures.tallies(SCOPE, Dimension.DEPARTMENT, TODAY)

    assert [(row.code, row.label, row.figure.received, row.figure.unanswered) for row in rows] == [
        ("obras", "Dirección de Obras", 3, 3),
        ("aseo", "Dirección de Aseo y Ornato", 1, 0),
        ("", "Por clasificar", 1, 1),
    ]


def test_months_without_requests_are_there_too(lamp) -> None:
    requests(lamp, at("2026-08-31"), many=2)
    months = figures.monthly(Scope(Period(date(2026, 8, 1), date(2026, 10, 31))), TODAY)

    assert [(month.month, tally.received) for month, tally in months] == [(8, 2), (9, 0), (10, 0)]


def test_the_median_of_days_is_exact_and_by_department(categories) -> None:
    for days in (1, 2, 5, 30):
        answered(categories["lamp"], at("2026-10-05"), days)
    answered(categories["rubbish"], at("2026-10-05"), 7)

    assert figures.median_days(SCOPE, TODAY) == Fraction(5)
    assert figures.median_days_by(SCOPE, Dimension.DEPARTMENT, TODAY) == {"obras": Fraction(7, 2), "aseo": Fraction(7)}


def test_the_median_of_nothing_is_unknown() -> None:
    assert median({}) is None
    assert median({3: 1, 4: 1}) == Fraction(7, 2)


def test_today_says_what_falls_due_what_is_late_and_what_nobody_acknowledged(lamp, obras) -> None:
    now = at("2026-11-20")
    requests(lamp, now, legal_due_on=now.date())
    requests(lamp, now, legal_due_on=now.date() - timedelta(days=1))
    requests(lamp, now, state=State.WAITING, is_stopped=True, legal_due_on=now.date() - timedelta(days=1))
    requests(lamp, now, state=State.INTAKE, department=None)
    for hours in (25, 23):
        derivation(requests(lamp, now, state=State.DERIVED)[0], now - timedelta(hours=hours))

    standing = figures.standing_now(None, now)

    assert (standing.open, standing.due_today, standing.late, standing.waiting) == (6, 1, 1, 1)
    assert (standing.unacknowledged, standing.unclassified) == (1, 1)
    assert figures.standing_now((obras.pk,), now).unclassified == 0


def test_late_requests_are_told_by_department(categories) -> None:
    requests(categories["lamp"], at("2026-10-05"), legal_due_on=date(2026, 11, 1))
    requests(categories["rubbish"], at("2026-10-05"), many=2, legal_due_on=date(2026, 12, 1))

    assert figures.open_by(Dimension.DEPARTMENT, None, TODAY) == [
        Row("obras", "Dirección de Obras", Load(open=1, late=1)),
        Row("aseo", "Dirección de Aseo y Ornato", Load(open=2, late=0)),
    ]


def test_the_24_hour_rule_counts_only_derivations_that_old(lamp) -> None:
    now = at("2026-10-20")
    ticket = requests(lamp, at("2026-10-05"))[0]
    derivation(ticket, now - timedelta(days=5), timedelta(hours=24))
    derivation(ticket, now - timedelta(days=4), timedelta(hours=25))
    derivation(ticket, now - timedelta(days=3))
    derivation(ticket, now - timedelta(hours=2))

    assert figures.acknowledgements(SCOPE, now) == [Row("obras", "Dirección de Obras", Acknowledged(3, 1))]


def test_another_municipality_counts_nothing_of_this_one(lamp, otra_comuna) -> None:
    requests(lamp, at("2026-10-05"), many=4)

    with in_municipality(otra_comuna):
        assert figures.tally(SCOPE, TODAY).received == 0
    assert figures.tally(SCOPE, TODAY).received == 4


@pytest.mark.parametrize("many", [1, 3, 50])
def test_the_cost_of_a_figure_is_the_same_whatever_the_number_of_requests(
    lamp, django_assert_num_queries, many
) -> None:
    answered(lamp, at("2026-10-05"), 3, many=many)

    with django_assert_num_queries(4):
        figures.tally(SCOPE, TODAY)
        figures.tallies(SCOPE, Dimension.AREA, TODAY)
        figures.monthly(SCOPE, TODAY)
        figures.median_days_by(SCOPE, Dimension.CHANNEL, TODAY)


def test_the_same_question_is_asked_once_a_minute(lamp, django_assert_num_queries) -> None:
    figures.tally(SCOPE, TODAY)

    with django_assert_num_queries(0):
        figures.tally(SCOPE, TODAY)
