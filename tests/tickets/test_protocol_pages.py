"""Protocols in the browser: where they show, who writes, who approves, who says to know them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.tickets.inner_world import DESK, adopt_national_tree, protocol_in_force

from cabildo.tickets.actions import protocols
from cabildo.tickets.choices import ProtocolState
from cabildo.tickets.models import Protocol, ProtocolAcknowledgement

LIST = f"{DESK}protocolos/"
WRITTEN = {"title": "Al teléfono", "step": "intake", "body": "Diga su nombre.", "review_months": "12"}


def test_a_department_writes_and_its_head_approves(as_user, diego, carmen, obras) -> None:
    writer = as_user(diego)
    saved = writer.post(f"{LIST}escribir/", {**WRITTEN, "department": obras.pk})
    assert saved.status_code == 302, saved.context["form"].errors
    protocol = Protocol.objects.get()
    writer.post(f"{LIST}{protocol.pk}/enviar/")

    assert writer.post(f"{LIST}{protocol.pk}/aprobar/").status_code == 403
    as_user(carmen).post(f"{LIST}{protocol.pk}/aprobar/")

    protocol.refresh_from_db()
    assert (protocol.state, protocol.approved_by) == (ProtocolState.APPROVED, carmen)


def test_another_department_s_protocol_is_read_and_not_changed(as_user, diego, aseo, carmen) -> None:
    draft = protocols.write(title="De Aseo", department=aseo, step="answer", body="Salude.", by=carmen)
    desk = as_user(diego)

    assert desk.get(f"{LIST}{draft.pk}/").status_code == 200
    assert desk.get(f"{LIST}{draft.pk}/editar/").status_code == 403


def test_it_shows_at_the_step_and_is_acknowledged_there(as_user, receive, diego, carmen, obras) -> None:
    protocol = protocol_in_force(obras, carmen)
    ticket, desk = receive(), as_user(diego)
    step = f"{DESK}solicitudes/{ticket.folio}/paso/responder/"
    assert "Empiece por lo que se hizo." in desk.get(step).content.decode()

    back = desk.post(f"{LIST}{protocol.pk}/conocer/", {"next": step})

    assert back["Location"] == step
    assert ProtocolAcknowledgement.objects.get().user == diego
    assert "Usted tomó conocimiento" in desk.get(step).content.decode()


def test_htmx_gets_only_the_line_that_changes(as_user, diego, carmen, obras) -> None:
    protocol = protocol_in_force(obras, carmen)

    answer = as_user(diego).post(f"{LIST}{protocol.pk}/conocer/", headers={"HX-Request": "true"})

    assert answer.content.decode().strip().startswith(f'<div id="known-{protocol.pk}">')


def test_nobody_is_sent_to_another_site(as_user, diego, carmen, obras) -> None:
    protocol = protocol_in_force(obras, carmen)

    back = as_user(diego).post(f"{LIST}{protocol.pk}/conocer/", {"next": "https://ejemplo.com/"})

    assert back["Location"] == f"{LIST}{protocol.pk}/"


def test_the_counter_reads_its_protocol_while_registering(as_user, diego, carmen, obras, categories) -> None:
    protocol_in_force(obras, carmen, step="intake", channels=["phone"])
    desk = as_user(diego)

    assert "Empiece por" in desk.get(f"{DESK}solicitudes/ingresar/phone/luminaria/").content.decode()
    assert "Empiece por" not in desk.get(f"{DESK}solicitudes/ingresar/counter/luminaria/").content.decode()


def test_those_of_the_pack_are_brought_on_demand(as_user, puerto_claro, diego) -> None:
    adopt_national_tree(puerto_claro)
    Protocol.objects.all().delete()

    as_user(diego).post(f"{LIST}traer/")

    assert Protocol.objects.count() == 7


def test_the_record_of_one_in_force_shows_its_figures(as_user, receive, carmen, obras) -> None:
    receive()
    protocol = protocol_in_force(obras, carmen)

    shown = as_user(carmen).get(f"{LIST}{protocol.pk}/").content.decode()

    assert "0 de 1" in shown


@pytest.mark.django_db
def test_the_list_asks_the_same_number_of_questions_whatever_it_shows(as_user, carmen, obras) -> None:
    desk = as_user(carmen)
    protocol_in_force(obras, carmen)
    desk.get(LIST)
    with CaptureQueriesContext(connection) as one:
        desk.get(LIST)
    for number in range(2):
        protocol_in_force(obras, carmen, title=f"Otro {number}")
    with CaptureQueriesContext(connection) as three:
        desk.get(LIST)

    assert len(one) == len(three)


def test_a_protocol_says_where_it_applies_and_its_department_who_has_yet_to_read_it(
    as_user, carmen, diego, alcaldesa, categories
) -> None:
    shown = protocol_in_force(categories["lamp"].department, carmen, channels=["phone"], categories=["luminaria"])
    place = f"{DESK}protocolos/{shown.pk}/"

    page, elsewhere = (as_user(who).get(place).content.decode() for who in (carmen, alcaldesa))

    assert all(words in page for words in ("Teléfono", "Luminaria apagada", "Diego Soto", "por leer"))
    assert ("Luminaria apagada" in elsewhere, "Diego Soto" in elsewhere) == (True, False)
