"""Which changes enter the next publication, and which groups it keeps back so that no two of them tell one apart?

Differencing over time: whoever keeps an old figure subtracts it from a new one. So changes come in groups of at least
`smallest` of a region, and a group in which fewer changed since any earlier publication is kept back.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from cabildo.quality.rules.disclosure import changes
from cabildo.quality.rules.results import Held, Together, Wanted


def admitted(changed: Mapping[int, str], taking_part: Sequence[str], smallest: int) -> frozenset[int]:
    """Of those that changed, by region, the ones that enter now: with enough others of theirs.

    `taking_part`: the region of each municipality of the programme. Regions with fewer than `smallest` of them never
    have a figure of their own, so they are put together.
    """
    sizes = Counter(taking_part)
    group = {one: region if sizes[region] >= smallest else "" for one, region in changed.items()}
    counts = Counter(group.values())
    return frozenset(one for one in changed if counts[group[one]] >= smallest)


def held_back(now: Together, before: Together, bases: Sequence[str]) -> Iterator[Held]:
    """The groups that `now` would show by itself, and that are kept back for what `before` told or may have told."""
    for basis, wanted in product(bases, _times(now)):
        found = changes(before.rows(wanted, basis), now.rows(wanted, basis), now.smallest, now.named)
        for cell in found.cells:
            if not found.shows(cell) and now.shows(wanted, basis, cell):
                yield basis, wanted.year, wanted.number, cell


def _times(together: Together) -> list[Wanted]:
    """Every year and number that may be asked for, and none."""
    years = sorted({str(turn.year) for turn in together.turns})
    numbers = sorted({str(turn.number) for turn in together.turns})
    return [Wanted(year=year, number=number) for year, number in product(("", *years), ("", *numbers))]
