"""Rosa asks in the portal; Diego answers; Rosa says how it went."""

import re

import pytest
from django.core import mail

from cabildo.tickets.models import Satisfaction, Ticket

TEXT = "El poste frente a mi casa está apagado hace una semana."


@pytest.fixture
def farola(categories):
    return categories["lamp"]


def ask(client, category, **contact) -> Ticket:
    """Walk the four steps of the portal as a neighbour does."""
    base = f"/m/puerto-claro/solicitudes/nueva/{category.code}/"
    details = client.post(base, {"kind": "reclamo", "text": TEXT})
    assert details.status_code == 302, details.context["form"].errors
    client.post(base + "lugar/", {"place": "Los Aromos 120"})
    sent = client.post(base + "enviar/", {"name": "Rosa Pérez", "email": "rosa@ejemplo.cl", **contact})
    assert "/comprobante/" in sent["Location"], sent.context["form"].errors
    return Ticket.objects.order_by("-pk").first()


@pytest.mark.django_db
def test_from_the_web_form_to_the_satisfaction_link(client, as_user, diego, farola, run_jobs) -> None:
    ticket = ask(client, farola)
    receipt = client.get("/m/puerto-claro/solicitudes/comprobante/").content.decode()
    secret = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", receipt)[0]
    assert ticket.folio in receipt

    found = client.post("/m/puerto-claro/seguimiento/", {"folio": ticket.folio, "secret": secret})
    tracking = client.get(found["Location"]).content.decode()
    assert "Dirección de Obras" in tracking

    desk = as_user(diego)
    base = f"/m/puerto-claro/mesa/solicitudes/{ticket.folio}/"
    assert ticket.folio in desk.get("/m/puerto-claro/mesa/").content.decode()
    desk.post(base + "paso/acusar/")
    ticket.refresh_from_db()
    answer = {"version": ticket.version, "outcome": "resolved", "text": "Cambiamos la luminaria el lunes."}
    answered = desk.post(base + "paso/responder/", answer)
    assert answered.status_code == 302

    run_jobs()
    link = re.search(r"/evaluacion/[\w-]+/", mail.outbox[-1].body)[0]
    rated = client.post("/m/puerto-claro" + link, {"solved": "yes", "grade": "6"})

    assert "Gracias" in rated.content.decode()
    assert Satisfaction.objects.get().grade == 6
