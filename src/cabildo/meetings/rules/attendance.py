"""Expected against real attendance, in all and by any trait. Unknown stays unknown."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """One person of the list: `came` is None while nobody noted it; who was not expected came as a guest."""

    sector: str
    sex: str
    expected: bool
    came: bool | None


@dataclass(frozen=True)
class Tally:
    """`came` of `expected`; `guests` came without being expected; of `unrecorded` it is not known yet."""

    expected: int = 0
    came: int = 0
    guests: int = 0
    unrecorded: int = 0

    @property
    def present(self) -> int:
        return self.came + self.guests

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.expected + other.expected,
            self.came + other.came,
            self.guests + other.guests,
            self.unrecorded + other.unrecorded,
        )


def tally(people: Iterable[Seen]) -> Tally:
    total = Tally()
    for seen in people:
        total += _one(seen)
    return total


def by_trait(people: Iterable[Seen], trait: str) -> dict[str, Tally]:
    """A tally for each value of `sector` or `sex`; their sum is the tally of all."""
    groups: defaultdict[str, Tally] = defaultdict(Tally)
    for seen in people:
        groups[getattr(seen, trait)] += _one(seen)
    return dict(groups)


def _one(seen: Seen) -> Tally:
    came = seen.came is True
    return Tally(
        expected=int(seen.expected),
        came=int(seen.expected and came),
        guests=int(not seen.expected and came),
        unrecorded=int(seen.expected and seen.came is None),
    )
