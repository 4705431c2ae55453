"""A form of the desk sent twice, by a bad network or by going back, makes one thing; another form makes another."""

from uuid import uuid4

import pytest
from tests.tickets.inner_world import DESK

from cabildo.tickets.actions import internal
from cabildo.tickets.choices import EventKind
from cabildo.tickets.models import InternalEvent, InternalRequest, Ticket, TicketEvent
from cabildo.tickets.views import register
from conftest import make_member

COUNTER = f"{DESK}solicitudes/ingresar/counter/luminaria/"
FREE = f"{DESK}internas/pedir/"
GIVEN = {"kind": "reclamo", "text": "Luz apagada en la plaza", "place": "Plaza", "name": "Rosa"}


@pytest.fixture
def desk(as_user, oficina, categories):
    return as_user(oficina)


def key_of(client, address: str) -> str:
    """As the browser gets it with the form."""
    return str(client.get(address).context["form"]["key"].value())


def test_the_same_form_of_the_counter_makes_one_request_and_shows_its_receipt_again(desk) -> None:
    sent = {**GIVEN, "key": key_of(desk, COUNTER)}
    first, second = desk.post(COUNTER, sent), desk.post(COUNTER, sent)

    assert Ticket.objects.count() == 1
    assert second["Location"] == first["Location"]
    assert desk.get(second["Location"]).context["has_secret"]


def test_two_forms_of_the_counter_with_the_same_words_make_two_requests(desk) -> None:
    for _form in range(2):
        desk.post(COUNTER, {**GIVEN, "key": key_of(desk, COUNTER)})

    assert Ticket.objects.count() == 2


def test_both_sent_at_the_same_moment_make_one(desk, monkeypatch) -> None:
    sent, looked = {**GIVEN, "key": key_of(desk, COUNTER)}, []
    first, real = desk.post(COUNTER, sent), register.sent_before

    def too_early(*arguments, **more):
        looked.append(1)
        return None if len(looked) == 1 else real(*arguments, **more)

    monkeypatch.setattr(register, "sent_before", too_early)
    second = desk.post(COUNTER, sent)

    assert (Ticket.objects.count(), second["Location"], len(looked)) == (1, first["Location"], 2)


def test_who_goes_back_and_writes_another_request_is_told_and_loses_nothing(desk) -> None:
    sent = {**GIVEN, "key": key_of(desk, COUNTER)}
    desk.post(COUNTER, sent)
    page = desk.post(COUNTER, {**sent, "text": "Otro poste inclinado"})
    again = {**sent, "text": "Otro poste inclinado", "key": page.context["form"]["key"].value()}

    assert Ticket.objects.get().folio in page.content.decode()
    assert "Otro poste inclinado" in page.content.decode()
    assert desk.post(COUNTER, again).status_code == 302
    assert Ticket.objects.count() == 2


def test_the_key_of_another_official_opens_no_receipt(desk, as_user, puerto_claro) -> None:
    sent = {**GIVEN, "key": str(uuid4())}
    first = desk.post(COUNTER, sent)
    second = as_user(make_member("Berta Lira", puerto_claro, "counter_officer")).post(COUNTER, sent)

    assert second["Location"] != first["Location"]
    assert Ticket.objects.count() == 2


def test_asking_another_department_twice_with_one_form_asks_once(as_user, receive, diego, aseo) -> None:
    ticket, client = receive(), as_user(diego)
    step = f"{DESK}solicitudes/{ticket.folio}/paso/pedir-a-direccion/"
    sent = {"version": ticket.version, "to": aseo.pk, "kind": "informe", "asks": "¿Hay poda?", "days": "5"}
    answers = [client.post(step, {**sent, "key": key}) for key in [key_of(client, step)] * 2]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert (InternalRequest.objects.count(), InternalEvent.objects.count()) == (1, 1)
    assert TicketEvent.objects.filter(kind=EventKind.INTERNAL_ASKED).count() == 1


def test_nor_does_a_free_standing_one_double(as_user, carmen, aseo, obras, monkeypatch) -> None:
    client = as_user(carmen)
    sent = {"from_department": obras.pk, "to": aseo.pk, "procedure": "Ordenanza", "kind": "informe", "days": "5"}
    sent |= {"asks": "¿Hay poda?", "key": key_of(client, FREE)}
    first, looked, real = client.post(FREE, sent), [], internal._already
    monkeypatch.setattr(internal, "_already", lambda made: looked.append(1) if not looked else real(made))

    assert client.post(FREE, sent)["Location"] == first["Location"]
    assert client.post(FREE, {**sent, "asks": "¿Y de desmalezado?"}).status_code == 302
    assert list(InternalRequest.objects.order_by("pk").values_list("asks", flat=True)) == [
        "¿Hay poda?",
        "¿Y de desmalezado?",
    ]


def test_separating_a_part_twice_with_one_form_separates_once(desk, receive, categories) -> None:
    ticket = receive()
    step = f"{DESK}solicitudes/{ticket.folio}/paso/separar/"
    sent = {
        "version": ticket.version,
        "category": categories["rubbish"].pk,
        "kind": "reclamo",
        "key": key_of(desk, step),
    }
    answers = [desk.post(step, {**sent, "text": "Hay basura."}).status_code for _time in range(2)]
    other = desk.post(step, {**sent, "text": "Hay un perro.", "version": Ticket.objects.get(pk=ticket.pk).version})

    assert (answers, other.status_code) == ([302, 302], 302)
    assert sorted(ticket.parts.values_list("text", flat=True)) == ["Hay basura.", "Hay un perro."]
