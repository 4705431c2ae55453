"""Points that can be won back, on the worked example of the model (reference §3.3 and §5.2)."""

from fractions import Fraction

from cabildo.instruments.rules.scoring import Mark, score
from cabildo.instruments.rules.structure import Criterion, Element, Method, Model, Subcriterion
from cabildo.quality.rules.gaps import gaps, next_step, recoverable, won

LEVELS = Method("niveles", 0, 5)
PANEL = Method("panel", 0, 100)
MODEL = Model(
    (
        Criterion(
            "c1",
            (
                Subcriterion("s1", 40, (Element("a", LEVELS), Element("b", LEVELS), Element("c", LEVELS))),
                Subcriterion("s2", 60, (Element("d", LEVELS, 2), Element("e", LEVELS, 1, is_optional=True))),
            ),
        ),
    ),
    allow_excluded=True,
)
VALIDATED = {"a": Mark(2), "b": Mark(5), "c": Mark(3), "d": Mark(1), "e": Mark(is_excluded=True)}


def test_the_gaps_of_all_elements_are_what_is_missing_to_the_maximum() -> None:
    result = score(MODEL, VALIDATED)
    found = gaps(result)

    assert [(gap.element, gap.points) for gap in found] == [("a", 8), ("c", Fraction(16, 3)), ("d", 48)]
    assert recoverable(found, {"a", "c", "d"}) == result.maximum - result.points


def test_what_nobody_scored_is_a_gap_that_says_so() -> None:
    found = {gap.element: gap.is_assessed for gap in gaps(score(MODEL, {"a": Mark(0)}))}

    assert found == {"a": True, "b": False, "c": False, "d": False, "e": False}


def test_targets_win_what_they_add_and_never_take_away() -> None:
    result = score(MODEL, VALIDATED)

    assert won(result, {"a": 4}) == Fraction(40 * 2, 15)
    assert won(result, {"a": 1, "b": 5}) == 0
    better = score(MODEL, {**VALIDATED, "a": Mark(4), "d": Mark(3)})
    assert won(result, {"a": 4, "d": 3}) == better.points - result.points


def test_the_first_target_is_the_next_level_of_its_scale() -> None:
    panel = Model((Criterion("c", (Subcriterion("s", 10, (Element("x", PANEL), Element("y", PANEL))),)),))

    levels = {gap.element: next_step(gap) for gap in gaps(score(MODEL, {**VALIDATED, "a": Mark(4)}))}
    panels = {gap.element: next_step(gap) for gap in gaps(score(panel, {"x": Mark(35), "y": Mark(90)}))}

    assert levels == {"a": 5, "c": 4, "d": 2}
    assert panels == {"x": 40, "y": 100}
