"""A cycle beside the one before: on which version it goes on, what came along, and both scores, layer by layer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cabildo.content.models import PackVersion
from cabildo.content.queries import body
from cabildo.instruments.models import Assessment, Layer
from cabildo.instruments.queries import layers as layer_queries
from cabildo.instruments.queries.mappings import (
    Brought,
    Compared,
    brought,
    compare_layers,
    mapping_between,
    read_mapping,
)
from cabildo.instruments.rules.scoring import Result
from cabildo.quality.choices import Subject
from cabildo.quality.models import Cycle, IssuedReport
from cabildo.quality.queries.self_assessment import models_in_use
from cabildo.quality.queries.validation import DECLARED


@dataclass(frozen=True)
class NextModel:
    """The version the next self-assessment goes on with, and the mapping along which its text would come."""

    before: PackVersion
    after: PackVersion
    mapping: PackVersion | None

    @property
    def is_same(self) -> bool:
        return self.before.pk == self.after.pk

    @property
    def ended(self) -> list[str]:
        """Names of the elements whose text would stay behind, as the version before calls them."""
        names = labels(self.before)
        if self.mapping is not None:
            return [names[name] for name in read_mapping(self.mapping).ended]
        return [label for name, label in names.items() if name not in labels(self.after)]


def labels(version: PackVersion) -> dict[str, str]:
    """Element -> what the version calls it. No query once it was read."""
    written: Mapping[str, Any] = body(version)
    parts = (part for criterion in written["criteria"] for part in criterion["subcriteria"])
    return {element["id"]: element["label"] for part in parts for element in part["elements"]}


def next_model(assessment: Assessment) -> NextModel:
    """The version in use of the same model; else one in use to which a mapping leads; else the same version."""
    before = assessment.version
    adopted = PackVersion.objects.filter(pk__in=[one.version_id for one in models_in_use()])
    in_use = list(adopted.select_related("pack").defer("body").order_by("pack__slug"))
    own = next((one for one in in_use if one.pack_id == before.pack_id), None)
    for after in [own] if own else in_use:
        mapping = _mapping(before, after, assessment.municipality_id)
        if own or mapping:
            return NextModel(before, after, mapping)
    return NextModel(before, before, None)


def _mapping(before: PackVersion, after: PackVersion, municipality_id: int) -> PackVersion | None:
    return None if before.pk == after.pk else mapping_between(before, after, municipality_id=municipality_id)


@dataclass(frozen=True)
class Sides:
    """The same kind of scores in both cycles: declared with declared, validated with validated."""

    before: Layer | None
    after: Layer | None
    compared: Compared | None

    @property
    def was(self) -> Result | None:
        return layer_queries.scored(self.before) if self.before else None

    @property
    def now(self) -> Result | None:
        return layer_queries.scored(self.after) if self.after else None


@dataclass(frozen=True)
class BetweenCycles:
    """A cycle whose self-assessment goes on from that of the cycle before. `mapping` is the one that compares them,
    published today; `brought.mapping` the one its text came along."""

    cycle: Cycle
    made: Assessment
    brought: Brought
    mapping: PackVersion | None
    declared: Sides
    validated: Sides

    @property
    def is_comparable(self) -> bool:
        """One score and one by attribute are not alike, whatever the mapping."""
        is_marked_alike = self.brought.source.mark_mode == self.made.mark_mode
        return is_marked_alike and (self.brought.is_same_version or self.mapping is not None)

    @property
    def before(self) -> dict[str, str]:
        """Element of now -> the element before that it compares with."""
        if self.mapping is not None:
            return {after: name for name, after in read_mapping(self.mapping).targets.items()}
        return {one.item.id: one.item.id for one in self.brought.came}


def between_cycles(cycle: Cycle) -> BetweenCycles | None:
    """None when the cycle, or its self-assessment, goes on from nothing."""
    made, earlier = cycle.self_assessment, cycle.previous
    found = brought(made) if made is not None and earlier is not None else None
    if made is None or earlier is None or found is None:
        return None
    return BetweenCycles(
        cycle=cycle,
        made=made,
        brought=found,
        mapping=_mapping(found.source.version, made.version, cycle.municipality_id),
        declared=_sides(layer_queries.latest(found.source, DECLARED), layer_queries.latest(made, DECLARED)),
        validated=_sides(_issued(earlier), _issued(cycle)),
    )


def _sides(before: Layer | None, after: Layer | None) -> Sides:
    return Sides(before, after, compare_layers(before, after) if before and after else None)


def _issued(cycle: Cycle) -> Layer | None:
    """What the last feedback report said; a layer of validators is shown only once it went out."""
    issued = IssuedReport.objects.filter(cycle=cycle, phase=Subject.REPORT).order_by("-number")
    told = issued.select_related("layer__assessment__version__pack").first()
    return told.layer if told else None
