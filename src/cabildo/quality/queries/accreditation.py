"""The accreditation line of a cycle: its process and rules, the services, what each side states, the level it gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from cabildo.accounts.scoping import current_municipality
from cabildo.content import queries as packs
from cabildo.content.models import PackVersion
from cabildo.documents.models import Document
from cabildo.documents.queries import documents_of_all
from cabildo.instruments.rules import awards
from cabildo.instruments.rules.awards import Award, Total, Verdict
from cabildo.quality.choices import PointsSide
from cabildo.quality.models import Cycle, Points, PointsLayer, Service
from cabildo.quality.queries.cycles import run_of, runs_of
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.choices import RunState
from cabildo.workflow.processes.models import ProcessRun

RULES = "level_rules"
SERVICES_GATE = "quality.services_chosen"


def accreditation_process(today: date) -> PackVersion | None:
    """The process of the line: the one that asks which services are presented."""
    found = processes.available_processes(current_municipality().pk, today)
    return next((version for version in found if _asks_for_services(version)), None)


def _asks_for_services(version: PackVersion) -> bool:
    stages = processes.process_of(version).stages
    return any(gate.check == SERVICES_GATE for stage in stages for gate in stage.gates)


def is_of_the_line(run: ProcessRun | None) -> bool:
    """Does this run follow the process of accreditation?"""
    return run is not None and _asks_for_services(run.pack_version)


def follows_the_line(cycle: Cycle) -> bool:
    """Does the cycle go on in the process of accreditation? One query."""
    return is_of_the_line(run_of(cycle))


def rules_in_use(today: date) -> PackVersion | None:
    """The rules of levels that the municipality adopted; without them, the newest in force, by name."""
    place = current_municipality().pk
    versions = PackVersion.objects.select_related("pack").defer("body")
    adopted = next(iter(packs.adopted(place, RULES)), None)
    if adopted is not None:
        return versions.get(pk=adopted.version_id)
    known = versions.filter(pack__in=packs.available(place, RULES), valid_from__lte=today)
    return known.order_by("pack__slug", "-version").first()


def award_of(version: PackVersion) -> Award:
    """The rules of a version."""
    return awards.award_of(packs.body(version))


def left_run(cycle: Cycle, *, of_the_line: bool) -> ProcessRun | None:
    """The process that the cycle left and may go on in: of accreditation, or the one before it."""
    left = [run for run in runs_of(cycle) if run.state == RunState.WITHDRAWN]
    return next((run for run in left if is_of_the_line(run) == of_the_line), None)


def services_of(cycle: Cycle) -> list[Service]:
    """Those that the cycle presents, by name; who dropped out is not among them. One query."""
    return [one for one in every_service_of(cycle) if one.withdrawn_on is None]


def every_service_of(cycle: Cycle) -> list[Service]:
    """Also those that dropped out."""
    return list(Service.objects.filter(cycle=cycle).select_related("department"))


@dataclass(frozen=True)
class Stated:
    """A sealed layer with its points, by id of total and by service, and its papers."""

    layer: PointsLayer
    rows: tuple[Points, ...]
    papers: tuple[Document, ...]

    @cached_property
    def totals(self) -> Mapping[str, Decimal]:
        return {row.total: row.points for row in self.rows if row.service_id is None}

    @cached_property
    def services(self) -> Mapping[int, Decimal]:
        return {row.service_id: row.points for row in self.rows if row.service_id is not None}

    def without_points(self, services: list[Service]) -> list[Service]:
        """Those chosen after the layer was sealed."""
        return [one for one in services if one.pk not in self.services]

    def dropped(self, withdrawn: list[Service]) -> list[Service]:
        """Those that it counts and that dropped out afterwards."""
        return [one for one in withdrawn if one.pk in self.services]


@dataclass(frozen=True)
class Accreditation:
    """What stands of the line in a cycle. `layers`: every one ever sealed, the first first.

    `services` are those presented, `withdrawn` those that dropped out.
    """

    cycle: Cycle
    services: list[Service]
    withdrawn: list[Service]
    layers: tuple[Stated, ...]

    @property
    def declared(self) -> Stated | None:
        return self._last(PointsSide.DECLARED)

    @property
    def validated(self) -> Stated | None:
        return self._last(PointsSide.VALIDATED)

    @property
    def is_stale(self) -> bool:
        """Were points declared anew after the validators answered?"""
        declared, validated = self.declared, self.validated
        return declared is not None and validated is not None and validated.layer.read_id != declared.layer.pk

    @property
    def has_records(self) -> bool:
        """Was anything written of the line?"""
        return bool(self.services or self.withdrawn or self.layers)

    @property
    def dropped(self) -> list[Service]:
        """Those that dropped out after the points that stand were sealed, on either side."""
        standing = [one for one in (self.declared, self.validated) if one is not None]
        return [one for one in self.withdrawn if any(one.pk in each.services for each in standing)]

    def last(self, side: str) -> Stated | None:
        return self._last(PointsSide(side))

    def _last(self, side: PointsSide) -> Stated | None:
        return next((one for one in reversed(self.layers) if one.layer.side == side), None)


def accreditation_of(cycle: Cycle) -> Accreditation:
    """Four queries, however many services and layers there are."""
    found = PointsLayer.objects.filter(cycle=cycle).select_related("rules__pack", "sealed_by", "previous", "read")
    layers = list(found.defer("rules__body").prefetch_related("points"))
    papers: dict[str, list[Document]] = {}
    for document in documents_of_all(layers).filter(erased_at=None):
        papers.setdefault(document.owner_id, []).append(document)
    stated = (Stated(one, tuple(one.points.all()), tuple(papers.get(str(one.pk), ()))) for one in layers)
    services = every_service_of(cycle)
    presented = [one for one in services if one.withdrawn_on is None]
    withdrawn = [one for one in services if one.withdrawn_on is not None]
    return Accreditation(cycle, presented, withdrawn, tuple(stated))


def totals_of(version: PackVersion) -> tuple[Total, ...]:
    """What the rules add up, in their order."""
    return award_of(version).totals


def verdict_of(stated: Stated | None, services: list[Service]) -> Verdict | None:
    """The level that a layer reaches by its rules; None, which is not «no level», while some service has no points.

    It counts every service of the layer, since its totals do: also one that dropped out afterwards.
    """
    if stated is None or not services or stated.without_points(services):
        return None
    totals = {name: Fraction(points) for name, points in stated.totals.items()}
    points = {row.label: Fraction(row.points) for row in stated.rows if row.service_id is not None}
    return awards.grant(award_of(stated.layer.rules), totals, points)
