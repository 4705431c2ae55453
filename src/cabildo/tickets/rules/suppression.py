"""Which counts of a published table could point at a person, and which others would give them away?

A count from 1 to 4 is withheld; so are others, until no row or column, totals included, lets a withheld count be
worked out by subtraction. Practice of official statistics for tables of counts (Hundepool et al., Handbook on
Statistical Disclosure Control): primary and complementary suppression.
"""

from collections.abc import Iterator, Sequence

SMALLEST = 5  # the least count that is published; nobody is told by a zero

Place = tuple[int, int]


def suppressed(counts: Sequence[Sequence[int]], smallest: int = SMALLEST) -> list[list[int | None]]:
    """The table with its totals, a last column and a last row, None where a count is withheld.

    `counts` are the inside of the table, parts that add up in both directions.
    """
    whole = _with_totals(counts)
    withheld = {(r, c) for r, row in enumerate(whole) for c, count in enumerate(row) if 0 < count < smallest}
    while found := next(_to_withhold(whole, withheld, smallest), None):
        withheld.add(found)
    return [[None if (r, c) in withheld else count for c, count in enumerate(row)] for r, row in enumerate(whole)]


def _with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in counts]
    width = len(counts[0]) + 1 if counts else 1
    return [*rows, [sum(row[column] for row in rows) for column in range(width)]]


def _to_withhold(whole: list[list[int]], withheld: set[Place], smallest: int) -> Iterator[Place]:
    """One more count for each line that still gives one away."""
    for line in _lines(len(whole), len(whole[0])):
        hidden = [place for place in line if place in withheld]
        if not hidden or not _gives_away(whole, hidden, line[-1], smallest):
            continue
        if others := [place for place in line if place not in withheld]:
            yield min(others, key=lambda place: (whole[place[0]][place[1]] == 0, whole[place[0]][place[1]]))


def _gives_away(whole: list[list[int]], hidden: list[Place], total: Place, smallest: int) -> bool:
    """One unknown is found by subtraction; parts that together are few are too."""
    if len(hidden) == 1:
        return True
    parts = [whole[r][c] for r, c in hidden if (r, c) != total]
    return total not in hidden and sum(parts) < smallest


def _lines(rows: int, columns: int) -> Iterator[list[Place]]:
    """Every row and every column, each ended by its total."""
    for row in range(rows):
        yield [(row, column) for column in range(columns)]
    for column in range(columns):
        yield [(row, column) for row in range(rows)]
