"""How two layers agree: the thirteen pairs of the worked example, and what holds for any pairs."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.instruments.rules.agreement import agreement
from cabildo.kit.rounding import half_up

from . import worked_example


def test_the_thirteen_pairs_of_the_worked_example() -> None:
    found = agreement(worked_example.pairs())

    assert (found.pairs, found.exact.points, str(found.exact.share())) == (13, 8, "61.5")
    assert str(found.within_one.share()) == "100.0"
    assert (found.bias, str(half_up(found.bias, 3))) == (Fraction(-5, 13), "-0.385")
    assert (found.kappa, str(half_up(found.kappa, 3))) == (1 - Fraction(5, 45), "0.889")
    assert found.largest == 1


def test_a_layer_is_reviewed_when_the_mean_or_the_largest_change_passes_its_limit() -> None:
    found = agreement(worked_example.pairs())

    assert not found.needs_review(bias_limit=Fraction(1, 2), change_limit=Fraction(1))
    assert found.needs_review(bias_limit=Fraction(1, 3), change_limit=Fraction(1))
    assert found.needs_review(bias_limit=Fraction(1, 2), change_limit=Fraction(0))


def test_without_pairs_there_is_no_agreement_and_without_variation_no_kappa() -> None:
    assert agreement([]) is None
    assert agreement([(3, 3), (3, 3)]).kappa is None


PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=20)


@pytest.mark.property
@given(PAIRS)
def test_agreement_is_symmetric_but_for_the_sign_of_the_bias(pairs) -> None:
    one, other = agreement(pairs), agreement([(second, first) for first, second in pairs])

    assert (one.kappa, one.exact, one.within_one, one.largest) == (
        other.kappa,
        other.exact,
        other.within_one,
        other.largest,
    )
    assert one.bias == -other.bias


@pytest.mark.property
@given(PAIRS)
def test_kappa_is_one_only_when_all_pairs_are_equal(pairs) -> None:
    found = agreement(pairs)
    equal = all(first == second for first, second in pairs)

    assert found.kappa is None or (found.kappa == 1) == equal
    assert found.exact.points <= found.within_one.points
