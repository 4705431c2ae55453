from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from cabildo.tickets.rules.suppression import SMALLEST, suppressed

tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=5)
)


def test_large_counts_are_told_with_their_totals() -> None:
    assert suppressed([[10, 20], [30, 40]]) == [[10, 20, 30], [30, 40, 70], [40, 60, 100]]


def test_a_small_count_takes_others_with_it_so_that_no_subtraction_finds_it() -> None:
    assert suppressed([[2, 20], [30, 40]]) == [[None, None, 22], [None, None, 70], [32, 60, 92]]


def test_two_small_counts_that_add_up_to_few_need_a_third() -> None:
    row = suppressed([[1, 1, 50, 60], [10, 10, 50, 60]])[0]

    assert row.count(None) >= 3


def test_zero_is_told() -> None:
    assert suppressed([[0, 10], [10, 10]]) == [[0, 10, 10], [10, 10, 20], [10, 20, 30]]


@given(tables)
def test_no_small_count_is_ever_told(counts) -> None:
    told = suppressed(counts)

    assert all(cell is None or cell == 0 or cell >= SMALLEST for row in told for cell in row)


@given(tables)
def test_no_row_nor_column_leaves_exactly_one_unknown(counts) -> None:
    told = suppressed(counts)
    lines = [*told, *zip(*told, strict=True)]

    assert all(list(line).count(None) != 1 for line in lines)


@given(tables)
def test_what_is_told_is_true(counts) -> None:
    told = suppressed(counts)

    for row, column in product(range(len(counts)), range(len(counts[0]))):
        assert told[row][column] in (None, counts[row][column])
