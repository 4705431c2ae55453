"""A neighbour makes another's request theirs too: told at the end, and shown nothing private."""

import re

import pytest
from django.core import mail
from tests.tickets.joining_world import CORNER, PEDRO

from cabildo.accounts.scoping import in_municipality
from cabildo.people.actions import Contact
from cabildo.tickets import following
from cabildo.tickets.actions import adhering, answering
from cabildo.tickets.choices import Channel
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Adhesion, Category, Ticket, TicketEvent

PORTAL = "/m/puerto-claro/"
TEXT = "El poste frente a mi casa está apagado."


def join(ticket, **more) -> Adhesion:
    return adhering.adhere(ticket, adhering.Joining(PEDRO, Channel.WEB, **more), by=None)


def path(name: str, token: str) -> str:
    return {"adhere": f"{PORTAL}solicitudes/adherir/{token}/", "own": f"{PORTAL}seguimiento/adhesion/{token}/"}[name]


def test_who_adheres_is_on_record_and_gets_a_link(receive, run_jobs) -> None:
    adhesion = join(receive())
    run_jobs()

    assert adhesion.requester.name == "Pedro Mena"
    [told] = [message for message in mail.outbox if message.to == ["pedro@ejemplo.cl"]]
    [token] = re.findall(r"/adhesion/([^/\s]+)/", told.body)
    assert following.adhesion_of(token) == adhesion
    assert TEXT not in told.body


def test_the_same_form_sent_twice_adheres_once(receive) -> None:
    ticket = receive()

    assert join(ticket, key="k1") == join(ticket, key="k1")
    assert Adhesion.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"email": "pedro@ejemplo.cl"}, {"email": " Pedro@Ejemplo.cl", "phone": "912345678"}),
        ({"run": "12.345.678-5", "phone": "1"}, {"run": "12345678-5", "email": "otro@ejemplo.cl"}),
    ],
    ids=["by mail", "by RUN"],
)
def test_one_person_counts_once_however_many_forms_they_send(receive, first, second) -> None:
    ticket = receive()
    for said in (first, second, second):
        adhering.adhere(ticket, adhering.Joining(Contact(name="Pedro", **said), Channel.WEB), by=None)
    join(ticket, is_follower_only=True)

    assert list(Adhesion.objects.values_list("is_follower_only", flat=True)) == [False, True, True, True]
    assert TicketEvent.objects.filter(kind="adhered", is_public=True).count() == 1


def test_who_asked_for_it_is_not_one_more_and_who_followed_may_become_one(receive) -> None:
    ticket = receive()
    adhering.adhere(ticket, adhering.Joining(Contact(name="Rosa", email="rosa@ejemplo.cl"), Channel.WEB), by=None)
    join(ticket, is_follower_only=True)
    join(ticket)

    assert list(Adhesion.objects.values_list("is_follower_only", flat=True)) == [True, True, False]


def test_the_same_page_sent_again_shows_the_first_one_s_link_and_counts_once(client, receive) -> None:
    address = path("adhere", following.offer_token(receive()))
    form = client.get(address).context["form"]
    typed = {"name": "Pedro Mena", "email": "pedro@ejemplo.cl", "key": str(form["key"].value())}

    sent = [client.post(address, typed)["Location"] for _twice in range(2)]
    client.post(
        address,
        {"name": "Ana Luz", "email": "ana@ejemplo.cl", "key": str(client.get(address).context["form"]["key"].value())},
    )

    assert sent[0] == sent[1]
    assert list(Adhesion.objects.values_list("requester__name", flat=True)) == ["Pedro Mena", "Ana Luz"]


def test_a_closed_request_is_not_adhered_to(receive, diego) -> None:
    ticket = answering.answer(receive(), text="Listo.", outcome="resolved", by=diego)

    with pytest.raises(TicketsError) as refusal:
        join(ticket)

    assert refusal.value.code == "adhesion_closed"


def test_who_adheres_reads_the_answer_without_the_other_s_data(receive, diego, run_jobs) -> None:
    ticket = receive()
    join(ticket)
    words = "Cambiamos la luz. Llamamos a Rosa al 9 8765 4321."

    answering.answer(ticket, text=words, outcome="resolved", by=diego)
    run_jobs()

    told = next(m for m in mail.outbox if m.to == ["pedro@ejemplo.cl"] and "Se cerró" in m.body)
    assert "Cambiamos la luz." in told.body
    assert "8765" not in told.body


def test_when_it_is_withdrawn_they_are_told_to_ask_on_their_own(receive, oficina, run_jobs) -> None:
    ticket = receive()
    join(ticket)

    answering.withdraw(ticket, by=oficina, reason="Ya no la quiere.", today=ticket.received_at.date())
    run_jobs()

    [told] = [m for m in mail.outbox if m.to == ["pedro@ejemplo.cl"] and "Se cerró" in m.body]
    assert "haga su propia solicitud" in told.body
    assert "Ya no la quiere" not in told.body


def test_their_page_shows_where_it_is_and_no_private_word(client, receive) -> None:
    ticket = receive(**CORNER)
    adhesion = join(ticket)

    page = client.get(path("own", following.adhesion_token(adhesion))).content.decode()

    assert "Dirección de Obras" in page
    for private in (TEXT, "Rosa", "Aromos", ticket.folio):
        assert private not in page


def test_what_they_add_reaches_officials_and_not_the_other_neighbour(client, receive) -> None:
    ticket = receive()
    token = following.adhesion_token(join(ticket))

    client.post(path("own", token), {"text": "También falla el de la esquina."})

    event = TicketEvent.objects.get(kind="citizen_message")
    assert (event.words, event.is_public) == ("También falla el de la esquina.", False)


def test_leaving_ends_the_link_and_the_messages(client, receive, diego, run_jobs) -> None:
    ticket = receive()
    token = following.adhesion_token(join(ticket))

    client.post(path("own", token) + "salir/")
    answering.answer(ticket, text="Listo.", outcome="resolved", by=diego)
    run_jobs()

    assert client.get(path("own", token)).status_code == 404
    assert not any(m.to == ["pedro@ejemplo.cl"] and "Se cerró" in m.body for m in mail.outbox)


def test_a_neighbour_is_asked_before_sending_and_adheres(client, receive, categories) -> None:
    receive(**CORNER)
    base = f"{PORTAL}solicitudes/nueva/{categories['lamp'].code}/"
    client.post(base, {"kind": "reclamo", "text": "El poste no prende hace días"})
    placed = client.post(base + "lugar/", {k: str(v) for k, v in CORNER.items()})
    similar = client.get(placed["Location"])
    token = re.search(r"solicitudes/adherir/([^/]+)/", similar.content.decode())[1]

    done = client.post(path("adhere", token), {"name": "Pedro Mena", "email": "pedro@ejemplo.cl"})

    assert TEXT not in similar.content.decode()
    assert client.get(done["Location"]).status_code == 200
    assert Adhesion.objects.get().requester.email == "pedro@ejemplo.cl"


def test_with_nothing_near_the_neighbour_goes_straight_on(client, categories) -> None:
    base = f"{PORTAL}solicitudes/nueva/{categories['lamp'].code}/"
    client.post(base, {"kind": "reclamo", "text": "El poste no prende hace días"})
    client.post(base + "lugar/", {k: str(v) for k, v in CORNER.items()})

    assert "/enviar/?borrador=" in client.get(base + "parecidas/")["Location"]


def test_adhering_follows_the_contact_rules_of_the_category(client, receive) -> None:
    page = client.post(path("adhere", following.offer_token(receive())), {"name": ""})

    assert set(page.context["form"].errors) == {"name", "email"}
    assert not Adhesion.objects.exists()


@pytest.mark.parametrize("change", ["reserved", "about an official", "of a reserved subject"])
def test_what_became_private_after_it_was_offered_is_offered_no_more(
    client, receive, categories, diego, change
) -> None:
    ticket = receive()
    token = following.offer_token(ticket)
    changes = {"reserved": {"is_reserved": True}, "about an official": {"official": diego}}
    Ticket.objects.filter(pk=ticket.pk).update(**changes.get(change, {"is_reserved": False}))
    Category.objects.update(is_reserved=change == "of a reserved subject")

    sent = client.post(path("adhere", token), {"name": "Pedro Mena", "email": "pedro@ejemplo.cl"})

    assert (sent.status_code, Adhesion.objects.count()) == (404, 0)


def test_a_made_up_offer_or_one_of_another_municipality_opens_nothing(client, receive, otra_comuna) -> None:
    ticket = receive()
    adhesion = join(ticket)
    with in_municipality(otra_comuna):
        foreign = following.offer_token(ticket)

    answers = [client.get(path("adhere", token)).status_code for token in ("inventado", foreign)]
    elsewhere = client.get(f"/m/otra-comuna/seguimiento/adhesion/{following.adhesion_token(adhesion)}/")

    assert [*answers, elsewhere.status_code] == [404, 404, 404]
