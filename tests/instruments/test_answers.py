"""Questionnaires: 141 of 312, inclusive alternatives, what is missing, and what holds for any answers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.instruments.rules.answers import (
    NOT_APPLICABLE,
    Alternative,
    Answer,
    AnswersError,
    Area,
    Question,
    Questionnaire,
    count,
    implied,
)
from cabildo.instruments.rules.bands import Band

LADDER = (
    Alternative("a", 0, is_inclusive=False),
    Alternative("b", 1, is_inclusive=False),
    Alternative("c", 2, is_inclusive=True),
    Alternative("d", 3, is_inclusive=True),
    Alternative("e", 4, is_inclusive=True),
)
LETTER = {alternative.points: alternative.id for alternative in LADDER}


def questionnaire(*areas: int, **more) -> Questionnaire:
    """Areas with so many questions each, of 0 to 4 points."""
    made = (Area(f"a{i}", tuple(Question(f"q{i}_{j}", LADDER) for j in range(n))) for i, n in enumerate(areas))
    return Questionnaire(tuple(made), **more)


def answers(asked: Questionnaire, points: list[int]) -> dict[str, Answer]:
    return {q.id: Answer(LETTER[value]) for q, value in zip(asked.questions(), points, strict=True)}


def test_141_of_312_points_are_45_2_per_cent() -> None:
    asked = questionnaire(*[6] * 13)
    points = [4] * 35 + [1] + [0] * 42
    result = count(asked, answers(asked, points))

    assert (len(points), result.points, result.maximum) == (78, 141, 312)
    assert (str(result.share(2)), str(result.share())) == ("45.19", "45.2")


def test_the_total_is_of_all_points_and_not_the_mean_of_the_areas() -> None:
    asked = questionnaire(1, 3)
    result = count(asked, answers(asked, [4, 0, 0, 0]))

    assert [str(area.share()) for area in result.areas] == ["100.0", "0.0"]
    assert str(result.share()) == "25.0"


@pytest.mark.parametrize(("chosen", "attested"), [("a", ""), ("b", ""), ("c", ""), ("d", "c"), ("e", "cd")])
def test_choosing_an_inclusive_alternative_attests_the_inclusive_ones_before_it(chosen, attested) -> None:
    assert "".join(alternative.id for alternative in implied(Question("q", LADDER), chosen)) == attested


def test_not_done_in_the_middle_of_the_list_attests_nothing() -> None:
    obsolete = Question("q", (LADDER[2], Alternative("x", 2, is_inclusive=False), LADDER[3]))

    assert implied(obsolete, "x") == ()
    assert [alternative.id for alternative in implied(obsolete, "d")] == ["c"]


def test_what_is_missing_is_named_and_counts_zero() -> None:
    result = count(questionnaire(2, 1), {"q0_0": Answer("e")})

    assert (result.points, result.maximum) == (4, 12)
    assert (result.missing, result.is_complete) == (("q0_1", "q1_0"), False)
    assert [area.answered for area in result.areas] == [1, 0]


def test_what_does_not_apply_leaves_both_sums_where_it_is_allowed() -> None:
    result = count(questionnaire(2, allow_not_applicable=True), {"q0_0": Answer("c"), "q0_1": NOT_APPLICABLE})

    assert (result.points, result.maximum, result.is_complete) == (2, 4, True)
    assert result.areas[0].not_applicable == ("q0_1",)


@pytest.mark.parametrize(
    ("name", "answer", "code"),
    [
        ("q0_0", NOT_APPLICABLE, "not_applicable_not_allowed"),
        ("q0_0", Answer("z"), "unknown_alternative"),
        ("q9_9", Answer("a"), "unknown_question"),
    ],
)
def test_an_answer_outside_the_questionnaire_is_refused(name, answer, code) -> None:
    with pytest.raises(AnswersError, match=f"{name}: {code}"):
        count(questionnaire(1), {name: answer})


def test_the_band_holds_its_lower_edge_and_the_last_one_both() -> None:
    bands = (Band("x", "X", Fraction(0), Fraction("0.5")), Band("y", "Y", Fraction("0.5"), Fraction(1)))
    asked = questionnaire(1, bands=bands)

    assert [count(asked, answers(asked, [value])).band.id for value in range(5)] == ["x", "x", "y", "y", "y"]


POINTS = st.lists(st.integers(0, 4), min_size=6, max_size=6)


@pytest.mark.property
@given(POINTS, st.integers(0, 5))
def test_a_better_answer_never_lowers_the_result(points, which) -> None:
    asked = questionnaire(2, 4)
    better = [min(4, value + (index == which)) for index, value in enumerate(points)]
    before, after = count(asked, answers(asked, points)), count(asked, answers(asked, better))

    assert 0 <= before.ratio <= after.ratio <= 1
    assert all(was.points <= now.points for was, now in zip(before.areas, after.areas, strict=True))


@pytest.mark.property
@given(POINTS, st.sets(st.integers(0, 5), max_size=5))
def test_a_question_that_does_not_apply_is_as_if_it_were_not_asked(points, out) -> None:
    asked = questionnaire(6, allow_not_applicable=True)
    given_answers = answers(asked, points) | {f"q0_{index}": NOT_APPLICABLE for index in out}
    kept = [value for index, value in enumerate(points) if index not in out]
    fewer = questionnaire(len(kept))

    result, expected = count(asked, given_answers), count(fewer, answers(fewer, kept))
    assert (result.points, result.maximum) == (expected.points, expected.maximum)
