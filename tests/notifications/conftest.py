from collections.abc import Iterator
from pathlib import Path

import pytest

from cabildo.accounts.models import Municipality
from cabildo.notifications import actions, templates
from cabildo.notifications.choices import Security
from cabildo.notifications.models import MailServer, Message
from cabildo.notifications.templates import MailTemplate
from notifications.server import Post, smtp_server

RECEIPT = MailTemplate(
    "notifications.receipt", "Recibimos {{ what }}", "notifications/receipt.txt", "Recibo, a quien pide"
)
ROSA = "rosa@ejemplo.cl"


@pytest.fixture(autouse=True)
def _receipt(settings, monkeypatch) -> None:
    """A template as an upper app would register it."""
    here = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [here]}]
    monkeypatch.setattr(templates, "_templates", {})
    templates.register(RECEIPT)


@pytest.fixture
def post() -> Iterator[Post]:
    with smtp_server() as handler:
        yield handler


@pytest.fixture
def mail(puerto_claro, post) -> MailServer:
    """Puerto Claro sends through the server of the test."""
    return MailServer.objects.create(
        municipality=puerto_claro,
        host="127.0.0.1",
        port=post.port,
        security=Security.NONE,
        from_address="avisos@puertoclaro.cl",
        reply_to="oirs@puertoclaro.cl",
        incoming_address="solicitudes@puertoclaro.cl",
    )


@pytest.fixture
def write(puerto_claro: Municipality):
    """Writes a receipt; only the first message of those written."""

    def act(to=ROSA, key: str = "receipt:1", what: str = "su solicitud", **more) -> Message:
        return actions.notify("notifications.receipt", to, {"what": what}, key, **more)[0]

    return act
