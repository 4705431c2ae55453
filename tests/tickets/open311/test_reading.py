"""What other systems read, against documents kept beside this file."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.documents.actions import store_upload
from cabildo.documents.choices import Visibility
from cabildo.tickets.models import Ticket

from .conftest import HERE, NOW, photo

GOLDEN = Path(__file__).parent / "golden"
TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
LONG_AGO = {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"}

# document kept -> address, parameters, status
KEPT = {
    "discovery": ("discovery", {}, 200),
    "services": ("services", {}, 200),
    "definition": ("services/luminaria", {}, 200),
    "empty": ("requests", {"service_code": "basura"}, 200),
    "one": ("requests", {}, 200),
    "one_extended": ("requests", {"extensions": "true"}, 200),
    "several_errors": ("requests", {"status": "abierta", "page": "0", "bbox": "1,2,3", "lat": "91"}, 400),
    "over_90_days": ("requests", LONG_AGO, 400),
    "no_key": ("servicerequestupdates", {}, 403),
    "unknown_request": ("requests/S-2026-000099-X", {}, 404),
    "unknown_jurisdiction": ("services", {"jurisdiction_id": "otra-comuna"}, 404),
}


def folios(answer) -> list[str]:
    return [request["service_request_id"] for request in answer.json()]


@pytest.mark.parametrize("fmt", ["xml", "json"])
@pytest.mark.parametrize("document", KEPT)
def test_each_answer_is_the_document_kept(ask, make_ticket, fmt: str, document: str) -> None:
    address, parameters, status = KEPT[document]
    make_ticket(1, answers=[{"id": "falla", "label": "¿Qué le pasa?", "value": "apagado", "shown": "Está apagado"}])

    answer = ask(f"{address}.{fmt}", **parameters)

    assert answer.text == (GOLDEN / f"{document}.{fmt}").read_text(encoding="utf-8")
    assert (answer.status_code, answer["Content-Type"]) == (status, TYPES[fmt])


def test_at_most_a_thousand_rows_are_given_at_once(ask, make_ticket) -> None:
    first = make_ticket(1)
    rows = [Ticket(**{**_columns(first), "folio": f"S-2026-1{number:05d}-A"}) for number in range(1000)]
    Ticket.objects.bulk_create(rows)

    answer = ask("requests.json")

    assert len(answer.json()) == 1000
    assert answer["Link"].endswith('/open311/v2/requests.json?page=2>; rel="next"')
    assert len(ask("requests.json", page="2").json()) == 1


def _columns(ticket: Ticket) -> dict:
    return {f.attname: getattr(ticket, f.attname) for f in Ticket._meta.concrete_fields if not f.primary_key}


def test_without_dates_only_the_last_90_days_are_given(ask, make_ticket) -> None:
    recent, _old = make_ticket(1, days_ago=89), make_ticket(2, days_ago=91)

    assert folios(ask("requests.json")) == [recent.folio]


def test_an_old_request_is_found_by_its_folio_whatever_else_is_asked(ask, make_ticket) -> None:
    old = make_ticket(2, days_ago=400)

    assert folios(ask("requests.json", service_request_id=old.folio, status="closed")) == [old.folio]
    assert folios(ask(f"requests/{old.folio}.json")) == [old.folio]


def test_an_old_request_that_changed_is_found_by_when_it_changed(ask, make_ticket) -> None:
    changed, still = make_ticket(1, days_ago=400), make_ticket(2, days_ago=400)
    Ticket.objects.filter(pk=still.pk).update(updated_at=NOW - timedelta(days=80))

    found = ask("requests.json", updated_after="2026-11-01T00:00:00Z")

    assert folios(found) == [changed.folio]


def test_an_empty_parameter_is_as_if_it_had_not_come(ask, make_ticket) -> None:
    make_ticket(1)

    assert len(ask("requests.json", status="", start_date=" ", page="", jurisdiction_id="").json()) == 1


def test_status_and_several_services_narrow_the_search(ask, make_ticket, categories) -> None:
    closed = {"state": "closed", "outcome": "resolved", "closed_at": NOW}
    open_lamp, closed_lamp = make_ticket(1), make_ticket(2, **closed)
    rubbish = make_ticket(3, category=categories["rubbish"], **closed)

    assert folios(ask("requests.json", status="open")) == [open_lamp.folio]
    assert set(folios(ask("requests.json", status="closed", service_code="luminaria,basura"))) == {
        closed_lamp.folio,
        rubbish.folio,
    }


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"bbox": "-71.7,-33.1,-71.6,-33.0"}, True),
        ({"bbox": "-70.7,-33.1,-70.6,-33.0"}, False),
        ({"lat": "-33.042", "long": "-71.63", "radius": "200"}, True),
        ({"lat": "-33.05", "long": "-71.63", "radius": "200"}, False),
    ],
)
def test_requests_are_found_by_place(ask, make_ticket, parameters, expected: bool) -> None:
    make_ticket(1)

    assert bool(ask("requests.json", **parameters).json()) is expected


def test_ever_smaller_circles_never_tell_a_place_finer_than_it_is_published(ask, make_ticket) -> None:
    make_ticket(1)  # at -33.041234, -71.629876; published as -33.041, -71.63

    at_the_house = ask("requests.json", lat="-33.041234", long="-71.629876", radius="10").json()
    at_the_published_point = ask("requests.json", lat="-33.041", long="-71.63", radius="10").json()

    assert (len(at_the_house), len(at_the_published_point)) == (0, 1)


def test_nothing_private_is_ever_given(ask, make_ticket) -> None:
    make_ticket(1, answers=[{"id": "placa", "label": "Placa", "value": "Rosa", "shown": "Rosa"}])
    make_ticket(2, is_public=False, public_text="Secreto")
    make_ticket(3, is_reserved=True, public_text="Secreto")

    seen = ask("requests.json", extensions="true").text + ask("requests.xml", extensions="true").text

    assert [word for word in ("Rosa", "8765", "Aromos", "Secreto", "041234") if word in seen] == []


def test_the_requests_of_another_municipality_are_never_given(ask, make_ticket, otra_comuna) -> None:
    here, there = make_ticket(1), make_ticket(2)
    Ticket.objects.filter(pk=there.pk).update(municipality=otra_comuna)

    assert folios(ask("requests.json", service_request_id=f"{here.folio},{there.folio}")) == [here.folio]
    assert ask(f"requests/{there.folio}.json").status_code == 404


def test_at_the_installation_the_jurisdiction_must_be_said(client, make_ticket, otra_comuna) -> None:
    make_ticket(1)
    base = "/open311/v2/requests.json"

    answers = [client.get(base + query) for query in ("", "?jurisdiction_id=nadie", "?jurisdiction_id=otra-comuna")]

    assert [answer.status_code for answer in answers] == [400, 404, 200]
    assert answers[2].json() == []
    assert len(client.get(f"{base}?jurisdiction_id=puerto-claro").json()) == 1


def test_the_published_photo_of_a_request_is_its_media(ask, make_ticket, lamp) -> None:
    lamp.publishes_photo = True
    lamp.save()
    kept = store_upload(photo(), owner=make_ticket(1), kind="photo", visibility=Visibility.PUBLIC, by=None)

    assert ask("requests.json").json()[0]["media_url"].endswith(f"/m/puerto-claro/documentos/{kept.public_id}/")


@pytest.mark.parametrize("extensions", ["false", "true"])
def test_a_search_costs_the_same_queries_for_one_and_for_three(ask, make_ticket, extensions: str) -> None:
    costs = []
    for number in (1, 2, 3):
        make_ticket(number)
        with CaptureQueriesContext(connection) as made:
            ask("requests.json", extensions=extensions)
        costs.append(len(made))

    assert costs[0] == costs[2] <= 7


def test_anyone_may_read_from_a_web_page_and_no_cookie_is_set(ask) -> None:
    answer = ask("services.json")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies


def test_an_unknown_method_is_refused_in_words(client, puerto_claro) -> None:
    answer = client.put(f"{HERE}requests.json")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")
