"""How a municipality's areas come to be, are replaced and brought back."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Municipality, User
from cabildo.accounts.scoping import current_municipality
from cabildo.audit.models import INSTALLATION
from cabildo.db.locking import lock_rows
from cabildo.territory import divisions, engine_shapes, geodesy, queries, rules
from cabildo.territory.errors import TerritoryError, refused
from cabildo.territory.models import Area, AreaLayer, AreaUpload, Commune, Province, Region

DIVISION = ((divisions.REGIONS, Region), (divisions.PROVINCES, Province), (divisions.COMMUNES, Commune))
UPLOAD_KEPT = timedelta(days=7)


def keep_upload(*, kind: str, name: str, file_name: str, content: bytes, by: User) -> AreaUpload:
    """Keep a readable file until its columns are chosen; `TerritoryError` with its problems when it is not."""
    if problems := rules.read_features(content).problems:
        raise refused(problems)
    return AreaUpload.objects.create(
        municipality=current_municipality(),
        kind=kind,
        name=name,
        file_name=file_name[:200],
        content=content.decode("utf-8-sig"),
        uploaded_at=timezone.now(),
        uploaded_by=by,
    )


def publish_upload(upload: AreaUpload, *, code_property: str, name_property: str, by: User) -> AreaLayer:
    """Make the file the layer in force of its kind and forget the upload."""
    facts = {"kind": upload.kind, "name": upload.name, "file_name": upload.file_name}
    rows = _accepted_rows(upload.content.encode(), code_property, name_property)
    with transaction.atomic():
        layer = _store(rows, by=by, code_property=code_property, name_property=name_property, **facts)
        upload.delete()
    return layer


def discard_upload(upload: AreaUpload) -> None:
    upload.delete()


def publish_layer(
    *,
    kind: str,
    name: str,
    content: bytes,
    code_property: str,
    name_property: str,
    by: User | audit.Actor,
    file_name: str = "",
) -> AreaLayer:
    """Replace the layer in force of this kind by all areas of a GeoJSON file, or by nothing of it.

    The previous version stays and can be restored. `TerritoryError("areas_refused")` carries the problems.
    """
    rows = _accepted_rows(content, code_property, name_property)
    facts = {"kind": kind, "name": name, "file_name": file_name[:200]}
    return _store(rows, by=by, code_property=code_property, name_property=name_property, **facts)


@transaction.atomic
def restore_layer(layer: AreaLayer, *, by: User) -> None:
    """Put an earlier version in force again; the one it displaces stays."""
    if layer.is_current:
        raise TerritoryError("already_current")
    now = timezone.now()
    _retire_current(layer.kind, now)
    layer.replaced_at = None
    layer.save(update_fields=["replaced_at"])
    audit.record("area_layer.restored", on=layer, by=by, data={"kind": layer.kind, "version": layer.version})


def forget_uploads(now: datetime) -> int:
    """Delete the files of this municipality that nobody published in a week; how many."""
    return AreaUpload.objects.filter(uploaded_at__lt=now - UPLOAD_KEPT).delete()[0]


def _accepted_rows(content: bytes, code_property: str, name_property: str) -> list[Area]:
    """Unsaved rows of a file without errors. Computed before the transaction, which must be short."""
    found = queries.review(content, code_property, name_property)
    if found.errors:
        raise refused(found.errors)
    outlines = engine_shapes.outlines([area.geometry for area in found.areas])
    return [_row(area, outline) for area, outline in zip(found.areas, outlines, strict=True)]


def _row(area: rules.AreaShape, outline: dict[str, Any]) -> Area:
    west, south, east, north = geodesy.bounding_box(area.polygons)
    return Area(
        municipality=current_municipality(),
        code=area.code,
        name=area.name,
        geometry=area.geometry,
        outline=outline,
        west=west,
        south=south,
        east=east,
        north=north,
        area_km2=geodesy.area_km2(area.polygons),
    )


@transaction.atomic
def _store(rows: list[Area], *, by: User | audit.Actor, kind: str, **facts: Any) -> AreaLayer:
    now = timezone.now()
    _retire_current(kind, now)
    layer = AreaLayer.objects.create(
        municipality=current_municipality(),
        kind=kind,
        version=queries.last_version(kind) + 1,
        uploaded_at=now,
        uploaded_by=by if isinstance(by, User) else None,
        **facts,
    )
    for row in rows:
        row.layer = layer
    Area.objects.bulk_create(rows, batch_size=200)
    data = {"kind": kind, "version": layer.version, "areas": len(rows)}
    audit.record("area_layer.published", on=layer, by=by, data=data)
    return layer


def _retire_current(kind: str, now: datetime) -> None:
    # the tenant's own row is the lock: a kind without layers yet has no other
    lock_rows(Municipality.objects.filter(pk=current_municipality().pk)).get()
    AreaLayer.objects.filter(kind=kind, replaced_at__isnull=True).update(replaced_at=now)


@dataclass
class Loaded:
    """What a load of the division did, counting rows of all files."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[divisions.RefusedRow] = field(default_factory=list)


@transaction.atomic
def load_divisions(folder: Path, *, by: User | audit.Actor) -> Loaded:
    """Bring regions, provinces and communes to what the three files say; a second run changes nothing."""
    loaded = Loaded()
    parents: Collection[str] = ()
    for table, model in DIVISION:
        good, refused_rows = divisions.sort_rows(table, rows := _read(folder / table.file, table), parents)
        loaded.read += len(rows)
        loaded.refused += refused_rows
        _bring(model, good, loaded)
        parents = good.keys()
    if loaded.created or loaded.updated:
        data = {"created": loaded.created, "updated": loaded.updated}
        audit.record("territory.loaded", by=by, municipality_id=INSTALLATION, data=data)
    return loaded


def _read(path: Path, table: divisions.Table) -> list[divisions.Row]:
    if not path.is_file():
        raise TerritoryError("division_missing", path=path)
    rows = divisions.read_rows(path)
    if divisions.missing_columns(table, rows):
        raise TerritoryError("division_columns", path=path, columns=", ".join(table.columns))
    return rows


def _bring(model: Any, wanted: dict[str, dict[str, str]], loaded: Loaded) -> None:
    fields = [name for name in next(iter(wanted.values()), {}) if name != "code"]
    stored = {row["code"]: row for row in model._default_manager.values("code", *fields)}
    new = [model(**row) for code, row in wanted.items() if code not in stored]
    changed = [model(**row) for code, row in wanted.items() if code in stored and stored[code] != row]
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, fields)
    loaded.created += len(new)
    loaded.updated += len(changed)
    loaded.unchanged += len(wanted) - len(new) - len(changed)
