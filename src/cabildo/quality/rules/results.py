"""Which result of each municipality counts, and over whom may a figure be shown?"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from cabildo.quality.rules.disclosure import Cell, Disclosure, Entry, disclosure, is_few
from cabildo.quality.rules.spread import Spread, spread

type Part = tuple[str, str]  # criterion, subcriterion; both empty for the whole
type Ratios = Mapping[Part, Fraction | None]
type Held = tuple[str, str, str, Cell]  # basis, year and number that were asked for, the group
WHOLE: Part = ("", "")


@dataclass(frozen=True)
class Place:
    """Where a municipality stands today; empty is none yet."""

    municipality: int
    region: str = ""
    stage: str = ""
    line: str = ""


@dataclass(frozen=True)
class Turn:
    """What a cycle obtained, by basis («declared», «validated»). `year` is that in which it was declared.

    `layers`, by basis: from which sealed layer, which never changes.
    """

    municipality: int
    number: int
    year: int
    ratios: Mapping[str, Ratios]
    layers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """What figures are narrowed to; empty asks for nothing."""

    year: str = ""
    number: str = ""
    region: str = ""
    stage: str = ""
    line: str = ""

    @property
    def is_of_a_time(self) -> bool:
        return bool(self.year or self.number)


@dataclass(frozen=True)
class Together:
    """Turns of several municipalities that use one version of a model, and where each municipality stands.

    `named` are those whose results the reader may see one by one. `smallest` is over how many a figure is shown.
    `held` are groups kept back for what an earlier publication told. `follows` one: then a part that some leave out is
    kept back too.
    """

    turns: Sequence[Turn]
    places: Mapping[int, Place]
    smallest: int
    named: frozenset[int] = frozenset()
    held: frozenset[Held] = frozenset()
    follows: bool = False
    _kept: dict[tuple[str, str, str], Disclosure] = field(default_factory=dict, compare=False)

    def chosen(self, wanted: Wanted, basis: str) -> list[Turn]:
        """The turn of each municipality that counts, where it has a result of this basis."""
        turns = _of_time(self.turns, wanted)
        return [one for one in turns if basis in one.ratios and _is_in(self.places[one.municipality], wanted)]

    def taking_part(self, wanted: Wanted) -> int:
        """How many municipalities stand there, with or without a result."""
        return sum(_is_in(place, wanted) for place in self.places.values())

    def may_show(self, wanted: Wanted, basis: str) -> bool:
        """Are they enough, and can no smaller group be worked out from these figures and the others?"""
        where = (wanted.region or None, wanted.stage or None, wanted.line or None)
        if not self.shows(Wanted(), basis, (wanted.year or None, wanted.number or None, *where)):
            return False
        if not wanted.is_of_a_time:
            return True
        if not self.shows(wanted, basis, (None, None, *where)):
            return False
        return not is_few(len(self._earlier(wanted, basis)), self.smallest)

    def told(self, wanted: Wanted, basis: str, parts: Iterable[Part]) -> dict[Part, Spread | None]:
        """How each part is spread over those of this place and time; None where that is kept back."""
        chosen = self.chosen(wanted, basis)
        return self._kept_back(wanted, basis, len(chosen), spreads(chosen, basis, parts))

    def fallen(self, wanted: Wanted, before: str, after: str, parts: Iterable[Part]) -> dict[Part, Spread | None]:
        """By how much `after` ends below `before` in those that have both; None where that is kept back."""
        chosen = self.chosen(wanted, after)
        return self._kept_back(wanted, after, len(chosen), falls(chosen, before, after, parts))

    def _kept_back(
        self, wanted: Wanted, basis: str, everybody: int, found: dict[Part, Spread]
    ) -> dict[Part, Spread | None]:
        shows = self.may_show(wanted, basis)
        return {part: one if shows and self._is_told(one.count, everybody) else None for part, one in found.items()}

    def _is_told(self, count: int, everybody: int) -> bool:
        """Enough have it; and where an earlier publication may be compared, nobody or all."""
        return not is_few(count, self.smallest) and (not self.follows or count in {0, everybody})

    def rows(self, wanted: Wanted, basis: str) -> dict[int, Entry]:
        """Municipality → the groups it is in at that time, and the layer from which its figure comes."""
        chosen = self.chosen(Wanted(year=wanted.year, number=wanted.number), basis)
        return {one.municipality: (_row(one, self.places[one.municipality]), one.layers.get(basis)) for one in chosen}

    def shows(self, wanted: Wanted, basis: str, cell: Cell) -> bool:
        """Of those that count at the time asked for: by itself, and for what was published before."""
        is_held = (basis, wanted.year, wanted.number, cell) in self.held
        return not is_held and self._disclosed(wanted, basis).shows(cell)

    def _earlier(self, wanted: Wanted, basis: str) -> list[Turn]:
        """Those that count at that time and no longer: a later turn took their place."""
        now = {id(turn) for turn in self.chosen(Wanted(), basis)}
        return [turn for turn in self.chosen(wanted, basis) if id(turn) not in now]

    def _disclosed(self, wanted: Wanted, basis: str) -> Disclosure:
        key = (wanted.year, wanted.number, basis)
        if key not in self._kept:
            turns = self.chosen(Wanted(year=wanted.year, number=wanted.number), basis)
            rows = [_row(turn, self.places[turn.municipality]) for turn in turns]
            known = [at for at, turn in enumerate(turns) if turn.municipality in self.named]
            self._kept[key] = disclosure(rows, self.smallest, known)
        return self._kept[key]


def _row(turn: Turn, place: Place) -> tuple[str, ...]:
    return (str(turn.year), str(turn.number), place.region, place.stage, place.line)


def _of_time(turns: Iterable[Turn], wanted: Wanted) -> list[Turn]:
    """The last turn of each municipality among those of that year and number."""
    latest: dict[int, Turn] = {}
    for turn in sorted(turns, key=lambda turn: turn.number):
        if (wanted.year or str(turn.year)) == str(turn.year) and (wanted.number or str(turn.number)) == str(
            turn.number
        ):
            latest[turn.municipality] = turn
    return list(latest.values())


def _is_in(place: Place, wanted: Wanted) -> bool:
    asked = ((wanted.region, place.region), (wanted.stage, place.stage), (wanted.line, place.line))
    return all(not want or want == have for want, have in asked)


def spreads(turns: Collection[Turn], basis: str, parts: Iterable[Part]) -> dict[Part, Spread]:
    """How each part is spread, over those that have it in scope."""
    return {part: spread(turn.ratios[basis].get(part) for turn in turns) for part in parts}


def falls(turns: Collection[Turn], before: str, after: str, parts: Iterable[Part]) -> dict[Part, Spread]:
    """By how much the one basis ends below the other in each turn that has both; negative where it ends above."""
    both = [turn.ratios for turn in turns if before in turn.ratios and after in turn.ratios]
    return {part: spread(_less(one[before].get(part), one[after].get(part)) for one in both) for part in parts}


def _less(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return None if before is None or after is None else before - after


def may_name(with_result: Collection[int], named: Collection[int], smallest: int) -> bool:
    """May these be named beside figures of all? Not when the others are so few that they would be told by them."""
    return not is_few(len(set(with_result) - set(named)), smallest)
