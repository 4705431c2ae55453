from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cabildo.kit.workdays import chile
from cabildo.workflow.rules.deadlines import as_json, compute, extend, recompute, with_pauses
from cabildo.workflow.rules.regimes import pause_to_complete
from cabildo.workflow.rules.standing import days_left
from cabildo.workflow.rules.terms import Rule, Start, Unit

CHILE = chile(range(2025, 2032))
few = settings(max_examples=60, deadline=None)
submissions = st.dates(date(2026, 1, 1), date(2028, 12, 31))
rules = st.builds(
    Rule, st.integers(1, 45), st.sampled_from(Unit), st.just("Ley 19.880, art. 25"), st.sampled_from(Start)
)


@st.composite
def pauses(draw, start: date):
    """Up to three pauses to complete, within two months of the submission; some still open."""
    starts = draw(st.lists(st.integers(0, 60), max_size=3))
    spans = [draw(st.none() | st.integers(0, 20)) for _ in starts]
    begun = [start + timedelta(offset) for offset in starts]
    ends = [None if span is None else day + timedelta(span) for day, span in zip(begun, spans, strict=True)]
    return [pause_to_complete(day, end) for day, end in zip(begun, ends, strict=True)]


@few
@given(submissions, st.integers(0, 30), rules, st.data())
def test_submitting_later_never_falls_due_earlier(submitted_on, later, rule, data):
    stops = data.draw(pauses(submitted_on))
    first = compute(submitted_on, rule, CHILE, pauses=stops)
    second = compute(submitted_on + timedelta(later), rule, CHILE, pauses=stops)
    assert first.nominal_due_on <= second.nominal_due_on
    assert first.due_on <= second.due_on


@few
@given(submissions, rules, st.integers(1, 20), st.data())
def test_a_longer_term_falls_due_later(submitted_on, rule, more, data):
    stops = data.draw(pauses(submitted_on))
    longer = Rule(rule.days + more, rule.unit, rule.article, rule.start)
    short, long = (compute(submitted_on, each, CHILE, pauses=stops) for each in (rule, longer))
    assert short.nominal_due_on < long.nominal_due_on
    assert short.due_on <= long.due_on


@few
@given(submissions, st.integers(1, 45))
def test_business_days_counted_back_from_the_due_date_reach_the_submission(submitted_on, days):
    deadline = compute(submitted_on, Rule(days, Unit.HABILES, "Ley 19.880, art. 25"), CHILE)
    assert CHILE.subtract(deadline.due_on, days) == deadline.effective_on
    assert CHILE.count_between(deadline.effective_on, deadline.due_on) == days


@few
@given(submissions, rules, st.data())
def test_a_holiday_or_weekend_is_never_a_counted_business_day_nor_a_due_date(submitted_on, rule, data):
    deadline = compute(submitted_on, rule, CHILE, pauses=data.draw(pauses(submitted_on)))
    counted = [day.date for day in deadline.explanation if day.counted]
    assert rule.unit is Unit.CORRIDOS or all(map(CHILE.is_business_day, counted))
    assert CHILE.is_business_day(deadline.due_on)


@few
@given(submissions, rules, st.integers(0, 90), st.data())
def test_one_more_holiday_never_brings_a_date_forward(submitted_on, rule, offset, data):
    before = compute(submitted_on, rule, CHILE, pauses=data.draw(pauses(submitted_on)))
    after = recompute(before, CHILE.changed(added={submitted_on + timedelta(offset): "Feriado local"}))
    assert (before.effective_on, before.nominal_due_on, before.due_on) <= (
        after.effective_on,
        after.nominal_due_on,
        after.due_on,
    )
    assert before.due_on <= after.due_on


@few
@given(submissions, rules, st.data())
def test_a_pause_never_brings_a_date_forward(submitted_on, rule, data):
    plain = compute(submitted_on, rule, CHILE)
    paused = with_pauses(plain, data.draw(pauses(submitted_on)), CHILE)
    assert plain.nominal_due_on <= paused.nominal_due_on
    assert plain.due_on <= paused.due_on


@few
@given(submissions, rules, st.data())
def test_the_explanation_counts_from_one_to_the_plain_due_date(submitted_on, rule, data):
    deadline = compute(submitted_on, rule, CHILE, pauses=data.draw(pauses(submitted_on)))
    counted = [day for day in deadline.explanation if day.counted]
    assert [day.number for day in counted] == list(range(1, rule.days + 1))
    assert counted[-1].date == deadline.nominal_due_on
    assert all(day.number is None for day in deadline.explanation if not day.counted)


@few
@given(submissions, rules, st.data())
def test_the_explanation_leaves_out_no_day_and_ends_when_the_term_expires(submitted_on, rule, data):
    deadline = compute(submitted_on, rule, CHILE, pauses=data.draw(pauses(submitted_on)))
    span = (deadline.expires_on - submitted_on).days
    assert [day.date for day in deadline.explanation] == [submitted_on + timedelta(n) for n in range(span + 1)]
    assert all(day.reason for day in deadline.explanation)


@few
@given(submissions, st.integers(2, 45), st.sampled_from(Unit), st.data())
def test_an_extension_moves_only_the_extended_date(submitted_on, days, unit, data):
    plain = compute(submitted_on, Rule(days, unit, "Ley 19.880, art. 26"), CHILE)
    extra_days = data.draw(st.integers(1, days // 2))
    extended = extend(plain, extra_days, submitted_on, CHILE)
    assert (extended.due_on, extended.nominal_due_on) == (plain.due_on, plain.nominal_due_on)
    assert extended.extended_due_on == compute(submitted_on, Rule(days + extra_days, unit, ""), CHILE).due_on


@few
@given(submissions, rules, st.integers(0, 120), st.data())
def test_days_left_go_down_by_at_most_one_a_day(submitted_on, rule, offset, data):
    deadline = compute(submitted_on, rule, CHILE, pauses=data.draw(pauses(submitted_on)))
    today = submitted_on + timedelta(offset)
    lost = days_left(deadline, today, CHILE) - days_left(deadline, today + timedelta(1), CHILE)
    assert lost in {0, 1}
    assert days_left(deadline, deadline.expires_on, CHILE) == 0


@few
@given(submissions, rules, st.data())
def test_computing_again_on_the_same_calendar_changes_nothing(submitted_on, rule, data):
    deadline = compute(submitted_on, rule, CHILE, pauses=data.draw(pauses(submitted_on)))
    assert recompute(deadline, CHILE) == deadline
    assert as_json(recompute(deadline, CHILE)) == as_json(deadline)
