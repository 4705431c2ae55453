"""Areas are published whole or not at all, and an earlier version can come back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cabildo.audit.models import Entry
from cabildo.territory import actions, queries
from cabildo.territory.choices import LayerKind
from cabildo.territory.errors import TerritoryError
from cabildo.territory.models import Area, AreaLayer, AreaUpload
from territory.shapes import collection, feature, square, two_squares

BROKEN = collection(feature("A", square(0)), feature("A", square(1)))


def test_a_published_layer_holds_all_areas_with_their_measures(layer) -> None:
    area = Area.objects.get(code="A")

    assert (layer.version, layer.is_current, layer.areas.count()) == (1, True, 2)
    assert (area.name, area.west, area.south, area.east, area.north) == ("Cerro", -71.6, -33.05, -71.59, -33.04)
    assert 1.0 < area.area_km2 < 1.1


def test_a_new_upload_replaces_the_layer_and_keeps_the_previous_version(layer, publish) -> None:
    second = publish(collection(feature("C", square(2))))

    layer.refresh_from_db()
    assert (second.version, second.is_current, layer.is_current) == (2, True, False)
    assert list(queries.current_layers()) == [second]
    assert layer.areas.count() == 2


def test_a_file_with_an_error_loads_nothing_and_leaves_the_layer_in_force(layer, publish) -> None:
    with pytest.raises(TerritoryError) as refusal:
        publish(BROKEN)

    assert [problem.code for problem in refusal.value.problems] == ["duplicate_code"]
    assert list(queries.current_layers()) == [layer]
    assert AreaLayer.objects.count() == 1


def test_an_earlier_version_can_be_put_in_force_again(layer, publish, admin) -> None:
    publish(collection(feature("C", square(2))))
    layer.refresh_from_db()

    actions.restore_layer(layer, by=admin)

    assert list(queries.current_layers()) == [layer]
    assert queries.last_version(layer.kind) == 2


def test_the_version_in_force_cannot_be_restored(layer, admin) -> None:
    with pytest.raises(TerritoryError, match="already_current"):
        actions.restore_layer(layer, by=admin)


def test_publishing_is_on_record_with_numbers_only(layer) -> None:
    entry = Entry.objects.get(action="area_layer.published")

    assert entry.data == {"kind": "neighbourhood_unit", "version": 1, "areas": 2}


def kept(by) -> AreaUpload:
    return actions.keep_upload(
        kind=LayerKind.SECTOR, name="Sectores", file_name="sectores.geojson", content=two_squares(), by=by
    )


def test_publishing_an_upload_forgets_the_file(admin) -> None:
    waiting = kept(admin)

    layer = actions.publish_upload(waiting, code_property="codigo", name_property="nombre", by=admin)

    assert (layer.file_name, layer.kind, layer.uploaded_by) == ("sectores.geojson", "sector", admin)
    assert not AreaUpload.objects.exists()


def test_a_refused_upload_stays_to_choose_other_columns(admin) -> None:
    waiting = kept(admin)

    with pytest.raises(TerritoryError):
        actions.publish_upload(waiting, code_property="otra", name_property="nombre", by=admin)

    assert AreaUpload.objects.get() == waiting


def test_an_unreadable_file_is_not_kept(admin) -> None:
    with pytest.raises(TerritoryError, match="areas_refused"):
        actions.keep_upload(kind=LayerKind.SECTOR, name="x", file_name="x", content=b"{", by=admin)


def test_uploads_that_nobody_published_are_forgotten_after_a_week(admin) -> None:
    kept(admin)
    now = timezone.now()

    assert actions.forget_uploads(now + timedelta(days=6)) == 0
    assert actions.forget_uploads(now + timedelta(days=8)) == 1
