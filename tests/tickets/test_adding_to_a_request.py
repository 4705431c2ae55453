"""What a neighbour adds reaches who works on it, every time; a form sent twice adds it once."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from tests.tickets.joining_world import PEDRO

from cabildo.documents.models import Document
from cabildo.notifications.models import InboxItem, Message
from cabildo.tickets import attachments, following, links
from cabildo.tickets.actions import adhering, handling, merging
from cabildo.tickets.choices import Channel
from cabildo.tickets.models import Ticket, TicketEvent
from cabildo.ui.spanish import long_date

TODAY = timezone.localdate
PORTAL = "/m/puerto-claro/"


def address(ticket: Ticket) -> str:
    return f"{PORTAL}seguimiento/{links.tracking_token(ticket)}/"


def drawn_photo(name: str = "foco.png") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (320, 240), "#446688").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), content_type="image/png")


def messages_of(ticket: Ticket) -> list[str]:
    events = TicketEvent.objects.filter(ticket=ticket, kind="citizen_message").order_by("pk")
    return list(events.values_list("words", flat=True))


def test_every_message_of_a_neighbour_reaches_the_official(client, receive, diego, run_jobs) -> None:
    ticket = handling.acknowledge(receive(), by=diego)
    for words in ("El poste tambalea.", "URGENTE: hoy cayó una moto."):
        client.post(address(ticket), {"text": words, "key": uuid4()})
    run_jobs()

    assert InboxItem.objects.filter(user=diego).count() == 2
    assert len([sent for sent in mail.outbox if sent.to == [diego.email]]) == 2


def test_every_word_of_an_adherent_reaches_the_official(client, receive, diego, run_jobs) -> None:
    ticket = handling.acknowledge(receive(), by=diego)
    adhesion = adhering.adhere(ticket, adhering.Joining(PEDRO, Channel.WEB), by=None)
    own = f"{PORTAL}seguimiento/adhesion/{following.adhesion_token(adhesion)}/"
    for words in ("También afuera del 14.", "Y del 16."):
        client.post(own, {"text": words, "key": uuid4()})

    assert InboxItem.objects.filter(user=diego).count() == 2


def test_a_word_on_a_request_that_was_joined_reaches_who_works_on_the_main_one(client, receive, diego, oficina) -> None:
    main, other = handling.acknowledge(receive(), by=diego), receive()
    adhesion = adhering.adhere(other, adhering.Joining(PEDRO, Channel.WEB), by=None)
    merging.merge(other, into=main, by=oficina, reason="Es el mismo poste.")
    own = f"{PORTAL}seguimiento/adhesion/{following.adhesion_token(adhesion)}/"

    assert client.post(own, {"text": "También afuera del 14."}).status_code == 302
    assert messages_of(main) == ["También afuera del 14."]
    assert InboxItem.objects.filter(user=diego).count() == 1


def test_a_form_sent_twice_adds_it_and_tells_it_once(client, receive, diego) -> None:
    ticket = handling.acknowledge(receive(), by=diego)
    adhesion = adhering.adhere(ticket, adhering.Joining(PEDRO, Channel.WEB), by=None)
    own = f"{PORTAL}seguimiento/adhesion/{following.adhesion_token(adhesion)}/"
    for page, words in ((address(ticket), "Sigue apagado."), (own, "Aquí también.")):
        sent = {"text": words, "key": uuid4()}
        client.post(page, sent)
        assert client.post(page, sent).status_code == 302

    assert messages_of(ticket) == ["Sigue apagado.", "Aquí también."]
    assert InboxItem.objects.filter(user=diego).count() == 2


def test_other_words_on_a_page_already_sent_are_not_lost(client, receive) -> None:
    ticket = receive()
    key = uuid4()
    for words in ("Sigue apagado.", "Ahora hay un cable suelto."):
        client.post(address(ticket), {"text": words, "key": key})

    assert messages_of(ticket) == ["Sigue apagado.", "Ahora hay un cable suelto."]


def test_who_was_asked_for_a_paper_sends_it_without_a_word_and_the_work_goes_on(client, receive, diego) -> None:
    ticket = receive()
    handling.ask_requester(ticket, text="Adjunte la fotografía.", by=diego, today=TODAY())

    client.post(address(ticket), {"text": "", "papers": [drawn_photo()], "key": uuid4()})

    kept = Document.objects.get()
    assert (kept.visibility, kept.kind, kept.owner_id) == ("requester", "evidence", str(ticket.pk))
    assert messages_of(ticket) == ["Envió un documento: foco.png"]
    assert Ticket.objects.get().state == "in_progress"


def test_a_file_sent_twice_is_kept_once(client, receive) -> None:
    ticket = receive()
    key = uuid4()
    for _time in range(2):
        client.post(address(ticket), {"text": "Mire.", "papers": [drawn_photo()], "key": key})

    assert Document.objects.count() == 1


def test_a_refused_file_is_told_at_its_field_and_nothing_is_added(client, receive) -> None:
    ticket = receive()
    program = SimpleUploadedFile("foto.jpg", b"MZ" + bytes(200), content_type="image/jpeg")

    shown = client.post(address(ticket), {"text": "Mire la foto.", "papers": [drawn_photo(), program]})

    assert "no es de un tipo permitido" in shown.content.decode()
    assert "Mire la foto." in shown.content.decode()
    assert (messages_of(ticket), Document.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [({"text": ""}, "Escriba lo que quiere agregar, o elija un archivo."), ({"many": 6}, "Elija a lo más 5 archivos.")],
)
def test_an_empty_form_and_too_many_files_are_refused(client, receive, sent, refusal) -> None:
    files = [drawn_photo() for _number in range(sent.get("many", 0))]

    shown = client.post(address(receive()), {"text": sent.get("text", "Mire."), "papers": files})

    assert refusal in shown.content.decode()


def test_the_page_lists_what_its_requester_may_open_and_nothing_else(client, receive, diego) -> None:
    ticket, another = receive(), receive()
    for owner, visibility, name in (
        (ticket, "requester", "mia"),
        (ticket, "public", "publica"),
        (ticket, "internal", "interna"),
        (another, "requester", "ajena"),
    ):
        attachments.attach(owner, drawn_photo(f"{name}.png"), by=diego, visibility=visibility)

    page = client.get(address(ticket)).content.decode()

    assert [name for name in ("mia", "publica", "interna", "ajena") if f"{name}.png" in page] == ["mia", "publica"]
    mine = Document.objects.get(original_name="mia.png").public_id
    assert f"{mine}/?clave={links.tracking_token(ticket)}" in page


def test_more_documents_ask_the_database_nothing_more(client, receive) -> None:
    ticket, asked = receive(), []
    for number in (1, 2):
        for _more in range(number):
            attachments.attach(ticket, drawn_photo(), by=None, visibility="requester")
        with CaptureQueriesContext(connection) as queries:
            client.get(address(ticket))
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_the_links_of_the_list_open_and_those_of_another_request_do_not(client, receive) -> None:
    ticket, another = receive(), receive()
    attachments.attach(ticket, drawn_photo(), by=None, visibility="requester")
    path = f"{PORTAL}documentos/{Document.objects.get().public_id}/?clave="

    opened = client.get(path + links.tracking_token(ticket))
    assert opened.getvalue().startswith(b"\x89PNG")  # closing it would close the connection of the test with it
    assert client.get(path + links.tracking_token(another)).status_code == 302


def test_the_page_shows_the_answers_and_the_place_as_they_were_given(client, receive) -> None:
    ticket = receive(place="Los Aromos 120", latitude=-33.02, longitude=-71.55)
    Ticket.objects.filter(pk=ticket.pk).update(
        answers=[{"id": "pole", "label": "¿Qué número tiene el poste?", "value": "77-B", "shown": "77-B"}]
    )

    page = client.get(address(ticket)).content.decode()

    for words in ("¿Qué número tiene el poste?", "77-B", "Los Aromos 120", "-33,02000, -71,55000"):
        assert words in page


def test_officials_read_the_term_as_it_is_once_the_neighbour_answered(receive, diego, time_machine) -> None:
    time_machine.move_to("2026-11-23T12:00:00-03:00")
    ticket = receive()
    handling.acknowledge(ticket, by=diego)
    handling.ask_requester(ticket, text="¿Qué poste?", by=diego, today=timezone.localdate())

    time_machine.move_to("2026-11-25T12:00:00-03:00")
    handling.add_information(ticket, text="El de la esquina.", by=None, today=timezone.localdate())

    due = Ticket.objects.get(pk=ticket.pk).legal_due_on
    told = Message.objects.filter(template="tickets.official", channel="mail").latest("pk").body
    assert f"Plazo legal: {long_date(due)}" in told
