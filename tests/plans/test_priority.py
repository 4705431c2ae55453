"""Which opportunity goes first."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.kit.rounding import half_up
from cabildo.plans.rules.errors import PlansError
from cabildo.plans.rules.priority import Candidate, Matrix, codes, rank

NAMES = ("relevance", "feasibility", "impact", "cost")
WEIGHTS = dict(zip(NAMES, (Fraction(40, 100), Fraction(30, 100), Fraction(20, 100), Fraction(10, 100)), strict=True))
MATRIX = Matrix(WEIGHTS, gates=("within_a_year",))
GATES = frozenset({"within_a_year"})


def candidate(code: str, *values: int, gap: int = 0, passes: frozenset[str] = GATES) -> Candidate:
    return Candidate(code, dict(zip(NAMES, values, strict=True)), passes, Fraction(gap))


EXAMPLE = [candidate("OM-A", 5, 4, 3, 2), candidate("OM-B", 4, 5, 5, 4), candidate("OM-C", 3, 2, 5, 5)]


def test_the_worked_example_ranks_b_a_c() -> None:
    ranked = rank(MATRIX, EXAMPLE)

    assert [(one.candidate.code, str(half_up(one.score, 1)), one.place) for one in ranked] == [
        ("OM-B", "4.5", 1),
        ("OM-A", "4.0", 2),
        ("OM-C", "3.3", 3),
    ]


def test_what_cannot_be_done_in_time_is_shut_out_whatever_its_score() -> None:
    late = candidate("OM-Z", 5, 5, 5, 5, passes=frozenset())

    ranked = rank(MATRIX, [late, *EXAMPLE])

    assert codes(ranked) == ["OM-B", "OM-A", "OM-C"]
    assert (ranked[-1].candidate.code, ranked[-1].place, ranked[-1].shut_by) == ("OM-Z", None, ("within_a_year",))


def test_a_tie_goes_to_the_larger_gap_and_then_to_the_first_code() -> None:
    tied = [candidate("C", 3, 3, 3, 3, gap=2), candidate("B", 3, 3, 3, 3, gap=1), candidate("A", 3, 3, 3, 3, gap=1)]

    assert codes(rank(MATRIX, tied)) == ["C", "A", "B"]


def test_weights_that_do_not_add_up_to_one_are_refused() -> None:
    with pytest.raises(PlansError) as refused:
        Matrix({"relevance": Fraction(1, 2)})

    assert refused.value.code == "weights_not_whole"


@pytest.mark.parametrize(
    ("values", "code"), [({"relevance": 3}, "value_missing"), ({"relevance": 6, "cost": 1}, "value_out_of_range")]
)
def test_a_value_that_is_missing_or_beyond_the_scale_is_named(values, code) -> None:
    matrix = Matrix({"relevance": Fraction(1, 2), "cost": Fraction(1, 2)})

    with pytest.raises(PlansError) as refused:
        rank(matrix, [Candidate("OM-A", values)])

    assert refused.value.code == code


@given(st.permutations(EXAMPLE))
def test_the_order_in_which_they_are_written_changes_nothing(shuffled) -> None:
    assert rank(MATRIX, shuffled) == rank(MATRIX, EXAMPLE)
