from datetime import date

import pytest

from cabildo.kit.workdays import chile
from cabildo.workflow.rules.deadlines import compute, extend, with_pauses
from cabildo.workflow.rules.regimes import LEY_20285, pause_to_complete
from cabildo.workflow.rules.standing import Status, days_left, escalation_level, is_stopped, status
from cabildo.workflow.rules.terms import Clock, Pause, Rule, Unit

CHILE = chile(range(2025, 2030))
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
TEN_DAYS = compute(FRIDAY, Rule(10, Unit.HABILES, "Ley 19.880, art. 24"), CHILE)  # due on Friday 4 December
MONTH = compute(FRIDAY, Rule(30, Unit.CORRIDOS, "Ordenanza, art. 12"), CHILE)  # Sunday 20, moved to Monday 21
PAUSED = with_pauses(TEN_DAYS, [pause_to_complete(MONDAY)], CHILE)  # stopped until 30 November, due 14 December


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (FRIDAY, Status.ON_TIME),
        (date(2026, 11, 30), Status.ON_TIME),
        (date(2026, 12, 1), Status.DUE_SOON),
        (date(2026, 12, 4), Status.DUE_SOON),
        (date(2026, 12, 5), Status.LATE),
        (date(2027, 12, 5), Status.LATE),
    ],
)
def test_an_open_request_is_on_time_then_due_soon_then_late(today, expected):
    assert status(TEN_DAYS, today, CHILE) is expected


@pytest.mark.parametrize(
    ("answered_on", "expected"),
    [(date(2026, 12, 4), Status.ANSWERED_ON_TIME), (date(2026, 12, 5), Status.ANSWERED_LATE)],
)
def test_an_answer_is_on_time_up_to_the_due_date(answered_on, expected):
    assert status(TEN_DAYS, date(2027, 3, 1), CHILE, answered_on=answered_on) is expected


def test_an_answer_within_the_extension_is_on_time():
    extended = extend(compute(FRIDAY, LEY_20285, CHILE), 10, FRIDAY, CHILE)
    assert status(extended, date(2027, 1, 7), CHILE, answered_on=date(2027, 1, 6)) is Status.ANSWERED_ON_TIME


def test_how_soon_is_soon_can_be_set():
    assert status(TEN_DAYS, date(2026, 11, 27), CHILE, due_soon_days=5) is Status.DUE_SOON


@pytest.mark.parametrize(
    ("today", "stopped"),
    [(FRIDAY, False), (MONDAY, True), (date(2026, 11, 30), True), (date(2026, 12, 1), False)],
)
def test_a_request_is_stopped_from_its_pause_until_the_maximum(today, stopped):
    assert is_stopped(PAUSED, today, CHILE) is stopped
    assert (status(PAUSED, today, CHILE) is Status.STOPPED) is stopped


def test_the_clock_runs_again_on_the_day_of_the_answer():
    answered = with_pauses(TEN_DAYS, [pause_to_complete(MONDAY, date(2026, 11, 26))], CHILE)
    assert not is_stopped(answered, date(2026, 11, 26), CHILE)


def test_a_pause_after_the_term_ran_out_does_not_hide_the_delay():
    tardy = with_pauses(TEN_DAYS, [pause_to_complete(date(2026, 12, 7))], CHILE)
    assert status(tardy, date(2026, 12, 8), CHILE) is Status.LATE


def test_a_pause_without_norm_stops_the_goal_and_not_the_legal_term():
    waiting = Pause(MONDAY, None, "waiting_for_supplier")
    goal = compute(FRIDAY, TEN_DAYS.rule, CHILE, pauses=[waiting], clock=Clock.INTERNAL)
    legal = with_pauses(TEN_DAYS, [waiting], CHILE)
    today = date(2026, 12, 10)
    assert (status(goal, today, CHILE), status(legal, today, CHILE)) == (Status.STOPPED, Status.LATE)


@pytest.mark.parametrize(
    ("deadline", "today", "left"),
    [
        (TEN_DAYS, FRIDAY, 10),
        (TEN_DAYS, date(2026, 12, 3), 1),
        (TEN_DAYS, date(2026, 12, 4), 0),
        (TEN_DAYS, date(2026, 12, 6), 0),
        (TEN_DAYS, date(2026, 12, 9), -2),
        (PAUSED, MONDAY, 9),
        (PAUSED, date(2026, 11, 30), 9),
        (PAUSED, date(2026, 12, 1), 8),
        (MONTH, date(2026, 12, 18), 1),
        (MONTH, date(2026, 12, 20), 1),
        (MONTH, date(2026, 12, 21), 0),
    ],
)
def test_days_left_are_business_days_and_turn_negative_when_late(deadline, today, left):
    assert days_left(deadline, today, CHILE) == left


@pytest.mark.parametrize(
    ("today", "level"),
    [
        (date(2026, 11, 30), 0),
        (date(2026, 12, 1), 1),
        (date(2026, 12, 4), 2),
        (date(2026, 12, 5), 2),
        (date(2026, 12, 7), 3),
        (date(2026, 12, 14), 4),
    ],
)
def test_alerts_rise_before_at_and_after_the_due_date(today, level):
    assert escalation_level(TEN_DAYS, today, CHILE) == level


def test_alert_thresholds_can_be_set():
    assert escalation_level(TEN_DAYS, date(2026, 11, 27), CHILE, thresholds=(5, 1)) == 1


def test_nobody_is_alerted_while_the_clock_is_stopped():
    assert escalation_level(PAUSED, date(2026, 11, 25), CHILE, thresholds=(100,)) == 0
