"""Which published mapping fits two versions of a model, what compares along it, and what an assessment took along."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from cabildo.content.models import PackVersion
from cabildo.content.queries import body
from cabildo.instruments.models import Assessment, Layer
from cabildo.instruments.queries.items import Item, items_of
from cabildo.instruments.queries.layers import scored
from cabildo.instruments.queries.sheets import sheets_of
from cabildo.instruments.rules.comparison import Comparison, Side, compare
from cabildo.instruments.rules.mappings import ElementMapping, PairKind, mapping_of

KIND = "model_mappings"


def mapping_between(before: PackVersion, after: PackVersion, *, municipality_id: int) -> PackVersion | None:
    """The published mapping from one version to the other, of the platform or of this municipality. One query.

    Of several the official one, then the last that was published. A mapping is never read backwards.
    """
    within = Q(pack__owner=None) | Q(pack__owner=municipality_id)
    sides = {
        f"body__mapping__{side}__{key}": value
        for side, version in (("before", before), ("after", after))
        for key, value in (("model", str(version.pack)), ("version", version.version))
    }
    found = PackVersion.objects.filter(within, pack__kind=KIND, **sides).select_related("pack").defer("body")
    return found.order_by("-pack__official", "-published_at", "-pk").first()


def read_mapping(version: PackVersion) -> ElementMapping:
    """What a published mapping says. No query once it was read."""
    return mapping_of(body(version))


@dataclass(frozen=True)
class Compared:
    """Two layers element by element. Without `found` they do not compare; `mapping` is None within one version."""

    found: Comparison | None
    mapping: PackVersion | None

    @property
    def pairs(self) -> ElementMapping | None:
        return read_mapping(self.mapping) if self.mapping else None


def compare_layers(before: Layer, after: Layer) -> Compared:
    """Two layers of a municipality, within one version or along the mapping published for both.

    One score and one by attribute are not alike: marked in two ways they do not compare.
    """
    was, now = before.assessment, after.assessment
    mapping = None
    if was.version_id != now.version_id:
        mapping = mapping_between(was.version, now.version, municipality_id=before.municipality_id)
    targets = read_mapping(mapping).targets if mapping and was.mark_mode == now.mark_mode else None
    return Compared(compare(_side(before), _side(after), targets), mapping)


def _side(layer: Layer) -> Side:
    return Side(f"{layer.assessment.version_id}:{layer.assessment.mark_mode}", scored(layer))


@dataclass(frozen=True)
class Stayed:
    """An element of the assessment before whose text and papers did not come along, and why if the mapping says."""

    item: Item
    reason: str
    had_text: bool


@dataclass(frozen=True)
class Came:
    """An element of an assessment and the one of the assessment before it took its text from; None: it has begun."""

    item: Item
    source: Item | None
    kind: PairKind
    reason: str = ""


@dataclass(frozen=True)
class Brought:
    """What an assessment took from the one before, element by element; `mapping` is None when none was used.

    Within one version, or without a mapping, elements go by their own name.
    """

    source: Assessment
    mapping: PackVersion | None
    is_same_version: bool
    came: Sequence[Came]
    stayed: Sequence[Stayed]

    @property
    def begun(self) -> list[Came]:
        return [one for one in self.came if one.source is None]

    @property
    def changed(self) -> list[Came]:
        """Those that came from an element that says something else, or stood elsewhere."""
        return [one for one in self.came if one.source is not None and one.kind != PairKind.SAME]


def sources_of(made: Assessment, source: Assessment) -> dict[str, str]:
    """Element before -> element of `made` that takes its text: along its mapping, else by the same name."""
    now = {item.id for item in items_of(made)}
    if made.mapping is not None:
        return read_mapping(made.mapping).targets
    return {item.id: item.id for item in items_of(source) if item.id in now}


def brought(made: Assessment) -> Brought | None:
    """What came along and what did not; None for an assessment that starts from nothing. Few queries."""
    source = made.previous
    if source is None:
        return None
    targets, told = sources_of(made, source), read_mapping(made.mapping) if made.mapping else None
    before = {item.id: item for item in items_of(source)}
    origin = {after: name for name, after in targets.items()}
    sheets = sheets_of(source)
    return Brought(
        source=source,
        mapping=made.mapping,
        is_same_version=made.version_id == source.version_id,
        came=[_came(item, before.get(origin.get(item.id, "")), told) for item in items_of(made)],
        stayed=[
            Stayed(
                item=item,
                reason=told.ended.get(name, "") if told else "",
                had_text=name in sheets and bool(sheets[name].text.strip()),
            )
            for name, item in before.items()
            if name not in targets
        ],
    )


def _came(item: Item, source: Item | None, told: ElementMapping | None) -> Came:
    if told is None:
        return Came(item, source, PairKind.SAME)
    if source is None:
        return Came(item, None, PairKind.SAME, told.begun.get(item.id, ""))
    pair = told.by_before[source.id]
    return Came(item, source, pair.kind, pair.reason)
