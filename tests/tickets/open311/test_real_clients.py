"""The libraries that people use, against a server that listens: `georeport` reads, `three` writes."""

import itertools
import warnings

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from georeport import GeoReport

from cabildo.documents.models import Document
from cabildo.tickets.models import Ticket

from .conftest import photo

JURISDICTION = "puerto-claro"


@pytest.fixture
def server(live_server, settings) -> str:
    settings.BASE_ADDRESS = live_server.url
    return live_server.url


@pytest.fixture
def georeport(server):
    def client(fmt: str, **more) -> GeoReport:
        return GeoReport(f"{server}/m/{JURISDICTION}/open311/v2", output_format=fmt, **more)

    return client


@pytest.fixture
def three(server, issued, monkeypatch):
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)  # the library was born in Python 2
    with warnings.catch_warnings(action="ignore"):
        from three import Three

    client = Three(f"{server}/open311/v2/", jurisdiction=JURISDICTION, api_key=issued.key)
    yield client
    client.session.close()


@pytest.mark.parametrize("fmt", ["json", "xml"])
def test_georeport_reads_services_and_requests(georeport, make_ticket, fmt: str) -> None:
    first, second = make_ticket(1, days_ago=1), make_ticket(2, days_ago=2)
    city = georeport(fmt)

    assert [service["service_code"] for service in city.get_service_list()] == ["luminaria", "basura"]
    assert city.get_service_definition("luminaria")["service_code"] == "luminaria"
    found = city.get_service_requests(start_date="2026-11-01T00:00:00Z", status="open")
    assert [request["service_request_id"] for request in found] == [first.folio, second.folio]
    assert city.get_service_request(first.folio)["agency_responsible"] == "Dirección de Obras"


def test_georeport_reads_at_the_installation_with_a_jurisdiction(server, make_ticket) -> None:
    make_ticket(1)
    city = GeoReport(f"{server}/open311/v2", jurisdiction=JURISDICTION)

    assert len(city.get_service_requests()) == 1


def test_three_reads_discovery_services_and_requests(three, make_ticket) -> None:
    ticket = make_ticket(1)

    assert three.discovery()["endpoints"][0]["url"].endswith("/m/puerto-claro/open311/v2")
    assert three.services("luminaria")["attributes"][0]["code"] == "falla"
    found = three.requests("luminaria", start="11-01-2026", end="11-20-2026", count=5)
    assert [request["service_request_id"] for request in found] == [ticket.folio]
    assert three.request(ticket.folio)[0]["status"] == "open"


def test_three_sends_a_request_with_its_photo(three, lamp) -> None:
    picture = SimpleUploadedFile("foco.png", photo().read())

    answer = three.post(
        "luminaria",
        address="Los Aromos 120",
        name="Rosa Pérez",
        email="rosa@ejemplo.cl",
        description="El foco no prende.",
        media=picture,
        **{"attribute[falla]": "apagado"},
    )

    ticket = Ticket.objects.get()
    assert answer[0]["service_request_id"] == ticket.folio
    assert (ticket.requester.name, Document.objects.get().owner_id) == ("Rosa Pérez", str(ticket.pk))


def test_three_gets_a_token_and_later_its_folio(three, lamp, obras) -> None:
    lamp.department = None
    lamp.save()
    token = three.post("luminaria", lat="-33.04", long="-71.63", **{"attribute[falla]": "apagado"})[0]["token"]

    Ticket.objects.update(department=obras, state="derived")

    assert three.token(token)[0]["service_request_id"] == Ticket.objects.get().folio


def test_three_is_told_what_is_wrong(three, lamp) -> None:
    answer = three.post("luminaria", description="<b>Foco</b>")

    assert [error["code"] for error in answer] == [400, 400, 400]
