"""Who agreed to be compared, and with whom a municipality is.

The municipalities that agreed are named here and nowhere else: `consents_of` is the list that a comparison enters.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cabildo.accounts.models import Agency
from cabildo.accounts.scoping import current_municipality
from cabildo.content.models import PackVersion
from cabildo.quality.choices import Basis, Sharing
from cabildo.quality.models import BenchmarkConsent, CycleResult
from cabildo.quality.queries import programme
from cabildo.quality.queries.results import own_enrolments, smallest, turns
from cabildo.quality.rules.disclosure import is_few
from cabildo.quality.rules.results import Turn, may_name


def consents_of(agency: Agency) -> dict[int, str]:
    """Municipality → what it shares today in this programme, while it takes part; not those that share nothing.

    One query.
    """
    taking_part = own_enrolments(agency).values("municipality_id")
    everywhere = BenchmarkConsent.objects.with_scopes_disabled().filter(agency=agency, replaced_by=None)
    everywhere = everywhere.filter(municipality_id__in=taking_part)
    return dict(everywhere.exclude(sharing=Sharing.NOTHING).values_list("municipality_id", "sharing"))


def names_of(agency: Agency, municipality_ids: Collection[int]) -> dict[int, str]:
    """Municipality → its name, of those of the programme among these; by name. One query."""
    found = programme.enrolments_of(agency).filter(municipality_id__in=municipality_ids)
    return dict(found.order_by("municipality__name").values_list("municipality_id", "municipality__name"))


def named_in(consents: Mapping[int, str]) -> frozenset[int]:
    return frozenset(one for one, sharing in consents.items() if sharing == Sharing.NAMED)


def consent_history() -> list[BenchmarkConsent]:
    """Every decision of the municipality of the scope, the last first. One query."""
    found = BenchmarkConsent.objects.filter(municipality=current_municipality())
    return list(found.select_related("by", "agency").order_by("-pk"))


def in_force(history: Collection[BenchmarkConsent], agency: Agency) -> str:
    """What it shares with this programme: what the last decision says, if it was about it."""
    last = next(iter(history), None)
    return last.sharing if last is not None and last.agency_id == agency.pk else Sharing.NOTHING


def own_version() -> PackVersion | None:
    """The version with which the municipality of the scope last declared. One query."""
    kept = CycleResult.objects.filter(municipality=current_municipality(), basis=Basis.DECLARED)
    last = kept.select_related("version__pack").defer("version__body").order_by("-cycle__number").first()
    return last.version if last else None


def latest(version: PackVersion) -> dict[int, Turn]:
    """The last turn of each municipality of the scope on this version. Two queries."""
    return {turn.municipality: turn for turn in sorted(turns(version), key=lambda turn: turn.number)}


def with_result(version: PackVersion) -> dict[str, set[int]]:
    """By basis, the municipalities of the scope that have a result on this version; nothing of what it is."""
    found: dict[str, set[int]] = {basis: set() for basis in Basis.values}
    for basis, one in CycleResult.objects.filter(version=version).values_list("basis", "municipality_id"):
        found[basis].add(one)
    return found


@dataclass(frozen=True)
class Others:
    """Those with whom a municipality is compared: all together, and the ones that go by name.

    `counted`, by basis: whose results are in the distribution; without a basis there are too few. `tells_others`:
    names are kept back, because they would tell the few that did not give theirs.
    """

    latest: Mapping[int, Turn]
    counted: Mapping[str, frozenset[int]]
    named: frozenset[int]
    tells_others: bool = False

    def values(self, basis: str) -> list[Turn]:
        return [self.latest[one] for one in sorted(self.counted.get(basis, ()))]


def others_of(
    own: int, consents: Mapping[int, str], found: Mapping[int, Turn], everybody: Mapping[str, set[int]]
) -> Others:
    """With whom `own` is compared. `found`: the last turns of those that agreed; `everybody`: who has a result.

    Both sides agree or neither sees: without its own consent nobody; names only between those that gave theirs.
    """
    if own not in consents:
        return Others({}, {}, frozenset())
    agreed = {one: consents[one] for one in found if one in consents and one != own}
    rest = {basis: everybody[basis] - {own} for basis in Basis.values}
    counted = {basis: _counted(basis, agreed, found, rest[basis]) for basis in Basis.values}
    named = named_in(agreed) if consents[own] == Sharing.NAMED else frozenset()
    tells_others = bool(named) and any(not may_name(rest[basis], named, smallest()) for basis in Basis.values)
    shown = frozenset() if tells_others else named
    return Others(found, {basis: some for basis, some in counted.items() if some}, shown, tells_others)


def _counted(basis: str, agreed: Mapping[int, str], found: Mapping[int, Turn], all_with: set[int]) -> frozenset[int]:
    """Those of the distribution: the nameless only if they are enough, and nobody if the rest would be told by it."""
    have = frozenset(one for one in agreed if basis in found[one].ratios)
    nameless = have - named_in(agreed)
    counted = have - nameless if is_few(len(nameless), smallest()) else have
    too_few = len(counted) < smallest() or is_few(len(all_with - counted), smallest())
    return frozenset() if too_few else counted
