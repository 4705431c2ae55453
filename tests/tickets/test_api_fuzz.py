"""Generated calls to every operation of the JSON interface: answers as declared, never a failure."""

import json

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from cabildo import audit
from cabildo.tickets.actions.clients import create_client
from cabildo.tickets.actions.intake import Intake, receive
from cabildo.tickets.api import api
from cabildo.tickets.models import ApiClient, Ticket

pytestmark = pytest.mark.fuzz

PREFIX = "/m/puerto-claro/api/v1/"
DESCRIPTION = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX))))
OPERATIONS = [found.ok() for found in DESCRIPTION.get_all_operations()]


@pytest.fixture
def caller(as_user, oficina, categories) -> Client:
    """Session and key at once, and a request to be found."""
    receive(Intake(category=categories["lamp"], kind="reclamo", text="El foco", channel="web"), by=None)
    issued = create_client(by=audit.SYSTEM, name="Fuzz", contact="fuzz@ejemplo.cl", per_minute=6000)
    browser = as_user(oficina)
    browser.defaults["HTTP_X_API_KEY"] = issued.key
    return browser


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
@given(data=st.data())
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_no_generated_call_fails(caller, operation, mode, data) -> None:
    case = data.draw(operation.as_strategy(generation_mode=mode))
    real = data.draw(st.booleans())
    path = operation.path.format(folio=Ticket.objects.get().folio) if real else case.formatted_path
    ApiClient.objects.update(calls=0)
    Ticket.objects.update(version=1)

    sent = case.as_transport_kwargs(base_url="http://testserver")
    answer = caller.generic(
        case.method,
        path,
        data=sent.get("data") or json.dumps(sent.get("json")),
        content_type="application/json",
        query_params=sent.get("params"),
    )

    assert str(answer.status_code) in operation.definition.raw["responses"]
