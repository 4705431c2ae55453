"""Which level do the points reach? Bands over the sum of named totals, each with minimums of its own.

The level is the highest one whose lower edge the sum reaches and whose minimums all hold. Where the bands leave a hole
(200 and 201, and the sum is 200.5) the lower level stands and a note says that the rules do not decide it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Total:
    id: str
    label: str
    maximum: int


@dataclass(frozen=True, slots=True)
class Level:
    """Sums from `low` to `high`, both included; `minimums` by total; `each_service_minimum` of each service apart."""

    id: str
    label: str
    low: int
    high: int
    minimums: Mapping[str, int]
    each_service_minimum: int | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """`fewest_services`: how many must be presented. `none_id`, `none_label`: how it is said that there is no level."""

    totals: tuple[Total, ...]
    levels: tuple[Level, ...]
    none_id: str
    none_label: str
    fewest_services: int = 0
    service_maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that was not met: a stable code, the level it kept from and the facts of its sentence."""

    code: str
    level: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`level_id` and `label` of what was reached; `broken`: the rules of the next level up that were not met.

    `in_a_hole`: the edges (high, low) between which the sum fell, where the rules decide nothing.
    """

    total: Fraction
    maximum: int
    level_id: str
    label: str
    has_level: bool
    broken: tuple[Broken, ...]
    in_a_hole: tuple[int, int] | None


class PointsError(Exception):
    """Points that the rules do not know or that pass their maximum: `code` and facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def award_of(body: Mapping[str, Any]) -> Award:
    """The rules of the completed body of a `level_rules` pack."""
    rules = body["rules"]
    return Award(
        totals=tuple(Total(total["id"], total["label"], total["maximum"]) for total in rules["totals"]),
        levels=tuple(_level_of(level) for level in rules["levels"]),
        none_id=rules["none"]["id"],
        none_label=rules["none"]["label"],
        fewest_services=rules["services"]["minimum"],
        service_maximum=rules["services"]["maximum"],
    )


def _level_of(body: Mapping[str, Any]) -> Level:
    edges = body["low"], body["high"]
    return Level(body["id"], body["label"], *edges, body["minimums"], body["each_service_minimum"])


def grant(award: Award, totals: Mapping[str, Fraction], services: Mapping[str, Fraction]) -> Verdict:
    """The level that these points reach, and why not a higher one. Raises PointsError on points outside the rules."""
    _refuse_strange(award, totals, services)
    total = sum(totals.values(), Fraction(0))
    reached = [level for level in award.levels if not list(_unmet(award, level, totals, services))]
    granted = reached[-1] if reached else None
    above = award.levels[award.levels.index(granted) + 1 :] if granted else award.levels
    return Verdict(
        total=total,
        maximum=sum(named.maximum for named in award.totals),
        level_id=granted.id if granted else award.none_id,
        label=granted.label if granted else award.none_label,
        has_level=granted is not None,
        broken=tuple(_unmet(award, above[0], totals, services)) if above else (),
        in_a_hole=_hole(award, total),
    )


def _unmet(
    award: Award, level: Level, totals: Mapping[str, Fraction], services: Mapping[str, Fraction]
) -> Iterator[Broken]:
    total = sum(totals.values(), Fraction(0))
    if total < level.low:
        yield Broken("total_low", level.label, {"points": total, "minimum": level.low})
    labels = {named.id: named.label for named in award.totals}
    for name, minimum in level.minimums.items():
        if totals[name] < minimum:
            yield Broken("part_low", level.label, {"name": labels[name], "points": totals[name], "minimum": minimum})
    if len(services) < award.fewest_services:
        yield Broken("few_services", level.label, {"count": len(services), "minimum": award.fewest_services})
    for name, points in services.items():
        if level.each_service_minimum is not None and points < level.each_service_minimum:
            facts = {"name": name, "points": points, "minimum": level.each_service_minimum}
            yield Broken("service_low", level.label, facts)


def _hole(award: Award, total: Fraction) -> tuple[int, int] | None:
    edges = zip((level.high for level in award.levels), (level.low for level in award.levels[1:]), strict=False)
    return next(((high, low) for high, low in edges if high < total < low), None)


def _refuse_strange(award: Award, totals: Mapping[str, Fraction], services: Mapping[str, Fraction]) -> None:
    most: dict[str, int | None] = {total.id: total.maximum for total in award.totals}
    missing = tuple(name for name in most if name not in totals)
    if missing:
        raise PointsError("total_missing", name=missing[0])
    for name, points in totals.items():
        if name not in most:
            raise PointsError("total_unknown", name=name, known=tuple(most))
        _refuse_outside(name, points, most[name])
    for name, points in services.items():
        _refuse_outside(name, points, award.service_maximum)


def _refuse_outside(name: str, points: Fraction, most: int | None) -> None:
    if points < 0:
        raise PointsError("points_negative", name=name, points=points)
    if most is not None and points > most:
        raise PointsError("points_outside", name=name, points=points, maximum=most)
