"""Municipalities of a programme with results, declared and validated, sealed and kept as the stages do."""

from collections.abc import Sequence
from datetime import date

from cabildo import audit
from cabildo.accounts.models import Agency, Municipality, User
from cabildo.accounts.scoping import in_municipalities, in_municipality
from cabildo.content.models import PackVersion
from cabildo.instruments import actions as instruments
from cabildo.instruments.actions.layers import seal
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality.actions.publications import publish
from cabildo.quality.actions.results import keep_result
from cabildo.quality.choices import Basis
from cabildo.quality.models import BenchmarkConsent, Cycle, CycleResult, Publication
from cabildo.quality.queries.results import own_enrolments
from conftest import make_user
from factories.assessment_models import element_ids
from factories.programme import enrol, make_municipality


def obtain(
    place: Municipality, version: PackVersion, declared: int, validated: int | None = None, number: int = 1
) -> Cycle:
    """A cycle of one score in every element, out of five."""
    with in_municipality(place):
        cycle = Cycle.objects.create(
            municipality=place, number=number, opened_on=date(2026, 1, 2), closed_on=date(2026, 1, 2)
        )
        cycle.self_assessment = instruments.open_assessment(
            version=version, title="Autoevaluación", on=cycle, by=audit.SYSTEM
        )
        cycle.save(update_fields=["self_assessment"])
        _keep(cycle, Basis.DECLARED, declared)
        if validated is not None:
            _keep(cycle, Basis.VALIDATED, validated)
    return cycle


def _keep(cycle: Cycle, basis: Basis, score: int) -> CycleResult:
    marks = dict.fromkeys(element_ids(), Mark(score))
    layer = seal(cycle.self_assessment, party=basis, label=basis, marks=marks, by=audit.SYSTEM)
    return keep_result(cycle, basis=basis, layer=layer)


def taking_part(
    agency: Agency, version: PackVersion, scores: Sequence[tuple[int, int | None]], region: str = "05"
) -> list[Municipality]:
    """One municipality for each pair of declared and validated scores."""
    places = []
    for declared, validated in scores:
        place = make_municipality(f"{region}101")
        with in_municipality(place):
            enrol(place, agency)
        obtain(place, version, declared, validated)
        places.append(place)
    return places


def published(agency: Agency) -> Publication:
    """The figures of today are published."""
    by = make_user(f"Publica {User.objects.count()}")
    with in_municipalities(own_enrolments(agency).values_list("municipality_id", flat=True)):
        return publish(agency, by=by)


def agree(place: Municipality, agency: Agency, sharing: str = "named") -> BenchmarkConsent:
    """What the municipality lets others see, from now on."""
    with in_municipality(place):
        last = BenchmarkConsent.objects.filter(municipality=place).order_by("-pk").first()
        by = last.by if last else make_user(f"Decide {place.slug}")
        told = {"agency": agency, "sharing": sharing, "by": by, "replaces": last}
        return BenchmarkConsent.objects.create(municipality=place, **told)
