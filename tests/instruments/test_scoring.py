"""The worked example to the digit, the traps of rounding, and what holds for any model."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.instruments.rules.bands import Band
from cabildo.instruments.rules.scoring import (
    BLANK,
    Mark,
    MarksError,
    State,
    blank_faults,
    granted_level,
    known_share,
    proof_faults,
    score,
    scored,
)
from cabildo.instruments.rules.structure import Criterion, Element, Method, Model, Subcriterion
from cabildo.kit.rounding import half_up

from . import worked_example
from .worked_example import METHOD

PDCA = Method("agentes", 0, 100, ("planificar", "hacer", "revisar", "ajustar"), attributes_optional=True)


def simple(*elements: Element, points: int = 10, **more) -> Model:
    return Model((Criterion("c", (Subcriterion("s", points, elements),)),), **more)


def parts(result) -> list:
    return [part for criterion in result.criteria for part in criterion.subcriteria]


def test_the_worked_example_gives_the_points_of_each_layer() -> None:
    declared = score(worked_example.model(), worked_example.declared())
    validated = score(worked_example.model(), worked_example.validated())

    assert [str(half_up(p.points, 3)) for p in parts(declared)] == ["24.000", "18.000", "12.000", "18.000", "5.333"]
    assert [str(half_up(p.points, 3)) for p in parts(validated)] == ["18.667", "15.000", "9.000", "15.000", "5.333"]
    assert [str(p.share(2)) for p in parts(validated)] == ["46.67", "25.00", "30.00", "50.00", "13.33"]
    assert (str(half_up(declared.points, 3)), declared.maximum) == ("77.333", 200)
    assert (validated.points, validated.maximum) == (63, 200)


def test_the_worked_example_gives_both_totals_and_their_difference() -> None:
    declared = score(worked_example.model(), worked_example.declared())
    validated = score(worked_example.model(), worked_example.validated())

    assert (str(declared.share()), str(declared.share(2)), str(validated.share())) == ("38.7", "38.67", "31.5")
    assert str(half_up((validated.ratio - declared.ratio) * 100, 2)) == "-7.17"
    assert str(half_up((validated.ratio - declared.ratio) * 100, 1)) == "-7.2"


def test_no_percentage_is_said_of_what_is_partly_scored_until_the_end() -> None:
    model = simple(*(Element(name, METHOD) for name in "abc"))
    some, none, all_ = {"a": Mark(5)}, {}, {name: Mark(4) for name in "abc"}

    def known(layer, *, is_final: bool) -> list[str]:
        result = score(model, layer)
        return [str(known_share(one, is_final=is_final)) for one in (result, *result.criteria, *result.parts)]

    assert known(some, is_final=False) == known(none, is_final=False) == known(none, is_final=True) == ["None"] * 3
    assert known(some, is_final=True) == ["33.3"] * 3
    assert known(all_, is_final=False) == ["80.0"] * 3


def test_what_does_not_apply_is_not_waited_for() -> None:
    model = simple(Element("a", METHOD), Element("b", METHOD, is_optional=True), allow_excluded=True)
    result = score(model, {"a": Mark(5), "b": Mark(is_excluded=True)})

    assert (scored(result).count, scored(result).total) == (1, 1)
    assert str(known_share(result, is_final=False)) == "100.0"


def test_criteria_are_weighed_by_points_so_their_mean_is_not_the_total() -> None:
    declared = score(worked_example.model(), worked_example.declared())
    validated = score(worked_example.model(), worked_example.validated())
    mean = sum(criterion.ratio for criterion in declared.criteria) / 3

    assert [str(criterion.share()) for criterion in declared.criteria] == ["42.0", "50.0", "13.3"]
    assert [str(criterion.share()) for criterion in validated.criteria] == ["33.7", "40.0", "13.3"]
    assert (str(half_up(mean * 100, 1)), str(declared.share())) == ("35.1", "38.7")


def test_rounded_parts_are_never_added() -> None:
    third = [Subcriterion(f"s{i}", 10, (Element(f"e{i}", Method("m", 0, 6)),)) for i in range(3)]
    result = score(Model((Criterion("c", tuple(third)),)), {f"e{i}": Mark(1) for i in range(3)})

    assert [str(half_up(part.points, 1)) for part in parts(result)] == ["1.7", "1.7", "1.7"]
    assert str(half_up(result.points, 1)) == "5.0"


def test_a_percentage_is_rounded_half_up_and_not_cut() -> None:
    result = score(simple(Element("e", Method("m", 0, 10_000))), {"e": Mark(4666)})

    assert (str(result.share(2)), str(result.share())) == ("46.66", "46.7")


def test_the_mean_of_four_attributes_is_the_score() -> None:
    marks = {"e": Mark(attributes={"planificar": 60, "hacer": 50, "revisar": 30, "ajustar": 20})}
    (element,) = score(simple(Element("e", PDCA)), marks).elements()

    assert (element.points, element.maximum, element.state) == (40, 100, State.ASSESSED)


def test_an_attribute_left_blank_counts_zero_and_the_element_is_not_assessed() -> None:
    (element,) = score(simple(Element("e", PDCA)), {"e": Mark(attributes={"planificar": 60})}).elements()

    assert (element.points, element.state) == (15, State.BLANK)


def test_what_was_not_assessed_counts_zero_and_is_told_apart() -> None:
    model = simple(Element("a", METHOD), Element("b", METHOD))
    result = score(model, {"a": Mark(5)})

    assert (result.points, result.maximum, result.count(State.BLANK)) == (5, 10, 1)
    assert [(fault.element, fault.code) for fault in blank_faults(model, {"a": Mark(5)})] == [("b", "not_assessed")]
    assert list(blank_faults(simple(Element("b", METHOD), allow_blank=True), {})) == []


def test_a_subcriterion_where_nothing_applies_leaves_both_sums() -> None:
    gone = Subcriterion("s2", 90, (Element("b", METHOD, is_optional=True),))
    model = Model((Criterion("c", (Subcriterion("s1", 10, (Element("a", METHOD),)), gone)),), allow_excluded=True)
    result = score(model, {"a": Mark(4), "b": Mark(is_excluded=True)})

    assert (result.points, result.maximum, str(result.share())) == (8, 10, "80.0")


def test_with_nothing_in_scope_the_result_is_unknown_and_not_zero() -> None:
    model = simple(Element("a", METHOD, is_optional=True), allow_excluded=True)
    result = score(model, {"a": Mark(is_excluded=True)})

    assert (result.ratio, result.share(), result.band) == (None, None, None)


def test_a_result_falls_in_the_band_that_begins_at_it_and_the_last_one_is_closed() -> None:
    bands = (Band("bajo", "Bajo", Fraction(0), Fraction("0.4")), Band("alto", "Alto", Fraction("0.4"), Fraction(1)))
    model = simple(Element("e", METHOD), bands=bands)

    assert [score(model, {"e": Mark(value)}).band.id for value in (0, 1, 2, 5)] == ["bajo", "bajo", "alto", "alto"]


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        (Mark(6), "out_of_scale"),
        (Mark(-1), "out_of_scale"),
        (Mark(is_excluded=True), "exclusion_not_allowed"),
        (Mark(attributes={"planificar": 1}), "unknown_attribute"),
    ],
)
def test_a_mark_outside_the_model_is_refused(mark, code) -> None:
    with pytest.raises(MarksError, match=code) as refused:
        score(simple(Element("e", METHOD)), {"e": mark})

    assert [(fault.element, fault.code) for fault in refused.value.faults] == [("e", code)]


def test_a_mark_says_one_thing() -> None:
    optional = simple(Element("e", METHOD, is_optional=True), allow_excluded=True)
    fine = Method("m", 0, 100, ("a", "b"))

    for model, mark, code in [
        (optional, Mark(3, is_excluded=True), "excluded_and_scored"),
        (simple(Element("e", PDCA)), Mark(3, {"hacer": 3}), "two_scores"),
        (simple(Element("e", fine)), Mark(3), "attributes_required"),
    ]:
        with pytest.raises(MarksError, match=code):
            score(model, {"e": mark})


def test_an_unknown_element_is_refused() -> None:
    with pytest.raises(MarksError, match="x: unknown_element"):
        score(simple(Element("e", METHOD)), {"x": Mark(3)})


@pytest.mark.parametrize(
    ("attested", "level"),
    [
        ({0: True, 1: True, 2: True, 3: False}, 2),
        ({0: True, 1: False, 2: True}, 0),
        ({0: True, 2: True}, 0),
        ({0: False, 1: True}, None),
        ({3: True}, None),
        ({1: True, 2: True}, None),
        ({}, None),
    ],
)
def test_a_level_needs_all_the_lower_ones(attested, level) -> None:
    assert granted_level(attested, lowest=0) == level


def test_levels_are_counted_from_the_lowest_of_the_method() -> None:
    assert granted_level({1: True, 2: True, 4: True}, lowest=1) == 2


def test_a_score_needs_a_paper_and_a_trend_needs_three_years() -> None:
    model = simple(Element("e", Method("resultados", 0, 5, trend_level=3)), Element("zero", METHOD))

    def codes(value: int, papers: int, years: list[int]) -> list[str]:
        marks = {"e": Mark(value), "zero": Mark(0)}
        return [fault.code for fault in proof_faults(model, marks, evidence={"e": papers}, years={"e": years})]

    assert codes(2, 1, []) == []
    assert codes(1, 0, []) == ["without_evidence"]
    assert codes(3, 1, [2024, 2025, 2025]) == ["short_trend"]
    assert codes(3, 1, [2023, 2024, 2025]) == []


MARKS = st.one_of(st.none(), st.just("out"), st.integers(0, 5))


@st.composite
def assessments(draw) -> tuple[Model, dict[str, Mark]]:
    """A model of up to three criteria and a layer on it; every element may be left out."""
    layer: dict[str, Mark] = {}
    criteria = []
    for c in range(draw(st.integers(1, 3))):
        parts = []
        for s in range(draw(st.integers(1, 3))):
            elements = []
            for e in range(draw(st.integers(1, 4))):
                name = f"e{c}_{s}_{e}"
                elements.append(Element(name, METHOD, draw(st.integers(1, 4)), is_optional=True))
                drawn = draw(MARKS)
                layer[name] = Mark(is_excluded=True) if drawn == "out" else Mark(drawn)
            parts.append(Subcriterion(f"s{c}_{s}", draw(st.integers(1, 100)), tuple(elements)))
        criteria.append(Criterion(f"c{c}", tuple(parts)))
    return Model(tuple(criteria), allow_excluded=True), layer


@pytest.mark.property
@given(assessments())
def test_every_figure_stays_between_nothing_and_its_maximum(case) -> None:
    result = score(*case)

    for figure in [result, *result.criteria, *parts(result), *result.elements()]:
        assert 0 <= figure.points <= figure.maximum
    assert result.points == sum(part.points for part in parts(result))


@pytest.mark.property
@given(assessments(), st.randoms(use_true_random=False))
def test_a_higher_score_never_lowers_any_figure(case, random: Random) -> None:
    model, layer = case
    name = random.choice(sorted(layer))
    mark = layer[name]
    higher = mark if mark.is_excluded or mark.score == 5 else Mark((mark.score or 0) + 1)
    before, after = score(model, layer), score(model, layer | {name: higher})

    assert after.points >= before.points
    assert after.maximum == before.maximum
    assert (after.points > before.points) == (higher is not mark)


@pytest.mark.property
@given(assessments(), st.randoms(use_true_random=False))
def test_the_order_of_criteria_parts_elements_and_marks_changes_nothing(case, random: Random) -> None:
    model, layer = case
    marks = list(layer.items())
    random.shuffle(marks)
    result, shuffled = score(model, layer), score(_shuffled(model, random), dict(marks))

    assert (result.points, result.maximum) == (shuffled.points, shuffled.maximum)
    assert {p.id: (p.points, p.maximum) for p in parts(result)} == {
        p.id: (p.points, p.maximum) for p in parts(shuffled)
    }


@pytest.mark.property
@given(assessments())
def test_what_does_not_apply_leaves_numerator_and_denominator_as_if_it_were_not_there(case) -> None:
    model, layer = case
    kept = {name: mark for name, mark in layer.items() if not mark.is_excluded}
    result, without = score(model, layer), score(_only(model, kept), kept)

    assert (result.points, result.maximum) == (without.points, without.maximum)


def test_a_blank_mark_is_the_same_as_no_mark() -> None:
    model = simple(Element("a", METHOD), Element("b", METHOD))

    assert score(model, {"a": Mark(2), "b": BLANK}) == score(model, {"a": Mark(2)})


def _mixed(things: tuple, random: Random) -> tuple:
    return tuple(random.sample(things, len(things)))


def _shuffled(model: Model, random: Random) -> Model:
    criteria = (
        Criterion(
            criterion.id,
            _mixed(
                tuple(Subcriterion(p.id, p.points, _mixed(p.elements, random)) for p in criterion.subcriteria), random
            ),
        )
        for criterion in model.criteria
    )
    return Model(_mixed(tuple(criteria), random), allow_excluded=True)


def _only(model: Model, names: dict) -> Model:
    """The model with just these elements; a subcriterion left without any goes too."""
    criteria = []
    for criterion in model.criteria:
        kept = [(p, tuple(e for e in p.elements if e.id in names)) for p in criterion.subcriteria]
        criteria.append(Criterion(criterion.id, tuple(Subcriterion(p.id, p.points, es) for p, es in kept if es)))
    return Model(tuple(criteria), allow_excluded=True)
