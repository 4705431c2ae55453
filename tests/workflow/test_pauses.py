from datetime import date

import pytest

from cabildo.kit.workdays import chile
from cabildo.workflow.rules.deadlines import compute, with_pauses
from cabildo.workflow.rules.errors import WorkflowError
from cabildo.workflow.rules.regimes import pause_to_clarify_access, pause_to_complete
from cabildo.workflow.rules.terms import Clock, Pause, Rule, Unit, may_deem_withdrawn

CHILE = chile(range(2025, 2030))
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
TEN_DAYS = compute(FRIDAY, Rule(10, Unit.HABILES, "Ley 19.880, art. 24"), CHILE)
GOAL = compute(FRIDAY, Rule(10, Unit.HABILES, "Meta interna"), CHILE, clock=Clock.INTERNAL)


def due(*pauses, deadline=TEN_DAYS):
    return with_pauses(deadline, pauses, CHILE).due_on


def test_a_pause_moves_the_date_by_the_business_days_it_stopped():
    assert TEN_DAYS.due_on == date(2026, 12, 4)
    assert due(pause_to_complete(MONDAY, date(2026, 11, 26))) == date(2026, 12, 10)


def test_a_pause_over_the_weekend_alone_moves_nothing():
    assert due(pause_to_complete(date(2026, 11, 27), date(2026, 11, 29))) == TEN_DAYS.due_on


def test_a_pause_answered_on_its_first_day_moves_nothing():
    assert due(pause_to_complete(MONDAY, MONDAY)) == TEN_DAYS.due_on


@pytest.mark.parametrize("end", [None, date(2026, 11, 30), date(2026, 12, 31)])
def test_a_pause_to_complete_stops_five_business_days_at_most(end):
    assert due(pause_to_complete(MONDAY, end)) == date(2026, 12, 14)


def test_overlapping_pauses_do_not_stop_the_same_day_twice():
    first = pause_to_complete(MONDAY, date(2026, 11, 26))
    second = pause_to_clarify_access(date(2026, 11, 24), date(2026, 11, 27))
    assert due(first, second) == date(2026, 12, 11)


def test_a_pause_begun_on_the_last_day_comes_too_late():
    assert due(pause_to_complete(TEN_DAYS.due_on)) == TEN_DAYS.due_on


def test_calendar_days_stopped_move_a_calendar_term_day_by_day():
    month = compute(FRIDAY, Rule(30, Unit.CORRIDOS, "Ordenanza, art. 12"), CHILE)
    moved = with_pauses(month, [pause_to_complete(date(2026, 11, 26), date(2026, 11, 30))], CHILE)
    assert (month.nominal_due_on, moved.nominal_due_on) == (date(2026, 12, 20), date(2026, 12, 24))


def test_a_stopped_day_names_its_norm_in_the_explanation():
    deadline = with_pauses(TEN_DAYS, [pause_to_complete(MONDAY, date(2026, 11, 24))], CHILE)
    stopped = [day for day in deadline.explanation if day.reason.startswith("plazo detenido")]
    assert [(day.date, day.counted, day.reason) for day in stopped] == [
        (date(2026, 11, 24), False, "plazo detenido: Ley 19.880, art. 31")
    ]


@pytest.mark.parametrize(
    "pause",
    [
        Pause(MONDAY, date(2026, 11, 26), "waiting_for_supplier"),
        Pause(MONDAY, date(2026, 11, 26), "waiting_for_supplier", norm="Ley 19.880, art. 31"),
        Pause(MONDAY, date(2026, 11, 26), "waiting_for_supplier", stops_legal=True),
    ],
)
def test_a_pause_that_no_norm_allows_stops_only_the_internal_clock(pause):
    assert due(pause) == TEN_DAYS.due_on
    assert due(pause, deadline=GOAL) == date(2026, 12, 10)


def test_a_legal_pause_stops_the_internal_clock_too():
    assert due(pause_to_complete(MONDAY, date(2026, 11, 26)), deadline=GOAL) == date(2026, 12, 10)


def test_an_open_pause_without_maximum_moves_no_date_until_it_ends():
    assert due(Pause(MONDAY, None, "waiting_for_supplier"), deadline=GOAL) == GOAL.due_on


def test_new_pauses_replace_the_earlier_ones():
    paused = with_pauses(TEN_DAYS, [pause_to_complete(MONDAY)], CHILE)
    assert with_pauses(paused, [], CHILE) == TEN_DAYS


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"end": date(2026, 11, 22)}, "pause_ends_before_start"),
        ({"end": None, "stops_legal": True, "norm": "Ordenanza, art. 9"}, "pause_without_maximum"),
    ],
)
def test_a_pause_without_sense_is_refused(arguments, code):
    with pytest.raises(WorkflowError) as caught:
        Pause(MONDAY, reason_code="other", **arguments)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("pause", "today", "allowed"),
    [
        (pause_to_complete(MONDAY), date(2026, 11, 30), False),
        (pause_to_complete(MONDAY), date(2026, 12, 1), True),
        (pause_to_complete(MONDAY, date(2026, 11, 30)), date(2026, 12, 10), False),
        (pause_to_complete(MONDAY, date(2026, 12, 9)), date(2026, 12, 10), False),
        (Pause(MONDAY, None, "other", max_days=5), date(2026, 12, 10), False),
        (Pause(MONDAY, None, "other", allows_withdrawal=True), date(2027, 12, 10), False),
    ],
)
def test_a_request_may_be_deemed_withdrawn_only_after_five_unanswered_days(pause, today, allowed):
    assert may_deem_withdrawn(pause, today, CHILE) is allowed
