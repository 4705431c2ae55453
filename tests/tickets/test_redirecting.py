"""What belongs to another regime is noted for the office where nobody told the person."""

import pytest

from cabildo import audit
from cabildo.tickets import redirects
from cabildo.tickets.actions import intake
from cabildo.tickets.models import TicketEvent

LAW = {
    "id": "acceso_informacion",
    "label": "Acceso a la información",
    "norm": "Ley 20.285",
    "keywords": ("copia del decreto",),
}


@pytest.fixture(autouse=True)
def _one_regime(monkeypatch) -> None:
    monkeypatch.setattr(redirects.packs, "bodies_in_use", lambda *_asked: [{"redirects": [LAW]}])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("channel", "noted"), [("mail", True), ("counter", True), ("paper", True), ("social", True), ("web", False)]
)
def test_it_is_noted_in_every_channel_but_the_portal(categories, channel: str, noted: bool) -> None:
    asked = intake.Intake(
        category=categories["lamp"], kind="solicitud", text="Quiero COPIA del decreto 12", channel=channel
    )

    ticket = intake.receive(asked, by=audit.SYSTEM).ticket

    notes = TicketEvent.objects.filter(ticket=ticket, kind="note")
    assert notes.exists() is noted
    assert all("Ley 20.285" in note.words and not note.is_public for note in notes)


@pytest.mark.django_db
def test_an_ordinary_request_is_not_noted(categories) -> None:
    asked = intake.Intake(category=categories["lamp"], kind="reclamo", text="Poste apagado", channel="counter")

    intake.receive(asked, by=audit.SYSTEM)

    assert not TicketEvent.objects.filter(kind="note").exists()
