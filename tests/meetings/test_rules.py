"""Quorum, attendance, time, closing and signatures: decided without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.meetings.rules import closing, signing, timing
from cabildo.meetings.rules.attendance import Seen, Tally, by_trait, tally
from cabildo.meetings.rules.quorum import Basis, QuorumRule, Seat, needed, quorum
from cabildo.meetings.rules.states import MACHINE

DAY = date(2026, 11, 3)
ALWAYS = date(2026, 1, 1)
MOST = QuorumRule(Basis.MORE_THAN, 1, 2)
TEN = datetime(2026, 11, 3, 13, 0, tzinfo=UTC)

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
seats = st.lists(st.builds(Seat, days, st.none() | days, st.booleans(), st.booleans()), max_size=30)
shares = st.tuples(st.integers(1, 9), st.integers(1, 9)).map(sorted)
rules = st.builds(lambda basis, share: QuorumRule(basis, *share), st.sampled_from([Basis.AT_LEAST]), shares)
people = st.lists(
    st.builds(
        Seen,
        st.sampled_from(["municipal", "community", "unknown"]),
        st.sampled_from(["female", "male", "unknown"]),
        st.booleans(),
        st.sampled_from([None, True, False]),
    )
)


@pytest.mark.parametrize(
    ("rule", "total", "least"),
    [
        (MOST, 4, 3),
        (MOST, 5, 3),
        (QuorumRule(Basis.AT_LEAST, 1, 2), 4, 2),
        (QuorumRule(Basis.AT_LEAST, 1, 2), 5, 3),
        (QuorumRule(Basis.AT_LEAST, 2, 3), 7, 5),
        (QuorumRule(Basis.NUMBER, number=3), 9, 3),
        (QuorumRule(Basis.NONE), 9, 0),
    ],
)
def test_how_many_make_a_quorum(rule, total, least) -> None:
    assert needed(rule, total) == least


def test_only_who_has_voice_and_is_in_force_on_the_day_counts() -> None:
    counted = quorum(
        MOST,
        [
            Seat(ALWAYS, None, True, True),
            Seat(ALWAYS, DAY, True, True),
            Seat(ALWAYS, DAY - timedelta(days=1), True, True),
            Seat(DAY + timedelta(days=1), None, True, True),
            Seat(ALWAYS, None, False, True),
            Seat(DAY, None, True, False),
        ],
        DAY,
    )

    assert (counted.present, counted.total, counted.needed, counted.is_met) == (2, 3, 2, True)


def test_a_body_of_nobody_has_no_quorum_and_lacks_none() -> None:
    assert quorum(MOST, [], DAY).is_met is None


def test_without_a_rule_nothing_is_met_or_missed() -> None:
    assert quorum(QuorumRule(Basis.NONE), [Seat(ALWAYS, None, True, True)], DAY).is_met is None


@pytest.mark.property
@given(rules, st.integers(0, 500))
def test_a_possible_rule_is_met_when_all_come_and_never_by_fewer_than_the_share(rule, total) -> None:
    least = needed(rule, total)

    assert least <= total
    assert least * rule.denominator >= total * rule.numerator
    assert (least - 1) * rule.denominator < total * rule.numerator


@pytest.mark.property
@given(rules, seats, days)
def test_one_more_present_never_breaks_a_quorum(rule, sat, day) -> None:
    before = quorum(rule, sat, day)
    everybody = [Seat(seat.starts_on, seat.ends_on, seat.has_voice, True) for seat in sat]
    after = quorum(rule, everybody, day)

    assert 0 <= before.present <= before.total == after.total == after.present
    assert not (before.is_met and not after.is_met)


@pytest.mark.property
@given(rules, seats, days)
def test_the_order_of_the_seats_changes_nothing(rule, sat, day) -> None:
    assert quorum(rule, sat, day) == quorum(rule, sat[::-1], day)


@pytest.mark.parametrize(
    ("rule", "possible"),
    [
        (QuorumRule(Basis.MORE_THAN, 2, 2), False),
        (QuorumRule(Basis.AT_LEAST, 2, 2), True),
        (QuorumRule(Basis.AT_LEAST, 3, 2), False),
        (QuorumRule(Basis.NUMBER, number=0), False),
        (QuorumRule(Basis.NONE), True),
    ],
)
def test_a_rule_that_all_present_cannot_meet_is_impossible(rule, possible) -> None:
    assert rule.is_possible is possible


@pytest.mark.property
@given(people, st.sampled_from(["sector", "sex"]))
def test_the_groups_of_a_trait_sum_to_all(seen, trait) -> None:
    assert sum(by_trait(seen, trait).values(), Tally()) == tally(seen)


@pytest.mark.property
@given(people)
def test_nobody_is_lost_and_the_unknown_stays_unknown(seen) -> None:
    counted = tally(seen)

    assert counted.expected == sum(one.expected for one in seen)
    assert counted.present == sum(one.came is True for one in seen)
    assert counted.came + counted.unrecorded <= counted.expected
    assert set(by_trait(seen, "sex")) == {one.sex for one in seen}


@given(st.integers(0, 600), st.integers(0, 59))
def test_a_begun_minute_does_not_count(minutes, seconds) -> None:
    assert timing.minutes_between(TEN, TEN + timedelta(minutes=minutes, seconds=seconds)) == minutes


def test_the_plan_is_compared_with_what_the_timer_says() -> None:
    hour = timedelta(hours=1)
    ended = timing.durations((TEN, TEN + hour), [30, 20], TEN, TEN + hour * 2, TEN + hour * 9)
    running = timing.durations((TEN, TEN + hour), [70], TEN, None, TEN + hour / 2)
    before = timing.durations((TEN, TEN + hour), [], None, None, TEN)

    assert (ended.planned, ended.agenda, ended.real, ended.over, ended.agenda_fits) == (60, 50, 120, 60, True)
    assert (running.real, running.over, running.agenda_fits) == (30, -30, False)
    assert (before.real, before.over) == (None, None)


def test_an_acta_lacks_each_thing_in_the_order_in_which_it_is_done() -> None:
    draft = closing.Draft([True, None], True, False, [("Uno", "dicho"), ("Dos", "  ")])

    assert closing.gaps(draft) == (
        closing.Gap("unmarked", count=1),
        closing.Gap("quorum"),
        closing.Gap("minute", title="Dos"),
    )


def test_nobody_present_and_no_agenda_are_gaps() -> None:
    assert [gap.code for gap in closing.gaps(closing.Draft([False], False, False, []))] == ["attendance", "agenda"]


def test_whole_minutes_lack_nothing() -> None:
    assert closing.gaps(closing.Draft([True, False], True, True, [("Uno", "dicho")])) == ()


@pytest.mark.parametrize(
    ("present", "signed", "whole"),
    [
        ([(1, "chair"), (2, "secretary"), (3, "member")], [1], False),
        ([(1, "chair"), (2, "secretary"), (3, "member")], [1, 2], True),
        ([(3, "member"), (4, "member")], [], False),
        ([(3, "member"), (4, "member")], [4], True),
        ([(3, "member")], [9], False),
    ],
)
def test_chair_and_secretary_sign_and_without_them_one_of_those_present(present, signed, whole) -> None:
    assert signing.is_fully_signed(present, signed) is whole


def test_every_state_is_reached_and_none_is_a_dead_end() -> None:
    assert (MACHINE.unreachable_states(), MACHINE.dead_states()) == (frozenset(), frozenset())
