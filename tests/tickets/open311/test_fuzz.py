"""Hostile input at the Open311 door: always an answer in its own words, never a failure."""

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import HERE

pytestmark = pytest.mark.fuzz

READ = [
    "service_request_id",
    "service_code",
    "start_date",
    "end_date",
    "status",
    "page",
    "page_size",
    "bbox",
    "lat",
    "long",
    "radius",
    "updated_after",
    "updated_before",
    "extensions",
    "jurisdiction_id",
    "api_key",
]
WRITTEN = [
    "service_code",
    "lat",
    "long",
    "address_string",
    "description",
    "email",
    "first_name",
    "phone",
    "media_url",
    "external_id",
    "attribute[falla]",
    "attribute[desde]",
    "attribute[placa]",
    "attribute[]",
]
HOSTILE = st.one_of(
    st.sampled_from(
        ["", "\x00", "'--", "1e309", "nan", "-inf", "9" * 40, "0001-01-01T00:00:00+14:00", "9999-12-31", "٣", "open"]
    ),
    st.text(max_size=40),
    st.text(alphabet=string.digits + "-:TZ+.,", max_size=30),
)
ONE_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@given(parameters=st.dictionaries(st.sampled_from(READ), HOSTILE, max_size=6), fmt=st.sampled_from(["xml", "json"]))
@ONE_FIXTURE
def test_no_search_fails(ask, puerto_claro, parameters, fmt) -> None:
    assert ask(f"requests.{fmt}", **parameters).status_code in (200, 400, 403, 404)


@given(changes=st.dictionaries(st.sampled_from(WRITTEN), HOSTILE, max_size=5))
@ONE_FIXTURE
def test_no_request_sent_fails(report, issued, changes) -> None:
    type(issued.client).objects.update(calls=0)

    assert report(**changes).status_code in (200, 400, 404)


@given(folio=st.text(alphabet=string.printable.replace("/", "").replace("?", "").replace("#", ""), max_size=30))
@ONE_FIXTURE
def test_no_folio_or_token_fails(client, puerto_claro, folio) -> None:
    from urllib.parse import quote

    statuses = {client.get(f"{HERE}{what}/{quote(folio)}.json").status_code for what in ("requests", "tokens")}

    assert statuses == {404}
