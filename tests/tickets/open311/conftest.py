"""A municipality open to other systems: two lamps and a heap of rubbish, one client that may do all, its key."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from cabildo import audit
from cabildo.tickets.actions.clients import Issued, create_client
from cabildo.tickets.models import Category, Ticket

HERE = "/m/puerto-claro/open311/v2/"
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
QUESTIONS = [
    {
        "id": "falla",
        "label": "¿Qué le pasa al foco?",
        "type": "single",
        "required": True,
        "options": [{"id": "apagado", "label": "Está apagado"}, {"id": "debil", "label": "Alumbra poco"}],
    },
    {
        "id": "desde",
        "label": "¿Desde qué día?",
        "type": "date",
        "visible_if": {"question": "falla", "equals": "apagado"},
    },
    {"id": "placa", "label": "¿Qué número tiene la placa?", "type": "text", "help": "Si la ve."},
]


def photo(name: str = "foco.png") -> ContentFile:
    out = BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    return ContentFile(out.getvalue(), name=name)


@pytest.fixture(autouse=True)
def _on_that_day(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lamp(categories) -> Category:
    """A category with questions that publishes what is written."""
    lamp = categories["lamp"]
    lamp.publishes_text = True
    lamp.definition = {
        "help": "Una luminaria que no funciona.",
        "keywords": ["foco", "luz"],
        "kinds": ["reclamo", "solicitud"],
        "location": "required",
        "questions": QUESTIONS,
    }
    lamp.save()
    return lamp


@pytest.fixture
def make_ticket(puerto_claro, lamp):
    """A request already in the hands of its department, published unless said otherwise."""

    def make(number: int, **more) -> Ticket:
        from cabildo.tickets.rules.folio import folio

        days = more.pop("days_ago", 1)
        facts = {
            "municipality": puerto_claro,
            "folio": folio(2026, number),
            "kind": "reclamo",
            "category": lamp,
            "channel": "web",
            "state": "derived",
            "department": lamp.department,
            "text": "Soy Rosa Pérez, del 9 8765 4321: el foco no prende.",
            "public_text": "El foco no prende.",
            "is_public": True,
            "latitude": -33.041234,
            "longitude": -71.629876,
            "place": "Los Aromos 120, casa de Rosa",
            "received_at": NOW - timedelta(days=days),
            "legal_due_on": date(2026, 12, 22),
            "answers": [],
        }
        return Ticket.objects.create(**{**facts, **more})

    return make


@pytest.fixture
def issued(puerto_claro) -> Issued:
    return create_client(
        by=audit.SYSTEM, name="App Vecina", contact="app@ejemplo.cl", may_read=True, may_write=True, may_update=True
    )


@pytest.fixture
def ask(client: Client, puerto_claro):
    """GET inside the municipality, given the rest of the address."""

    def get(address: str, **parameters: object):
        return client.get(HERE + address, parameters)

    return get


@pytest.fixture
def report(client: Client, issued, lamp):
    """POST a good request with these changes; None takes a parameter away."""

    def post(fmt: str = "json", **changes: object):
        good = {
            "api_key": issued.key,
            "service_code": lamp.code,
            "lat": "-33.0412",
            "long": "-71.6298",
            "description": "El foco de la esquina no prende desde el lunes.",
            "attribute[falla]": "apagado",
        }
        sent = {name: value for name, value in {**good, **changes}.items() if value is not None}
        return client.post(f"{HERE}requests.{fmt}", sent)

    return post
