"""Mail comes in from a real IMAP server: each once, marked read only when it is safe."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from django.core import mail

from cabildo.notifications.choices import Security
from cabildo.notifications.models import MailServer, Message
from cabildo.tickets import mailbox
from cabildo.tickets.actions import mail_taking
from cabildo.tickets.models import ReceivedMail, Ticket, TicketEvent
from tickets import dovecot

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(bool(dovecot.why_not()), reason=dovecot.why_not() or "-")]


@pytest.fixture(scope="module")
def imap() -> Iterator[dovecot.Mailbox]:
    with dovecot.running() as server:
        yield server


@pytest.fixture
def server(puerto_claro, imap) -> MailServer:
    return MailServer.objects.create(
        municipality=puerto_claro,
        host="127.0.0.1",
        from_address="avisos@puertoclaro.cl",
        incoming_address="solicitudes@puertoclaro.cl",
        incoming_host="127.0.0.1",
        incoming_port=imap.port,
        incoming_security=Security.NONE,
        incoming_username=dovecot.USER,
        incoming_password=dovecot.PASSWORD,
    )


def letter(text: str = "Hay un bache frente a mi casa.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    usual = {
        "From": "Rosa Pérez <rosa@ejemplo.cl>",
        "To": "solicitudes@puertoclaro.cl",
        "Subject": "Un bache en Los Aromos",
        "Message-ID": f"<{abs(hash((text, *headers.values())))}@ejemplo.cl>",
    }
    for name, value in {**usual, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
        made[name] = value
    made.set_content(text)
    return made


def test_a_mail_becomes_a_request_that_waits_to_be_sorted(server, imap) -> None:
    imap.put(letter("Hay un bache ñandú.").as_bytes())

    fetched = mailbox.fetch(server)

    ticket = Ticket.objects.get()
    assert (fetched.taken, imap.unread()) == (1, 0)
    assert (ticket.state, ticket.channel, ticket.category.code) == ("intake", "mail", "correo-sin-clasificar")
    assert ticket.text == "Un bache en Los Aromos\n\nHay un bache ñandú."
    assert ticket.requester.email == "rosa@ejemplo.cl"


def test_its_sender_gets_the_receipt(server, imap) -> None:
    imap.put(letter("Quiero mi comprobante.").as_bytes())

    mailbox.fetch(server)

    message = Message.objects.get(template="tickets.received")
    assert (str(message.recipient), message.state) == ("rosa@ejemplo.cl", "queued")
    assert mail.outbox == []


def test_a_fall_between_taking_and_marking_neither_loses_nor_doubles(server, imap, monkeypatch) -> None:
    imap.put(letter("Se corta la luz al leerme.").as_bytes())
    take = mail_taking.take

    def killed(*arguments, **options):
        take(*arguments, **options)
        raise OSError

    monkeypatch.setattr(mail_taking, "take", killed)
    assert (mailbox.fetch(server).failed, imap.unread()) == (1, 1)
    monkeypatch.setattr(mail_taking, "take", take)

    assert (mailbox.fetch(server).known, imap.unread()) == (1, 0)
    assert (Ticket.objects.count(), ReceivedMail.objects.count()) == (1, 1)


def test_a_mail_that_cannot_be_taken_stays_unread_and_keeps_no_other_out(server, imap, monkeypatch) -> None:
    imap.put(letter("Primero", Message_ID="<malo@ejemplo.cl>").as_bytes())
    imap.put(letter("Segundo", Message_ID="<bueno@ejemplo.cl>").as_bytes())
    take = mail_taking.take

    def refuse_one(read, **options):
        if "malo" in read.identity:
            raise OSError
        return take(read, **options)

    monkeypatch.setattr(mail_taking, "take", refuse_one)
    fetched = mailbox.fetch(server)
    monkeypatch.undo()

    assert (fetched.taken, fetched.failed, imap.unread()) == (1, 1, 1)
    assert mailbox.fetch(server).taken == 1


def test_a_reply_to_our_mail_is_information_on_that_request(server, imap) -> None:
    imap.put(letter("Necesito una poda.").as_bytes())
    mailbox.fetch(server)
    receipt = Message.objects.get(template="tickets.received")

    answer = "Es el árbol grande.\n\nEl lun, 2 nov 2026, Municipalidad escribió:\n> Recibimos su solicitud"
    imap.put(letter(answer, In_Reply_To=receipt.message_id, Subject="Re: Recibimos").as_bytes())
    mailbox.fetch(server)

    assert Ticket.objects.count() == 1
    assert TicketEvent.objects.get(kind="citizen_message").words == "Es el árbol grande."
