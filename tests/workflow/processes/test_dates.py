"""When stages and tasks are planned and expected; days are business days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.kit.workdays import Calendar
from cabildo.workflow.processes.rules.dates import (
    Actual,
    Span,
    StageActual,
    StagePlan,
    TaskPlan,
    forecast,
    longest_chain,
    moved,
    planned,
    slip,
    within,
)

CALENDAR = Calendar({date(2026, 3, 11): "feriado"})
MONDAY = date(2026, 3, 2)
FAIR = (
    StagePlan("preparar", 5, (TaskPlan("reservar", 2), TaskPlan("llamar", 2, after=("reservar",)))),
    StagePlan("hacer", 10, (TaskPlan("abrir", 5), TaskPlan("limpiar", 2, 1, ("abrir",)))),
)


def march(first: int, last: int) -> Span:
    return Span(date(2026, 3, first), date(2026, 3, last))


def standing(stages, start, actual=None) -> list[StageActual]:
    """The stages as planned from a day, with what is said of some: code -> (began, ended, is skipped)."""
    days, known = planned(stages, start, CALENDAR), actual or {}
    return [
        StageActual(
            stage,
            Actual(days[stage.code].span, *known.get(stage.code, ())),
            {task.code: Actual(days[stage.code].tasks[task.code], *known.get(task.code, ())) for task in stage.tasks},
        )
        for stage in stages
    ]


def expected(today, actual=None, stages=FAIR):
    return forecast(standing(stages, MONDAY, actual), today, CALENDAR)


def test_a_stage_of_a_week_ends_on_friday_and_the_next_begins_on_monday() -> None:
    days = planned(FAIR, MONDAY, CALENDAR)

    assert days["preparar"].span == march(2, 6)
    assert days["hacer"].span == march(9, 23)  # the holiday of the eleventh counts for nothing


def test_a_task_begins_on_the_day_after_what_it_depends_on_and_its_wait() -> None:
    days = planned(FAIR, MONDAY, CALENDAR)

    assert days["preparar"].tasks == {"reservar": march(2, 3), "llamar": march(4, 5)}
    assert days["hacer"].tasks == {"abrir": march(9, 16), "limpiar": march(18, 19)}


def test_a_start_on_a_weekend_begins_on_the_next_business_day() -> None:
    assert planned(FAIR, date(2026, 2, 28), CALENDAR) == planned(FAIR, MONDAY, CALENDAR)


def test_the_longest_chain_counts_its_waits() -> None:
    assert longest_chain(FAIR[1]) == 8


def test_before_it_begins_the_forecast_is_the_plan() -> None:
    assert expected(MONDAY) == planned(FAIR, MONDAY, CALENDAR)


def test_a_late_task_pushes_what_depends_on_it_and_the_stages_after() -> None:
    days = expected(date(2026, 3, 5), {"preparar": (MONDAY,), "reservar": (MONDAY,)})

    assert days["preparar"].tasks == {"reservar": march(2, 5), "llamar": march(6, 9)}
    assert days["preparar"].span == march(2, 9)
    assert days["hacer"].span == march(10, 24)
    assert slip(date(2026, 3, 23), days["hacer"].span.ends_on, CALENDAR) == 1


def test_a_stage_closed_early_pulls_nothing_before_its_plan() -> None:
    days = expected(
        date(2026, 3, 4), {"preparar": (MONDAY, date(2026, 3, 4)), "reservar": (MONDAY, MONDAY), "llamar": (MONDAY,)}
    )

    assert days["preparar"].span == march(2, 4)
    assert days["hacer"].span == march(9, 23)


def test_a_task_that_does_not_apply_holds_nobody_up() -> None:
    days = expected(date(2026, 3, 2), {"preparar": (MONDAY,), "reservar": (None, None, True)})

    assert days["preparar"].tasks == {"llamar": march(4, 5)}


def test_a_stage_that_should_have_begun_is_expected_today() -> None:
    assert expected(date(2026, 3, 10))["preparar"].span == march(10, 17)


def test_a_stage_opened_again_holds_up_what_has_not_begun() -> None:
    done = {"reservar": (MONDAY, MONDAY), "llamar": (MONDAY, MONDAY)}

    assert expected(date(2026, 3, 13), {"preparar": (MONDAY,), **done})["hacer"].span.starts_on == date(2026, 3, 16)


def test_a_span_is_carried_by_business_days_both_ways() -> None:
    assert moved(march(9, 10), 2, CALENDAR) == march(12, 13)
    assert moved(march(12, 13), -2, CALENDAR) == march(9, 10)


@pytest.mark.parametrize(("span", "held"), [((3, 5), (3, 5)), ((1, 30), (2, 6)), ((10, 12), (6, 6)), ((1, 1), (2, 2))])
def test_a_span_is_kept_inside_its_frame(span, held) -> None:
    assert within(march(*span), march(2, 6)) == march(*held)


# -- properties -------------------------------------------------------------------------------------------------------

CODES = "abcde"
NUMBERS = st.integers(0, 15)


@st.composite
def processes(draw) -> tuple[StagePlan, ...]:
    """Up to three stages whose tasks depend on earlier ones and fit in their stage."""
    stages = []
    for number in range(draw(st.integers(1, 3))):
        names = [f"{number}{code}" for code in CODES[: draw(st.integers(0, 5))]]
        tasks = tuple(
            TaskPlan(name, draw(st.integers(1, 9)), draw(st.integers(0, 4)), draw(_some_of(names[:place])))
            for place, name in enumerate(names)
        )
        chain = longest_chain(StagePlan("", 0, tasks))
        stages.append(StagePlan(str(number), max(1, chain + draw(NUMBERS)), tasks))
    return tuple(stages)


def _some_of(names):
    return st.lists(st.sampled_from(names), unique=True).map(tuple) if names else st.just(())


days_from_monday = st.integers(0, 400).map(lambda number: MONDAY + timedelta(days=number))


def all_spans(days) -> list[Span]:
    return [span for stage in days.values() for span in (stage.span, *stage.tasks.values())]


def all_days(days) -> list[date]:
    return [day for span in all_spans(days) for day in (span.starts_on, span.ends_on)]


@pytest.mark.property
@given(processes(), days_from_monday, days_from_monday)
def test_a_later_start_never_brings_anything_forward(stages, one, other) -> None:
    first, second = (all_days(planned(stages, day, CALENDAR)) for day in sorted([one, other]))

    assert all(early <= late for early, late in zip(first, second, strict=True))


@pytest.mark.property
@given(processes(), days_from_monday)
def test_everything_planned_is_on_business_days_inside_its_stage_and_after_its_dependencies(stages, start) -> None:
    days = planned(stages, start, CALENDAR)

    assert all(map(CALENDAR.is_business_day, all_days(days)))
    for stage in stages:
        spans = days[stage.code].tasks
        assert all(within(span, days[stage.code].span) == span for span in spans.values())
        pairs = [(spans[name], spans[task.code]) for task in stage.tasks for name in task.after]
        assert all(before.ends_on < after.starts_on for before, after in pairs)


@pytest.mark.property
@given(processes(), days_from_monday, days_from_monday)
def test_the_longer_nothing_is_done_the_later_all_is_expected(stages, one, other) -> None:
    first, second = (all_days(expected(day, stages=stages)) for day in sorted([one, other]))

    assert all(early <= late for early, late in zip(first, second, strict=True))


@pytest.mark.property
@given(processes(), days_from_monday, st.integers(0, 60), st.integers(0, 60))
def test_ending_the_first_stage_later_never_brings_the_others_forward(stages, today, one, other) -> None:
    def rest(days: int) -> list[date]:
        ended = {stages[0].code: (MONDAY, CALENDAR.add(MONDAY, days))}
        found = expected(today, ended, stages)
        return all_days({code: found[code] for code in list(found)[1:]})

    early, late = (rest(days) for days in sorted([one, other]))

    assert all(before <= after for before, after in zip(early, late, strict=True))


@pytest.mark.property
@given(processes(), days_from_monday, st.integers(0, 60))
def test_nothing_still_open_is_expected_before_its_plan_nor_before_what_it_depends_on(stages, today, days) -> None:
    ended = {stages[0].code: (MONDAY, CALENDAR.add(MONDAY, days))}
    plan, found = planned(stages, MONDAY, CALENDAR), expected(today, ended, stages)

    for stage in stages[1:]:
        spans = found[stage.code].tasks
        assert found[stage.code].span.starts_on >= max(plan[stage.code].span.starts_on, MONDAY)
        pairs = [(spans[name], spans[task.code]) for task in stage.tasks for name in task.after]
        assert all(before.ends_on < after.starts_on for before, after in pairs)
