"""What the cycles of the scope obtained, to be added up by version; and over whom a figure may be shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from cabildo.accounts.models import Agency
from cabildo.content.models import PackVersion
from cabildo.quality.choices import Basis
from cabildo.quality.models import CycleResult, Enrolment, ResultPart
from cabildo.quality.queries import programme
from cabildo.quality.rules.results import Part, Place, Ratios, Together, Turn, may_name


def smallest() -> int:
    """Over fewer municipalities than these no figure is shown."""
    number: int = settings.QUALITY_SMALLEST_GROUP
    return number


def versions() -> list[PackVersion]:
    """The versions with some result in the scope, the newest first. One query."""
    used = CycleResult.objects.values("version_id")
    found = PackVersion.objects.filter(pk__in=used).select_related("pack").defer("body")
    return list(found.order_by("-published_at", "-pk"))


def own_enrolments(agency: Agency) -> QuerySet[Enrolment]:
    """Those that it runs the programme for and that take part: what its open data are about."""
    return programme.enrolments_of(agency).filter(agency=agency).exclude(accepted_on=None)


def places(enrolments: QuerySet[Enrolment]) -> dict[int, Place]:
    """Where each of these municipalities stands today, as far as the scope reaches. One query."""
    standing: Any = programme.with_standing(enrolments)  # its rows carry `stage` and `line`
    rows = standing.values_list("municipality_id", "municipality__commune_code", "stage", "line")
    return {one: Place(one, code[:2], stage or "", line or "") for one, code, stage, line in rows}


def together(version: PackVersion, enrolments: QuerySet[Enrolment], named: Collection[int] = ()) -> Together:
    """The turns on this version of the municipalities enrolled, inside their scope. Three queries."""
    where = places(enrolments.exclude(accepted_on=None))
    taken = [turn for turn in turns(version) if turn.municipality in where]
    return Together(taken, where, smallest(), may_be_named(taken, named))


def may_be_named(taken: Collection[Turn], named: Collection[int]) -> frozenset[int]:
    """All of them or nobody, for whichever basis would tell the others."""
    for basis in Basis.values:
        if not may_name([turn.municipality for turn in taken if basis in turn.ratios], named, smallest()):
            return frozenset()
    return frozenset(named)


def turns(version: PackVersion) -> list[Turn]:
    """What the cycles of the scope obtained with this version, by basis. Two queries."""
    kept = list(CycleResult.objects.filter(version=version).select_related("cycle"))
    ratios = _ratios([one.pk for one in kept])
    by_cycle: dict[int, list[CycleResult]] = defaultdict(list)
    for one in kept:
        by_cycle[one.cycle_id].append(one)
    return [_turn(some, ratios) for some in by_cycle.values()]


def _turn(kept: list[CycleResult], ratios: dict[int, Ratios]) -> Turn:
    first = kept[0]
    by_basis = {one.basis: ratios[one.pk] for one in kept}
    return Turn(first.municipality_id, first.cycle.number, first.year, by_basis)


def _ratios(result_ids: Iterable[int]) -> dict[int, Ratios]:
    """The exact part of its points that each part obtained; None where nothing was in scope."""
    found: dict[int, dict[Part, Fraction | None]] = defaultdict(dict)
    rows = ResultPart.objects.filter(result__in=list(result_ids))
    for result, criterion, part, points, maximum in rows.values_list(
        "result_id", "criterion", "subcriterion", "points", "maximum"
    ):
        whole = Fraction(maximum)
        found[result][criterion, part] = Fraction(points) / whole if whole else None
    return dict(found)
