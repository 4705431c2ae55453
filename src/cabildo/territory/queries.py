"""Where is this point? What areas does the municipality have? What does an uploaded file hold?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, QuerySet

from cabildo.territory import engine_shapes, rules
from cabildo.territory.models import Area, AreaLayer, AreaUpload, Commune

EVERYTHING_BUT_SHAPES = ("geometry", "outline")


@dataclass(frozen=True)
class Review:
    """What an upload would become: its columns, the chosen ones, areas that pass, problems, areas in the file."""

    columns: tuple[rules.Column, ...]
    code_property: str
    name_property: str
    areas: tuple[rules.AreaShape, ...]
    problems: tuple[rules.Problem, ...]
    total: int

    @property
    def errors(self) -> tuple[rules.Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.warns)

    @property
    def warnings(self) -> tuple[rules.Problem, ...]:
        return tuple(problem for problem in self.problems if problem.warns)


def communes() -> QuerySet[Commune]:
    """The 346 communes with their province and region, by code."""
    return Commune.objects.select_related("province__region")


def current_layers() -> QuerySet[AreaLayer]:
    """The layers in force, one per kind, with `area_count`."""
    return _with_counts(AreaLayer.objects.filter(replaced_at__isnull=True))


def versions_of(kind: str) -> QuerySet[AreaLayer]:
    """All versions of a kind, newest first, with `area_count`."""
    return _with_counts(AreaLayer.objects.filter(kind=kind)).order_by("-version")


def last_version(kind: str) -> int:
    """The number of the newest version of a kind; 0 when there is none."""
    return AreaLayer.objects.filter(kind=kind).aggregate(last=Max("version"))["last"] or 0


def waiting_uploads() -> QuerySet[AreaUpload]:
    """Files uploaded and not yet published, newest first, without their contents."""
    return AreaUpload.objects.defer("content").order_by("-uploaded_at")


def areas_of(layer: AreaLayer) -> QuerySet[Area]:
    """The areas of a version by code, without their shapes."""
    return Area.objects.filter(layer=layer).defer(*EVERYTHING_BUT_SHAPES)


def area_at(latitude: float, longitude: float, layer_kind: str) -> Area | None:
    """The area in force that holds the point, in WGS84 degrees; of several, the smallest; None when none does."""
    near = Area.objects.filter(
        layer__kind=layer_kind,
        layer__replaced_at__isnull=True,
        west__lte=longitude,
        east__gte=longitude,
        south__lte=latitude,
        north__gte=latitude,
    )
    candidates = near.select_related("layer").defer(*EVERYTHING_BUT_SHAPES).order_by("area_km2", "code")
    return next((area for area in candidates if _holds(area, longitude, latitude)), None)


def layers_geojson(kinds: Iterable[str]) -> dict[str, Any]:
    """The areas in force of these kinds, simplified for maps, as a GeoJSON FeatureCollection."""
    areas = Area.objects.filter(layer__kind__in=list(kinds), layer__replaced_at__isnull=True)
    return _collection(areas.select_related("layer").order_by("layer__kind", "code"))


def layer_geojson(layer: AreaLayer) -> dict[str, Any]:
    """The areas of one version, simplified for maps."""
    return _collection(Area.objects.filter(layer=layer).select_related("layer"))


def shapes_geojson(areas: Iterable[rules.AreaShape]) -> dict[str, Any]:
    """Areas of a file not yet published, as they stand in it."""
    return {"type": "FeatureCollection", "features": [_feature(a.code, a.name, a.geometry) for a in areas]}


def review(content: bytes, code_property: str = "", name_property: str = "") -> Review:
    """Read and check a file with these columns as code and name; without them, with the likeliest ones."""
    reading = rules.read_features(content)
    found = rules.columns(reading.features)
    likely = rules.propose_mapping(found)
    code, name = code_property or likely[0], name_property or likely[1]
    total = len(reading.features)
    if reading.problems or not (code and name):
        return Review(found, code, name, (), reading.problems, total)
    checked = rules.check_areas(reading.features, code, name)
    problems = (*checked.problems, *engine_shapes.faults(checked.areas))
    return Review(found, code, name, checked.areas, problems, total)


def _with_counts(layers: QuerySet[AreaLayer]) -> QuerySet[AreaLayer]:
    return layers.select_related("uploaded_by").annotate(area_count=Count("areas"))


def _holds(area: Area, longitude: float, latitude: float) -> bool:
    # an area never changes within its version; the instant tells databases apart that reuse ids
    key = (area.pk, area.layer.uploaded_at)
    return engine_shapes.covers(key, lambda: area.geometry, longitude, latitude)


def _collection(areas: Iterable[Area]) -> dict[str, Any]:
    features = [_feature(a.code, a.name, a.outline, kind=a.layer.kind, km2=float(a.area_km2)) for a in areas]
    return {"type": "FeatureCollection", "features": features}


def _feature(code: str, name: str, geometry: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": code, "name": name, **more}, "geometry": geometry}
