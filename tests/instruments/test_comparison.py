"""Two results compare in the same model, or through an explicit mapping, or not at all."""

from fractions import Fraction

import pytest

from cabildo.instruments.rules.comparison import MappingError, Side, compare
from cabildo.instruments.rules.scoring import Mark, score
from cabildo.instruments.rules.structure import Criterion, Element, Method, Model, Subcriterion

from . import worked_example


def side(model: str, maximum: int, marks: dict[str, int | None]) -> Side:
    elements = tuple(Element(name, Method("m", 0, maximum)) for name in marks)
    built = Model((Criterion("c", (Subcriterion("s", 10, elements),)),), allow_blank=True)
    return Side(model, score(built, {name: Mark(value) for name, value in marks.items()}))


def test_cycles_of_one_model_compare_element_by_element_and_in_total() -> None:
    model = worked_example.model()
    before = Side("m@1", score(model, worked_example.validated()))
    after = Side("m@1", score(model, worked_example.declared()))
    found = compare(before, after)

    assert found.total == Fraction(232, 600) - Fraction(63, 200)
    assert found.changes[0].difference == Fraction(1, 5)
    assert (found.only_before, found.only_after) == ((), ())


def test_two_versions_do_not_compare_without_a_mapping_even_when_ids_are_equal() -> None:
    assert compare(side("m@1", 5, {"a": 3}), side("m@2", 5, {"a": 4})) is None


def test_a_mapping_compares_ratios_and_names_what_is_left_over() -> None:
    before, after = side("m@1", 5, {"a": 3, "b": 1}), side("m@2", 100, {"x": 80, "y": 10})
    found = compare(before, after, {"a": "x"})

    assert [(change.before_id, change.after_id, change.difference) for change in found.changes] == [
        ("a", "x", Fraction(1, 5))
    ]
    assert (found.only_before, found.only_after, found.total) == (("b",), ("y",), None)


def test_what_was_not_assessed_has_no_difference() -> None:
    (change,) = compare(side("m@1", 5, {"a": None}), side("m@1", 5, {"a": 4})).changes

    assert (change.before, change.after, change.difference) == (None, Fraction(4, 5), None)


@pytest.mark.parametrize(
    ("mapping", "code", "elements"),
    [
        ({"z": "x"}, "unknown_element", ("z",)),
        ({"a": "z"}, "unknown_element", ("z",)),
        ({"a": "x", "b": "x"}, "element_twice", ("x",)),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(mapping, code, elements) -> None:
    before, after = side("m@1", 5, {"a": 3, "b": 1}), side("m@2", 5, {"x": 4, "y": 1})

    with pytest.raises(MappingError, match=code) as refused:
        compare(before, after, mapping)

    assert refused.value.elements == elements
