"""What an agency published of its municipalities, and what has changed since."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cabildo.accounts.models import Agency
from cabildo.content.models import PackVersion
from cabildo.quality.models import CycleResult, Publication, PublishedPlace, PublishedResult, ResultPart
from cabildo.quality.queries import programme
from cabildo.quality.queries.results import may_be_named, own_enrolments, places, smallest
from cabildo.quality.rules.publishing import admitted
from cabildo.quality.rules.results import Held, Place, Ratios, Together, Turn

type Key = tuple[int, int]  # municipality, version
type Stored = tuple[str, str, str, str]  # criterion, subcriterion, points, maximum


@dataclass(frozen=True)
class Kept:
    """One basis of a cycle, as it is published or would be; `parts` may be left unread."""

    municipality: int
    cycle: int
    number: int
    basis: str
    layer: int
    version: int
    year: int
    parts: tuple[Stored, ...] = ()


@dataclass(frozen=True)
class Next:
    """What a publication would hold today. `entering`, `waiting`: municipalities that changed since the last."""

    places: Mapping[int, Place]
    kept: list[Kept]
    entering: frozenset[int]
    waiting: frozenset[int]


def publisher_of(agency: Agency) -> Agency:
    """Whose publications this agency reads: its own; who only validates reads those of the one that runs it."""
    if own_enrolments(agency).exists():
        return agency
    validated = programme.enrolments_of(agency).exclude(accepted_on=None).first()
    return validated.agency if validated is not None else agency


def publications_of(agency: Agency) -> list[Publication]:
    """All of them, the last first. One query."""
    return list(Publication.objects.filter(agency=agency).select_related("by").order_by("-pk"))


def versions_of(publication: Publication) -> list[PackVersion]:
    """The versions with some result in it, the newest first. One query."""
    used = PublishedResult.objects.filter(publication=publication).values("version_id")
    found = PackVersion.objects.filter(pk__in=used).select_related("pack").defer("body")
    return list(found.order_by("-published_at", "-pk"))


def together_of(publication: Publication, version: PackVersion, *, named: Collection[int], follows: bool) -> Together:
    """The turns of a publication on this version, inside the scope of its municipalities. Two queries."""
    where = published_places(publication)
    kept = published([publication.pk], version=version, with_parts=True)[publication.pk]
    held = frozenset(_held(row) for row in publication.held if row[0] == version.pk)
    return of_kept(kept, where, named=named, held=held, follows=follows, at_least=publication.smallest)


def _held(row: list[Any]) -> Held:
    _version, basis, year, number, cell = row
    return basis, year, number, tuple(cell)


def of_kept(
    kept: Iterable[Kept],
    where: Mapping[int, Place],
    *,
    named: Collection[int] = (),
    held: frozenset[Held] = frozenset(),
    follows: bool = False,
    at_least: int = 0,
) -> Together:
    """The turns of one version put together."""
    turns = [one for one in _turns(kept) if one.municipality in where]
    return Together(turns, where, max(at_least, smallest()), may_be_named(turns, named), held, follows)


def _turns(kept: Iterable[Kept]) -> list[Turn]:
    by_cycle: dict[int, list[Kept]] = defaultdict(list)
    for one in kept:
        by_cycle[one.cycle].append(one)
    return [
        Turn(
            some[0].municipality,
            some[0].number,
            some[0].year,
            {one.basis: _ratios(one.parts) for one in some},
            {one.basis: one.layer for one in some},
        )
        for some in by_cycle.values()
    ]


def _ratios(parts: Iterable[Stored]) -> Ratios:
    return {
        (criterion, part): Fraction(points) / Fraction(maximum) if Fraction(maximum) else None
        for criterion, part, points, maximum in parts
    }


def published_places(publication: Publication) -> dict[int, Place]:
    """Where each of its municipalities stood. One query."""
    rows = PublishedPlace.objects.filter(publication=publication)
    return {
        one: Place(one, region, stage, line)
        for one, region, stage, line in rows.values_list("municipality_id", "region", "stage", "line")
    }


def published(
    publication_ids: Iterable[int], *, version: PackVersion | None = None, with_parts: bool = False
) -> dict[int, list[Kept]]:
    """Publication → what it holds, of one version or of all. One query."""
    found: dict[int, list[Kept]] = defaultdict(list)
    rows = PublishedResult.objects.filter(publication__in=list(publication_ids))
    rows = rows.filter(version=version) if version is not None else rows
    names = ["municipality_id", "cycle_id", "cycle__number", "basis", "layer_id", "version_id", "year"]
    for row in rows.values_list(*names, *(["parts"] if with_parts else []), "publication_id"):
        found[row[-1]].append(_kept(row, row[7] if with_parts else ()))
    return found


def _kept(row: tuple[Any, ...], parts: Iterable[list[str]]) -> Kept:
    municipality, cycle, number, basis, layer, version, year = row[:7]
    points = tuple((part[0], part[1], part[2], part[3]) for part in parts)
    return Kept(municipality, cycle, number, basis, layer, version, year, points)


def current() -> list[Kept]:
    """What the cycles of the scope obtained, with its points. Two queries."""
    parts: dict[int, list[Stored]] = defaultdict(list)
    for of, *told in ResultPart.objects.order_by("pk").values_list(
        "result_id", "criterion", "subcriterion", "points", "maximum"
    ):
        parts[of].append((told[0], told[1], told[2], told[3]))
    return [
        Kept(
            one.municipality_id,
            one.cycle_id,
            one.cycle.number,
            one.basis,
            one.layer_id,
            one.version_id,
            one.year,
            tuple(parts[one.pk]),
        )
        for one in CycleResult.objects.select_related("cycle").order_by("pk")
    ]


def next_of(agency: Agency, last: Publication | None) -> Next:
    """What would be published today, inside the scope of its municipalities: what waits stays as it was published.

    The first publication takes all. Five queries.
    """
    where = places(own_enrolments(agency))
    now = _by_key(one for one in current() if one.municipality in where)
    before = _by_key(published([last.pk], with_parts=True)[last.pk]) if last is not None else {}
    before = {key: kept for key, kept in before.items() if key[0] in where}
    changed = {key for key in {*now, *before} if _layers(now.get(key)) != _layers(before.get(key))}
    entering = changed if last is None else _entering(changed, where)
    waiting = changed - entering
    kept = [one for key in {*now, *before} for one in (before if key in waiting else now).get(key, ())]
    return Next(where, kept, frozenset(one for one, _v in entering), frozenset(one for one, _v in waiting))


def _by_key(kept: Iterable[Kept]) -> dict[Key, list[Kept]]:
    found: dict[Key, list[Kept]] = defaultdict(list)
    for one in kept:
        found[one.municipality, one.version].append(one)
    return dict(found)


def _layers(kept: list[Kept] | None) -> set[tuple[int, str, int]]:
    return {(one.cycle, one.basis, one.layer) for one in kept or ()}


def _entering(changed: set[Key], where: Mapping[int, Place]) -> set[Key]:
    """Of each version, those with enough others of their region."""
    regions = [place.region for place in where.values()]
    entering: set[Key] = set()
    for version in {version for _one, version in changed}:
        mine = {one: where[one].region for one, of in changed if of == version}
        entering |= {(one, version) for one in admitted(mine, regions, smallest())}
    return entering
