"""The numbers of the roll-up, of both curves and of the light."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.indicators.rules import Light, Thresholds
from cabildo.kit.rounding import half_up
from cabildo.plans.rules.progress import Mark, Part, Rule, actual, curve, index, month_ends, planned, weighed

NEW_YEAR, LAST_DAY = date(2026, 1, 1), date(2026, 4, 10)  # a hundred days
TODAY = date(2026, 3, 1)
ACTIVITIES = [(3, 100, 100), (2, 50, 80), (1, 0, 0), (4, 25, 50)]  # weight, actual, planned


def reported(percent: int, weight: int = 1, day: date = NEW_YEAR) -> Part:
    return Part(Fraction(weight), reports=((day, Fraction(percent)),))


def test_the_worked_example_is_half_done_where_two_thirds_were_due() -> None:
    done = actual(Part(parts=tuple(reported(percent, weight) for weight, percent, _ in ACTIVITIES)), TODAY)
    due = weighed((Fraction(weight), Fraction(percent)) for weight, _, percent in ACTIVITIES)

    ratio = index(done, due)

    assert (done, due, half_up(ratio, 3)) == (Fraction(50), Fraction(66), Decimal("0.758"))
    assert Thresholds().light(ratio) == Light.YELLOW


def test_what_is_planned_runs_in_a_straight_line_between_both_dates() -> None:
    activity = Part(starts_on=NEW_YEAR, ends_on=LAST_DAY)
    days = [date(2025, 12, 31), NEW_YEAR, date(2026, 2, 19), LAST_DAY, date(2027, 1, 1)]

    assert [planned(activity, day) for day in days] == [0, 1, 50, 100, 100]


def test_the_planned_of_a_tree_weighs_its_parts() -> None:
    whole = Part(parts=(Part(Fraction(3), starts_on=NEW_YEAR, ends_on=NEW_YEAR), Part(starts_on=TODAY, ends_on=TODAY)))

    assert planned(whole, NEW_YEAR) == 75


def test_milestones_count_by_their_weight_when_reached_and_when_due() -> None:
    marks = (Mark(Fraction(1), NEW_YEAR, TODAY), Mark(Fraction(3), TODAY))
    activity = Part(rule=Rule.MILESTONES, marks=marks)

    assert [planned(activity, NEW_YEAR), actual(activity, NEW_YEAR)] == [25, 0]
    assert [planned(activity, TODAY), actual(activity, TODAY)] == [100, 25]


def test_progress_by_hand_does_not_look_at_the_parts() -> None:
    by_hand = Part(rule=Rule.MANUAL, reports=((NEW_YEAR, Fraction(40)),), parts=(reported(100),))

    assert actual(by_hand, TODAY) == 40


def test_the_last_report_of_the_day_counts() -> None:
    activity = Part(reports=((TODAY, Fraction(60)), (NEW_YEAR, Fraction(90)), (TODAY, Fraction(55))))

    assert [actual(activity, day) for day in (date(2025, 12, 31), NEW_YEAR, TODAY)] == [None, 90, 55]


def test_without_any_report_progress_is_unknown_and_not_zero() -> None:
    assert actual(Part(parts=(Part(), Part())), TODAY) is None


def test_beside_known_progress_silence_counts_as_not_done() -> None:
    assert actual(Part(parts=(reported(100), Part())), TODAY) == 50


@pytest.mark.parametrize(("done", "due"), [(None, Fraction(50)), (Fraction(50), None), (Fraction(50), Fraction(0))])
def test_there_is_no_index_without_a_datum_or_with_nothing_due(done, due) -> None:
    assert index(done, due) is None


def test_a_curve_says_nothing_of_the_actual_of_days_to_come() -> None:
    drawn = curve(
        Part(starts_on=NEW_YEAR, ends_on=LAST_DAY, reports=((NEW_YEAR, Fraction(7)),)), [TODAY, LAST_DAY], TODAY
    )

    assert [(point.planned, point.actual) for point in drawn] == [(60, 7), (100, None)]


def test_a_curve_is_drawn_at_the_ends_of_the_months_and_today() -> None:
    days = month_ends(date(2026, 1, 15), date(2026, 3, 10), date(2026, 2, 3))

    assert days == (date(2026, 1, 15), date(2026, 1, 31), date(2026, 2, 3), date(2026, 2, 28), date(2026, 3, 10))


percents = st.integers(0, 100).map(Fraction)
weights = st.integers(1, 50).map(Fraction)
leaves = st.builds(lambda weight, percent: Part(weight, reports=((NEW_YEAR, percent),)), weights, percents)
trees = st.recursive(
    leaves,
    lambda parts: st.builds(lambda w, p: Part(w, parts=tuple(p)), weights, st.lists(parts, min_size=1, max_size=4)),
)


@given(trees)
def test_progress_stays_between_nothing_and_all(tree: Part) -> None:
    assert 0 <= actual(tree, TODAY) <= 100


@given(st.lists(leaves, min_size=1, max_size=6), st.data())
def test_the_order_of_the_parts_changes_nothing(parts: list[Part], data) -> None:
    shuffled = data.draw(st.permutations(parts))

    assert actual(Part(parts=tuple(shuffled)), TODAY) == actual(Part(parts=tuple(parts)), TODAY)


@given(st.lists(leaves, min_size=1, max_size=6), st.data())
def test_more_progress_of_a_part_is_never_less_of_the_whole(parts: list[Part], data) -> None:
    place = data.draw(st.integers(0, len(parts) - 1))
    [(day, before)] = parts[place].reports
    better = Part(parts[place].weight, reports=((day, data.draw(st.integers(int(before), 100).map(Fraction))),))

    after = actual(Part(parts=(*parts[:place], better, *parts[place + 1 :])), TODAY)

    assert after >= actual(Part(parts=tuple(parts)), TODAY)


@given(st.dates(NEW_YEAR, LAST_DAY), st.dates(NEW_YEAR, LAST_DAY))
def test_what_is_planned_never_goes_back(one: date, other: date) -> None:
    activity, (earlier, later) = Part(starts_on=NEW_YEAR, ends_on=LAST_DAY), sorted([one, other])

    assert planned(activity, earlier) <= planned(activity, later)
