import csv
import io
import xml.etree.ElementTree as ET

import pytest
import time_machine

from cabildo.accounts.scoping import in_municipality
from cabildo.tickets.actions.cells import refresh_cells
from cabildo.tickets.bulk import COLUMNS
from cabildo.tickets.models import Ticket, TicketCell
from cabildo.tickets.queries import public
from cabildo.tickets.rules import cells
from cabildo.tickets.rules.cells import Box
from cabildo.tickets.tasks import refresh_maps
from factories.figures import answered, at, requests

HERE = "/m/puerto-claro/"
PLACE = {"latitude": -33.04567, "longitude": -71.61234}
AROUND = "-71.62,-33.05,-71.60,-33.04"
SECRET = {"text": "Vivo en Los Aromos 120, soy Rosa", "place": "Los Aromos 120"}


@pytest.fixture
def published(categories):
    """Two published requests and one that is not."""
    lamp = categories["lamp"]
    shown = {"is_public": True, "public_text": "Luminaria apagada en la plaza", **PLACE, **SECRET}
    requests(lamp, at("2026-10-05"), folio="S-2026-000001-A", **shown)
    answered(lamp, at("2026-10-06"), 3, folio="S-2026-000002-B", **shown)
    requests(lamp, at("2026-10-07"), folio="S-2026-000003-C", **PLACE, **SECRET)


def text(client, address: str) -> str:
    answer = client.get(HERE + address)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "address",
    ["solicitudes/", "solicitudes/S-2026-000001-A/", "solicitudes/datos.csv", "solicitudes/novedades.rss"],
)
def test_only_the_published_text_is_shown_anywhere(client, published, address) -> None:
    page = text(client, address)

    assert "Luminaria apagada" in page
    for hidden in ("Los Aromos", "Rosa", "S-2026-000003-C", "71.61234", "33.04567"):
        assert hidden not in page


def test_what_is_not_published_does_not_exist(client, published) -> None:
    assert client.get(HERE + "solicitudes/S-2026-000003-C/").status_code == 404
    assert client.get("/m/otra-comuna/solicitudes/S-2026-000001-A/").status_code == 404


def test_the_list_filters_by_state_and_category(client, published) -> None:
    open_ones = text(client, "solicitudes/?estado=abierta&materia=luminaria")

    assert "S-2026-000001-A" in open_ones
    assert "S-2026-000002-B" not in open_ones
    assert "No hay solicitudes publicadas" in text(client, "solicitudes/?materia=basura")


@pytest.mark.parametrize("many", [1, 3, 50])
def test_the_list_costs_the_same_however_many_are_published(
    client, categories, django_assert_max_num_queries, many
) -> None:
    requests(categories["lamp"], at("2026-10-05"), many=many, is_public=True, **PLACE)

    with django_assert_max_num_queries(8):
        client.get(HERE + "solicitudes/")


def test_the_file_has_the_columns_of_georeport_bulk(client, published) -> None:
    rows = list(csv.DictReader(io.StringIO(text(client, "solicitudes/datos.csv"))))

    assert list(rows[0]) == list(COLUMNS)
    assert [row["status"] for row in rows] == ["closed", "open"]
    assert (rows[1]["lat"], rows[1]["long"], rows[1]["address"]) == ("-33.046", "-71.612", "")
    assert rows[1]["requested_datetime"] == "2026-10-05T12:00:00-03:00"
    assert rows[0]["closed_date"] == rows[0]["updated_datetime"] == "2026-10-09T12:00:00-03:00"


def test_a_long_file_is_read_in_chunks_without_losing_a_row(client, categories, monkeypatch) -> None:
    monkeypatch.setattr("cabildo.tickets.queries.public.CHUNK", 4)
    made = requests(categories["lamp"], at("2026-10-05"), many=10, is_public=True)

    rows = list(csv.DictReader(io.StringIO(text(client, "solicitudes/datos.csv"))))

    assert sorted(row["service_request_id"] for row in rows) == sorted(ticket.folio for ticket in made)


def test_the_feed_is_rss_with_absolute_links(client, published) -> None:
    channel = ET.fromstring(text(client, "solicitudes/novedades.rss")).find("channel")  # noqa: S314

    links = [item.findtext("link") for item in channel.iter("item")]
    assert links == [
        f"http://testserver{HERE}solicitudes/S-2026-000002-B/",
        f"http://testserver{HERE}solicitudes/S-2026-000001-A/",
    ]


def test_from_afar_the_map_counts_squares_and_from_near_it_shows_requests(client, published) -> None:
    refresh_cells()

    afar = client.get(f"{HERE}solicitudes/mapa.json?bbox={AROUND}&zoom=12").json()
    near = client.get(f"{HERE}solicitudes/mapa.json?bbox={AROUND}&zoom=17").json()

    assert [cell["count"] for cell in afar["cells"]] == [2]
    assert {(point["lat"], point["lon"]) for point in near["points"]} == {(-33.046, -71.612)}
    assert near["points"][0]["url"] == f"{HERE}solicitudes/S-2026-000002-B/"


def test_from_near_too_more_than_a_hundred_in_sight_are_counted(client, published, categories) -> None:
    more = requests(categories["rubbish"], at("2026-10-05"), many=99, is_public=True, **PLACE)
    refresh_cells()
    near = f"{HERE}solicitudes/mapa.json?bbox={AROUND}&zoom=18"

    assert [cell["count"] for cell in client.get(near).json()["cells"]] == [101]
    assert len(client.get(f"{near}&materia=basura").json()["points"]) == len(more)
    assert len(client.get(f"{near}&estado=cerrada").json()["points"]) == 1


def test_from_near_a_sector_is_shown_request_by_request(client, published, categories, monkeypatch) -> None:
    refresh_cells()
    monkeypatch.setattr("cabildo.tickets.queries.public.MOST_POINTS", 1)
    values = {"materia": "", "estado": "", "sector": "norte"}

    assert public.spots(Box(-71.62, -33.05, -71.60, -33.04), 17, values) == ([], [])
    assert public.spots(Box(-71.62, -33.05, -71.60, -33.04), 17, {**values, "sector": ""}).squares[0].total == 2


def test_no_square_is_finer_than_a_published_place() -> None:
    assert 1 / cells.squares_per_degree(cells.NEAREST) > cells.STEP


def test_the_squares_follow_the_filters(client, published) -> None:
    refresh_cells()

    def count(query: str) -> list[int]:
        address = f"{HERE}solicitudes/mapa.json?bbox={AROUND}&zoom=10&{query}"
        return [cell["count"] for cell in client.get(address).json()["cells"]]

    assert (count("estado=abierta"), count("materia=basura"), count("materia=luminaria")) == ([1], [], [2])


@pytest.mark.parametrize(
    "query", ["", "bbox=1,2,3&zoom=9", "bbox=a,b,c,d&zoom=9", "bbox=nan,0,1,1&zoom=9", "bbox=0,0,1,1"]
)
def test_a_map_that_asks_nonsense_is_told_what_to_ask(client, puerto_claro, query) -> None:
    assert client.get(f"{HERE}solicitudes/mapa.json?{query}").status_code == 400


def test_a_box_beyond_the_world_is_harmless(client, published) -> None:
    assert client.get(f"{HERE}solicitudes/mapa.json?bbox=-1e300,-inf,1e300,inf&zoom=12").status_code == 200


def test_asking_for_ever_smaller_boxes_finds_nothing_finer(client, published) -> None:
    def seen(west: float) -> int:
        box = f"{west},-33.04568,{west + 0.00001},-33.04566"
        return len(client.get(f"{HERE}solicitudes/mapa.json?bbox={box}&zoom=19").json()["points"])

    assert [seen(west) for west in (-71.61240, -71.61236, -71.61200, -71.61160)] == [2, 2, 2, 2]
    assert seen(-71.61140) == 0


def test_counting_the_squares_again_changes_only_what_changed(published, categories, otra_comuna) -> None:
    zooms = 2 * (cells.NEAREST - cells.FARTHEST + 1)  # the square of its category, and that of all

    assert (refresh_cells(), refresh_cells()) == (zooms, 0)
    requests(categories["lamp"], at("2026-10-08"), is_public=True, **PLACE)
    assert refresh_cells() == zooms
    assert set(TicketCell.objects.values_list("open_count", "closed_count")) == {(2, 1)}
    with in_municipality(otra_comuna):
        assert refresh_cells() == 0


def test_squares_of_what_is_no_longer_published_go_away(published, categories) -> None:
    refresh_cells()
    Ticket.objects.update(is_public=False)
    refresh_cells()

    assert not TicketCell.objects.exists()


def test_a_square_holds_four_of_the_next_zoom() -> None:
    assert cells.coarser({((4, -6), "a"): (1, 0), ((5, -5), "a"): (2, 1)}) == {((2, -3), "a"): (3, 1)}


def test_a_snapped_box_holds_the_box() -> None:
    box = Box(-71.61236, -33.04568, -71.61235, -33.04566)
    grown = cells.snapped(box)

    assert grown.west <= box.west < box.east <= grown.east
    assert round(grown.east - grown.west, 9) == 0.001


@time_machine.travel(at("2026-11-21"))
def test_the_figures_page_says_its_sentence_and_withholds_small_counts(client, categories) -> None:
    answered(categories["lamp"], at("2026-10-05"), 3, many=40)
    answered(categories["rubbish"], at("2026-10-05"), 3, many=30)
    requests(categories["rubbish"], at("2026-10-05"), many=3)

    page = text(client, "cifras/")

    assert "Recibimos 73 solicitudes entre el 1 nov 2025 y el 31 oct 2026." in page
    assert "reservado" in page
    assert "<svg" in page


@time_machine.travel(at("2026-11-21"))
def test_the_file_of_figures_withholds_what_the_page_withholds(client, categories) -> None:
    answered(categories["lamp"], at("2026-10-05"), 3, many=40)
    answered(categories["rubbish"], at("2026-10-05"), 3, many=30)
    requests(categories["rubbish"], at("2026-10-05"), many=3)

    rows = list(csv.DictReader(io.StringIO(text(client, "cifras/datos.csv"))))

    aseo = next(row for row in rows if row["valor"] == "Dirección de Aseo y Ornato")
    assert aseo["sin_respuesta"] == ""
    assert "3" not in {row["sin_respuesta"] for row in rows}


def test_without_requests_the_figures_page_says_so(client, puerto_claro) -> None:
    assert "no recibimos solicitudes" in text(client, "cifras/")


@pytest.mark.parametrize("many", [1, 50])
def test_the_figures_page_costs_the_same_however_many(client, categories, django_assert_num_queries, many) -> None:
    answered(categories["lamp"], at("2026-10-05"), 3, many=many)

    with time_machine.travel(at("2026-11-21")), django_assert_num_queries(11):
        client.get(HERE + "cifras/")


def test_the_portal_leads_to_figures_and_public_requests(client, puerto_claro) -> None:
    page = text(client, "")

    assert f'href="{HERE}cifras/"' in page
    assert f'href="{HERE}solicitudes/"' in page


def test_the_clock_counts_the_squares_of_every_municipality(published, otra_comuna, run_jobs) -> None:
    refresh_maps.func()

    assert run_jobs() == 2
    assert TicketCell.objects.filter(zoom=cells.NEAREST, category=None).count() == 1


def test_without_areas_the_map_opens_where_most_published_requests_are(client, published, categories) -> None:
    assert client.get(HERE + "solicitudes/").context["map_data"]["zoom"] == 5
    requests(categories["lamp"], at("2026-10-07"), many=1, is_public=True, latitude=-20.0, longitude=-70.0)
    refresh_cells()

    opened = client.get(HERE + "solicitudes/").context["map_data"]

    assert opened["center"] == pytest.approx([PLACE["latitude"], PLACE["longitude"]], abs=0.3)
    assert opened["zoom"] == 11


def test_where_nothing_has_come_in_for_a_year_the_figures_are_of_its_last_months(client, categories) -> None:
    with time_machine.travel("2026-11-21T12:00-03:00", tick=False):
        requests(categories["lamp"], at("2018-05-10"), many=12)
        old = client.get(HERE + "cifras/").context["chosen"]
        requests(categories["lamp"], at("2026-10-05"))
        usual = client.get(HERE + "cifras/").context["chosen"]

    assert (str(old.period.since), str(old.period.until), old.others) == ("2017-06-01", "2018-05-31", [])
    assert (usual.code, [code for code, _label in usual.others]) == ("12-meses", ["mes-pasado"])
