"""«Ya no la necesito»: a neighbour withdraws their own request from its page (Ley 19.880, art. 42)."""

import pytest
from django.core import mail
from tests.tickets.joining_world import PEDRO

from cabildo.audit.models import Entry
from cabildo.notifications.models import InboxItem
from cabildo.tickets import links
from cabildo.tickets.actions import adhering, answering, handling, merging
from cabildo.tickets.choices import Channel
from cabildo.tickets.models import Ticket, TicketEvent

BUTTON, ROSA = "Ya no la necesito", "rosa@ejemplo.cl"


def page(ticket: Ticket) -> str:
    return f"/m/puerto-claro/seguimiento/{links.tracking_token(ticket)}/"


def send(client, ticket: Ticket) -> str:
    return client.post(f"{page(ticket)}retirar/", follow=True).content.decode()


def again(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_it_asks_first_and_says_what_follows(client, receive) -> None:
    ticket = receive()

    assert f"{page(ticket)}retirar/" in client.get(page(ticket)).content.decode()
    asked = client.get(f"{page(ticket)}retirar/").content.decode()

    assert "nadie seguirá trabajando en ella ni le responderá" in asked
    assert again(ticket).is_open


def test_confirming_closes_it_with_the_reason_of_the_pack_and_tells_both(client, receive, diego, run_jobs) -> None:
    ticket = handling.acknowledge(receive(), by=diego)
    shown = send(client, ticket)
    run_jobs()

    event = TicketEvent.objects.get(ticket=ticket, kind="closed")
    assert (again(ticket).outcome, event.data["reason"]) == ("withdrawn", "withdrawn")
    assert "Listo: retiramos su solicitud" in shown
    assert BUTTON not in shown
    assert "El vecino retiró su solicitud" in InboxItem.objects.get(user=diego).message.subject
    assert any("la retiró en su página de seguimiento" in sent.body for sent in mail.outbox if sent.to == [ROSA])


def test_sent_twice_it_is_closed_and_told_once(client, receive, diego) -> None:
    ticket = handling.acknowledge(receive(), by=diego)
    send(client, ticket)
    shown = send(client, ticket)

    assert "alert is-error" not in shown
    assert TicketEvent.objects.filter(ticket=ticket, kind="closed").count() == 1
    assert InboxItem.objects.filter(user=diego).count() == 1


def test_the_folio_and_the_secret_lead_to_it(client, receive, categories) -> None:
    from cabildo.tickets.actions import intake

    asked = intake.Intake(category=categories["lamp"], kind="reclamo", text="Sigue apagado.", channel="web")
    received = intake.receive(asked, by=None)
    found = client.post("/m/puerto-claro/seguimiento/", {"folio": received.ticket.folio, "secret": received.secret})

    client.post(f"{found['Location']}retirar/")

    assert again(received.ticket).outcome == "withdrawn"


def test_an_answered_one_is_not_withdrawn(client, receive, diego) -> None:
    ticket = handling.acknowledge(receive(), by=diego)
    answering.answer(ticket, outcome="resolved", text="Cambiamos el foco.", by=diego)

    assert BUTTON not in client.get(page(ticket)).content.decode()
    assert "ya está cerrada" in client.get(f"{page(ticket)}retirar/").content.decode()
    assert "ya está cerrada" in send(client, ticket)
    assert again(ticket).outcome == "resolved"


def test_one_that_no_department_has_is_told_how(client, receive, categories) -> None:
    categories["lamp"].department = None
    categories["lamp"].save()
    ticket = receive()

    assert "Todavía no se define qué dirección responde" in send(client, ticket)
    assert again(ticket).state == "intake"


@pytest.mark.parametrize("joined", ["adhesion", "merge"])
def test_what_others_ask_too_goes_on_for_them(client, receive, oficina, joined) -> None:
    ticket = receive()
    if joined == "merge":
        merging.merge(receive(), into=ticket, by=oficina, reason="Es el mismo poste.")
    else:
        adhering.adhere(ticket, adhering.Joining(PEDRO, Channel.WEB), by=None)

    assert BUTTON not in client.get(page(ticket)).content.decode()
    assert "Otras personas esperan también esta respuesta" in send(client, ticket)
    assert again(ticket).is_open


def test_who_only_follows_it_does_not_keep_it_open(client, receive) -> None:
    ticket = receive()
    adhering.adhere(ticket, adhering.Joining(PEDRO, Channel.WEB, is_follower_only=True), by=None)
    send(client, ticket)

    assert again(ticket).outcome == "withdrawn"


def test_a_false_link_withdraws_nothing(client, receive) -> None:
    ticket = receive()

    assert client.post(f"{page(ticket)[:-3]}x/retirar/").status_code == 404
    assert again(ticket).is_open


def test_the_audit_says_how_it_was_known_in_codes(client, receive) -> None:
    ticket = receive()
    send(client, ticket)

    data = Entry.objects.filter(action="ticket.closed", subject_id=str(ticket.pk)).get().data
    assert (data["reason"], data["how"]) == ("withdrawn", "tracking_page")
