"""No small group is shown, and none can be worked out from those that are."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.quality.rules.disclosure import disclosure
from cabildo.quality.rules.results import Place, Together, Turn, Wanted
from cabildo.quality.rules.spread import Spread, spread

FEW = 5


def places_of(**counts: int) -> list[tuple[str, ...]]:
    return [(name,) for name, count in counts.items() for _one in range(count)]


def shown(found, *names: str | None) -> list[bool]:
    return [found.shows((name,)) for name in names]


def test_four_are_too_few_five_are_enough_and_nobody_is_told_by_a_zero() -> None:
    assert shown(disclosure(places_of(norte=4), FEW), "norte", None) == [False, False]
    assert shown(disclosure(places_of(norte=5), FEW), "norte", "sur", None) == [True, True, True]


def test_the_smallest_of_the_others_hides_too_or_the_small_one_would_be_the_difference() -> None:
    found = disclosure(places_of(norte=9, centro=6, sur=2), FEW)

    assert shown(found, "norte", "centro", "sur", None) == [True, False, False, True]


def test_two_small_ones_that_are_few_together_hide_a_third() -> None:
    found = disclosure(places_of(norte=9, centro=6, sur=2, extremo=2), FEW)

    assert shown(found, "norte", "centro", "sur", "extremo", None) == [True, False, False, False, True]


def test_who_is_known_one_by_one_hides_nobody() -> None:
    rows = places_of(norte=8, sur=12)

    assert shown(disclosure(rows, FEW, known=range(6)), "norte", "sur", None) == [False, False, True]
    assert shown(disclosure(rows, FEW, known=range(8)), "norte", "sur", None) == [True, True, True]


rows_of_two = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")), max_size=60)


@given(rows_of_two)
def test_whatever_is_shown_no_line_leaves_one_group_to_be_subtracted(rows) -> None:
    found = disclosure(rows, FEW)

    for cell, mask in found.cells.items():
        if found.shows(cell):
            assert mask.bit_count() >= FEW
        for at in (at for at, value in enumerate(cell) if value is None):
            parts = {m for other, m in found.cells.items() if is_part(other, cell, at)}
            hidden = [part for part in parts if part in found.withheld]
            unknown = len(hidden) + (mask in found.withheld)
            assert len(parts) == 1 or unknown != 1
            assert mask in found.withheld or not 0 < sum(part.bit_count() for part in hidden) < FEW


def is_part(cell, whole, at: int) -> bool:
    return cell[at] is not None and (*cell[:at], None, *cell[at + 1 :]) == whole


def turn(one: int, number: int = 1, year: int = 2026, validated: bool = False) -> Turn:
    bases = ("declared", "validated") if validated else ("declared",)
    return Turn(one, number, year, {basis: {("", ""): Fraction(one, 100)} for basis in bases})


def together(turns, **where: str) -> Together:
    known = {one.municipality: Place(one.municipality, **where) for one in turns}
    return Together(turns, known, FEW)


def test_declared_and_validated_are_enough_or_too_few_each_by_itself() -> None:
    found = together([turn(one, validated=one <= 3) for one in range(1, 11)])

    assert found.may_show(Wanted(), "declared")
    assert not found.may_show(Wanted(), "validated")
    assert found.fallen(Wanted(), "declared", "validated", [("", "")]) == {("", ""): None}


def test_each_municipality_counts_once_with_its_last_cycle() -> None:
    found = together([turn(one) for one in range(1, 8)] + [turn(one, 2, 2028) for one in range(1, 8)])

    assert [one.number for one in found.chosen(Wanted(), "declared")] == [2] * 7
    assert [one.number for one in found.chosen(Wanted(year="2026"), "declared")] == [1] * 7
    assert found.may_show(Wanted(year="2026"), "declared")


def test_a_year_is_kept_back_when_its_difference_to_today_is_a_few() -> None:
    again = [turn(one, 2, 2028) for one in (1, 2)]
    found = together([turn(one) for one in range(1, 13)] + again)

    assert found.may_show(Wanted(), "declared")
    assert not found.may_show(Wanted(year="2026"), "declared")


def test_a_part_that_few_have_in_scope_is_kept_back_alone() -> None:
    turns = [turn(one) for one in range(1, 8)]
    for one in turns[:4]:
        one.ratios["declared"]["rara", ""] = Fraction(1, 2)

    told = together(turns).told(Wanted(), "declared", [("", ""), ("rara", ""), ("nadie", "")])

    assert (told["", ""].count, told["rara", ""], told["nadie", ""]) == (7, None, Spread(0))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([10, 20, 30, 40, 50], (20, 30, 40)),
        ([10, 20, 30, 40], (Fraction(35, 2), 25, Fraction(65, 2))),
        ([7], (7, 7, 7)),
    ],
)
def test_quartiles_are_those_of_spreadsheets_and_exact(values, expected) -> None:
    found = spread([Fraction(value) for value in values] + [None])

    assert (found.low, found.median, found.high) == expected
    assert found.count == len(values)


def test_without_values_all_is_unknown_and_not_zero() -> None:
    assert spread([None]) == Spread(0, None, None, None)
    assert spread([None]).width is None
