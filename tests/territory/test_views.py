"""The desk's pages of areas."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cabildo.site.roles import Administrator
from cabildo.territory import queries
from cabildo.territory.choices import LayerKind
from cabildo.territory.models import AreaUpload
from cabildo.territory.permissions import TerritoryPermission
from territory.shapes import collection, feature, square, two_squares

DESK = "/m/puerto-claro/mesa/territorio/"


@pytest.fixture(autouse=True)
def _mounted(settings, monkeypatch) -> None:
    settings.MUNICIPALITY_URLCONF = "territory.urlconf"
    permissions = Administrator.permissions | {TerritoryPermission.MANAGE_AREAS}
    monkeypatch.setattr(Administrator, "permissions", permissions)


@pytest.fixture
def browser(as_user, admin) -> Client:
    return as_user(admin)


def send(browser: Client, content: bytes):
    file = SimpleUploadedFile("uv.geojson", content)
    return browser.post(f"{DESK}subir/", {"kind": LayerKind.SECTOR, "name": "Sectores", "file": file})


def test_the_first_visit_says_what_to_do(browser) -> None:
    page = browser.get(DESK)

    assert page.status_code == 200
    assert "Aún no hay áreas" in page.text


def test_the_layers_cost_the_same_queries_whatever_their_number(
    browser, publish, django_assert_max_num_queries
) -> None:
    for kind in LayerKind.values[:3]:
        publish(two_squares(), kind=kind)
    browser.get(DESK)

    with django_assert_max_num_queries(8):
        assert browser.get(DESK).text.count("/capas/") == 3


def test_an_upload_is_reviewed_and_then_published(browser) -> None:
    review = send(browser, two_squares()).url
    page = browser.get(review)

    assert "El archivo está en orden" in page.text
    assert browser.post(review, {"codigo": "codigo", "nombre": "nombre"}).status_code == 302
    assert [layer.area_count for layer in queries.current_layers()] == [2]


def test_a_review_shows_every_error_with_its_place_and_its_remedy(browser) -> None:
    page = browser.get(send(browser, collection(feature("A", square(0)), feature("A", square(1), ""))).url)

    assert "Área 2 (código A)" in page.text
    assert "El código «A» ya lo tiene el área 1 del archivo" in page.text
    assert "Falta el nombre" in page.text
    assert "Confirmar" not in page.text


def test_publishing_a_faulty_file_changes_nothing(browser) -> None:
    review = send(browser, collection(feature("A", square(0)), feature("A", square(1)))).url

    page = browser.post(review, {"codigo": "codigo", "nombre": "nombre"})

    assert "no se cargó nada" in page.text
    assert not queries.current_layers().exists()


def test_other_columns_can_be_chosen(browser) -> None:
    review = send(browser, two_squares()).url

    page = browser.get(review, {"codigo": "nombre", "nombre": "codigo"})

    assert [area.code for area in page.context["found"].areas] == ["Cerro", "Plan"]


def test_an_unreadable_file_is_refused_at_its_field(browser) -> None:
    page = send(browser, b"{")

    assert page.status_code == 422
    assert "no es GeoJSON" in page.context["form"].errors["file"][0]
    assert not AreaUpload.objects.exists()


def test_an_upload_can_be_discarded(browser) -> None:
    review = send(browser, two_squares()).url

    assert browser.post(f"{review}descartar/").status_code == 302
    assert not AreaUpload.objects.exists()


def test_a_layer_shows_its_map_and_the_same_in_a_table(browser, layer) -> None:
    page = browser.get(f"{DESK}capas/{layer.pk}/")

    assert "data-map" in page.text
    assert "Unidades vecinales" in page.text
    assert [row[:2] for row in page.context["table"].rows] == [("A", "Cerro"), ("B", "Plan")]


def test_an_earlier_version_is_restored_from_its_page(browser, layer, publish) -> None:
    publish(collection(feature("C", square(2))))

    assert "Volver a esta versión" in browser.get(f"{DESK}capas/{layer.pk}/").text
    browser.post(f"{DESK}capas/{layer.pk}/restaurar/")
    assert list(queries.current_layers()) == [layer]


@pytest.mark.parametrize("address", ["", "subir/", "capas/{layer}/"])
def test_who_does_not_manage_areas_is_refused(as_user, diego, layer, address: str) -> None:
    assert as_user(diego).get(DESK + address.format(layer=layer.pk)).status_code == 403


def test_a_layer_of_another_municipality_does_not_exist(browser, layer, otra_comuna) -> None:
    layer.municipality = otra_comuna
    layer.save()

    assert browser.get(f"{DESK}capas/{layer.pk}/").status_code == 404
