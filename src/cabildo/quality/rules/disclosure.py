"""Which groups are too small to show, and which others would give them away by subtraction, now or later?

Primary and complementary suppression of official statistics (Hundepool et al., Handbook on Statistical Disclosure
Control), for groups along any number of dimensions. A group is a set of rows; the same set under two names is one.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import or_

type Cell = tuple[str | None, ...]  # a value of each dimension; None is all of them
type Rows = int  # a set of rows, one bit each
type Entry = tuple[tuple[str, ...], Hashable]  # a row, and what it says


@dataclass(frozen=True)
class Line:
    """A group and the parts that it is made of: whoever knows all but one knows that one."""

    total: Rows
    parts: frozenset[Rows]


@dataclass(frozen=True)
class Disclosure:
    """What may be shown of the rows. `known` are rows that the reader sees one by one: they hide nobody."""

    cells: dict[Cell, Rows]
    withheld: frozenset[Rows]

    def shows(self, cell: Cell) -> bool:
        """May figures over this group be shown? An empty group gives nobody away."""
        return self.cells.get(cell, 0) not in self.withheld


def is_few(count: int, smallest: int) -> bool:
    """Too few to be shown; nobody is told by a zero."""
    return 0 < count < smallest


def disclosure(rows: Sequence[tuple[str, ...]], smallest: int, known: Collection[int] = ()) -> Disclosure:
    """What may be shown of rows with these values of each dimension. `known` are positions in `rows`."""
    return _disclosed(_cells(rows), smallest, known)


def changes(
    before: Mapping[int, Entry], after: Mapping[int, Entry], smallest: int, known: Collection[int] = ()
) -> Disclosure:
    """What of `after` may be shown to who has seen `before`: both hold who is in it, with their row and what it says.

    A group is here the set of those whose part in it is another: nobody compares two figures to tell fewer than
    `smallest` of them, nor works them out from other groups that changed. A group without change is shown. `known` are
    keys of both.
    """
    everybody = sorted({*before, *after})
    bits = {one: 1 << position for position, one in enumerate(everybody)}
    cells: dict[Cell, Rows] = defaultdict(int)
    for one in everybody:
        for cell in _changed(before.get(one), after.get(one)):
            cells[cell] |= bits[one]
    positions = [position for position, one in enumerate(everybody) if one in known]
    return _disclosed(dict(cells), smallest, positions)


def _changed(before: Entry | None, after: Entry | None) -> set[Cell]:
    """The groups in which these two are not the same."""
    if before is None or after is None or before[1] != after[1]:
        return {cell for entry in (before, after) if entry is not None for cell in _groups(entry[0])}
    return set(_groups(before[0])) ^ set(_groups(after[0]))


def _groups(row: tuple[str, ...]) -> Iterator[Cell]:
    return product(*((value, None) for value in row))


def _disclosed(cells: dict[Cell, Rows], smallest: int, known: Collection[int]) -> Disclosure:
    unknown = ~sum(1 << position for position in known)
    withheld = {rows for rows in cells.values() if _is_small(rows, unknown, smallest)}
    lines = _lines(cells)
    while found := set(_to_withhold(lines, withheld, unknown, smallest)):
        withheld |= found
    return Disclosure(cells, frozenset(withheld))


def _cells(rows: Sequence[tuple[str, ...]]) -> dict[Cell, Rows]:
    """Every group that has somebody in it."""
    cells: dict[Cell, Rows] = defaultdict(int)
    for position, row in enumerate(rows):
        for cell in _groups(row):
            cells[cell] |= 1 << position
    return dict(cells)


def _lines(cells: dict[Cell, Rows]) -> list[Line]:
    """Each group with its parts along one dimension; a single part is the group itself."""
    parts: dict[tuple[int, Cell], set[Rows]] = defaultdict(set)
    for cell, rows in cells.items():
        for dimension, value in enumerate(cell):
            if value is not None:
                parts[dimension, (*cell[:dimension], None, *cell[dimension + 1 :])].add(rows)
    lines = {Line(cells.get(whole, 0), frozenset(some)) for (_dimension, whole), some in parts.items() if len(some) > 1}
    return sorted(lines, key=lambda line: (line.total, sorted(line.parts)))


def _to_withhold(lines: list[Line], withheld: set[Rows], unknown: int, smallest: int) -> Iterator[Rows]:
    """One more group for each line that still gives one away: its smallest part, else the whole."""
    for line in lines:
        hidden = [part for part in line.parts if part in withheld]
        if not _gives_away(line, hidden, withheld, unknown, smallest):
            continue
        others = [part for part in line.parts if part not in withheld]
        if others:
            yield min(others, key=lambda part: (part.bit_count(), part))
        elif line.total:
            yield line.total


def _gives_away(line: Line, hidden: list[Rows], withheld: set[Rows], unknown: int, smallest: int) -> bool:
    """One unknown is found by subtraction; parts that together are few are too."""
    if len(hidden) + (line.total in withheld) == 1:
        return True
    return bool(hidden) and line.total not in withheld and _is_small(_together(hidden), unknown, smallest)


def _together(parts: Iterable[Rows]) -> Rows:
    """Whoever is in any of them: those who moved from one to another are in both."""
    return reduce(or_, parts, 0)


def _is_small(rows: Rows, unknown: int, smallest: int) -> bool:
    return is_few(rows.bit_count(), smallest) or is_few((rows & unknown).bit_count(), smallest)
