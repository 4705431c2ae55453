"""How does an agency publish the results of its municipalities?"""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Agency, User
from cabildo.db.locking import lock_rows
from cabildo.quality.choices import Basis
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Publication, PublishedPlace, PublishedResult
from cabildo.quality.queries import publications as queries
from cabildo.quality.queries.benchmarking import consents_of, named_in
from cabildo.quality.queries.publications import Kept, Next
from cabildo.quality.queries.results import smallest
from cabildo.quality.rules.publishing import held_back
from cabildo.quality.rules.results import Held


@transaction.atomic
def publish(agency: Agency, *, by: User) -> Publication:
    """Freeze the figures of today: who joined or changed enters with enough others of their region, or waits.

    Runs inside the municipalities for which the agency runs the programme. Groups in which few changed since any
    earlier publication are kept back. QualityError nothing_to_publish.
    """
    lock_rows(Agency.objects.filter(pk=agency.pk)).get()
    before = queries.publications_of(agency)
    coming = queries.next_of(agency, before[0] if before else None)
    if not coming.entering:
        raise QualityError("nothing_to_publish", smallest=smallest())
    named = named_in(consents_of(agency))
    made: Publication = Publication.objects.create(
        agency=agency,
        at=timezone.now(),
        by=by,
        smallest=smallest(),
        waiting=len(coming.waiting),
        held=[[version, *held] for version, held in _held(coming, before, named)],
    )
    _write(made, coming)
    data = {"agency": agency.pk, "entering": len(coming.entering), "waiting": len(coming.waiting)}
    audit.record("results.published", on=made, by=by, data=data)
    return made


def _held(coming: Next, before: Sequence[Publication], named: frozenset[int]) -> Iterator[tuple[int, Held]]:
    """Version and group, of each version that would be published."""
    earlier = queries.published(one.pk for one in before)
    where = {one.pk: queries.published_places(one) for one in before}
    for version in sorted({one.version for one in coming.kept}):
        now = queries.of_kept(_of(coming.kept, version), coming.places, named=named)
        found: set[Held] = set()
        for one in before:
            then = queries.of_kept(_of(earlier[one.pk], version), where[one.pk])
            found |= set(held_back(now, then, Basis.values))
        yield from ((version, held) for held in sorted(found, key=repr))


def _of(kept: Sequence[Kept], version: int) -> list[Kept]:
    return [one for one in kept if one.version == version]


def _write(made: Publication, coming: Next) -> None:
    PublishedPlace.objects.bulk_create(
        PublishedPlace(
            publication=made,
            municipality_id=one.municipality,
            region=one.region,
            stage=one.stage,
            line=one.line,
        )
        for one in coming.places.values()
    )
    PublishedResult.objects.bulk_create(
        PublishedResult(
            publication=made,
            municipality_id=one.municipality,
            cycle_id=one.cycle,
            basis=one.basis,
            layer_id=one.layer,
            version_id=one.version,
            year=one.year,
            parts=[list(part) for part in one.parts],
        )
        for one in coming.kept
    )
