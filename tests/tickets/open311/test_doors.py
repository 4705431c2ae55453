"""Which municipality answers at an address, and what an address that leads nowhere says."""

import pytest

from tickets.open311.conftest import HERE

BEFORE_OPENING = [f"{HERE}services.json", "/open311/v2/services.json?jurisdiction_id=puerto-claro"]


@pytest.fixture
def unopened(puerto_claro) -> None:
    puerto_claro.opened_at = None
    puerto_claro.save()


@pytest.mark.parametrize("address", BEFORE_OPENING, ids=["its own address", "the installation's"])
def test_before_it_opens_a_municipality_answers_no_system(client, lamp, unopened, address) -> None:
    answer = client.get(address)

    assert (answer.status_code, [error["code"] for error in answer.json()]) == (403, [403])
    assert "no abre" in answer.json()[0]["description"]


@pytest.mark.parametrize("address", BEFORE_OPENING, ids=["its own address", "the installation's"])
def test_before_it_opens_not_even_a_good_key_brings_a_request_in(client, issued, lamp, unopened, address) -> None:
    sent = {"api_key": issued.key, "service_code": "luminaria", "lat": "-33.04", "long": "-71.62"}

    answer = client.post(address.replace("services", "requests"), sent)

    assert (answer.status_code, lamp.tickets.count()) == (403, 0)


def test_its_officials_see_it_at_its_own_address_while_they_prepare_it(as_user, admin, lamp, unopened) -> None:
    assert [as_user(admin).get(address).status_code for address in BEFORE_OPENING] == [200, 403]


def test_the_installation_announces_only_municipalities_that_have_opened(client, unopened, otra_comuna) -> None:
    places = [endpoint["url"] for endpoint in client.get("/open311/v2/discovery.json").json()["endpoints"]]

    assert [place.partition("/m/")[2] for place in places] == ["otra-comuna/open311/v2"]


@pytest.mark.parametrize(
    "address",
    ["/m/nadie/open311/v2/services", "/m/nadie/open311/v2/nada", f"{HERE}nada", "/open311/v2/nada"],
)
def test_an_address_that_leads_nowhere_answers_the_error_list_in_its_format(client, puerto_claro, address) -> None:
    as_json, as_xml = client.get(f"{address}.json"), client.get(f"{address}.xml")

    assert (as_json.status_code, [error["code"] for error in as_json.json()]) == (404, [404])
    assert (as_xml.status_code, as_xml.text.count("<code>404</code>")) == (404, 1)
    assert as_xml["Content-Type"] == "text/xml; charset=utf-8"


def test_any_other_address_that_leads_nowhere_is_a_page(client, puerto_claro) -> None:
    assert [client.get(path)["Content-Type"] for path in ("/m/nadie/datos.json", "/m/nadie/open311/v2/")] == [
        "text/html; charset=utf-8",
        "text/html; charset=utf-8",
    ]
