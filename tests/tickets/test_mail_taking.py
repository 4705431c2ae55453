"""What becomes of a mail: a request, information on one, or nothing."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cabildo.notifications.models import Message
from cabildo.people.actions import Contact
from cabildo.tickets.actions import intake
from cabildo.tickets.actions.mail_taking import take
from cabildo.tickets.mail_intake import parse
from cabildo.tickets.models import Ticket, TicketEvent

OWN = ("solicitudes@puertoclaro.cl",)
ROSA = "rosa@ejemplo.cl"

pytestmark = pytest.mark.django_db


def letter(**headers: str) -> EmailMessage:
    made = EmailMessage()
    usual = {"From": f"Rosa Pérez <{ROSA}>", "Subject": "Un bache", "Message-ID": "<1@ejemplo.cl>"}
    for name, value in {**usual, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
        made[name] = value
    made.set_content("Hay un bache frente a mi casa.")
    return made


def arrive(made: EmailMessage, at: datetime | None = None):
    return take(parse(made.as_bytes()), received_at=at or timezone.now(), own_addresses=OWN)


@pytest.fixture
def ticket(categories) -> Ticket:
    asked = intake.Intake(
        category=categories["lamp"], kind="reclamo", text="Poste apagado", channel="web", contact=Contact(email=ROSA)
    )
    return intake.receive(asked, by=None).ticket


def test_the_same_mail_twice_is_one_request(puerto_claro) -> None:
    first, again = arrive(letter()), arrive(letter())

    assert (first.is_new, again.is_new, Ticket.objects.count()) == (True, False, 1)
    assert again.ticket == first.ticket


def test_without_message_id_the_bytes_tell_mails_apart(puerto_claro) -> None:
    one, other = letter(), letter(Subject="Otro bache")
    del one["Message-ID"], other["Message-ID"]

    arrive(one), arrive(one), arrive(other)

    assert Ticket.objects.count() == 2


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "automatic"),
        ({"X_Autoreply": "yes"}, "automatic"),
        ({"Precedence": "bulk"}, "list"),
        ({"List_Id": "<vecinos.ejemplo.cl>"}, "list"),
        ({"Return_Path": "<>"}, "bounce"),
        ({"From": "MAILER-DAEMON@ejemplo.cl"}, "machine"),
        ({"From": OWN[0]}, "own_address"),
    ],
)
def test_what_no_person_wrote_is_noted_and_left(puerto_claro, headers, reason) -> None:
    taken = arrive(letter(**headers))

    assert (taken.outcome, taken.reason, Ticket.objects.count()) == ("ignored", reason, 0)
    assert Message.objects.count() == 0


def test_our_own_mail_coming_back_is_left(ticket) -> None:
    ours = Message.objects.get(template="tickets.received")

    assert arrive(letter(Message_ID=ours.message_id)).reason == "own_message"


def test_a_folio_in_the_subject_adds_to_the_request_of_its_requester(ticket) -> None:
    taken = arrive(letter(Subject=f"Sobre la {ticket.folio.lower()}"))

    assert (taken.outcome, taken.ticket) == ("information", ticket)
    assert TicketEvent.objects.get(kind="citizen_message").words == "Hay un bache frente a mi casa."


def test_a_folio_named_by_another_person_opens_a_request_and_tells_the_office(ticket) -> None:
    taken = arrive(letter(From="Otra <otra@ejemplo.cl>", Subject=f"Re: {ticket.folio}"))

    note = TicketEvent.objects.get(ticket=taken.ticket, kind="note")
    assert (taken.outcome, taken.ticket != ticket) == ("ticket", True)
    assert ticket.folio in note.words
    assert not TicketEvent.objects.filter(ticket=ticket, kind="citizen_message").exists()


def test_a_sender_nobody_vouches_for_adds_nothing_and_gets_no_receipt(ticket) -> None:
    forged = letter(Subject=f"Re: {ticket.folio}", Authentication_Results="mx; dmarc=fail header.from=ejemplo.cl")

    taken = arrive(forged)

    assert (taken.outcome, taken.reason, taken.ticket.requester.email) == ("ticket", "not_answered", None)
    assert Message.objects.filter(template="tickets.received").count() == 1


def test_a_mail_read_late_counts_from_the_day_it_arrived(puerto_claro) -> None:
    arrived = timezone.now() - timedelta(days=3)

    ticket = arrive(letter(), at=arrived).ticket

    assert ticket.received_at == arrived
    assert ticket.backdated_reason == "Día en que llegó el correo."


def test_good_attachments_are_kept_and_bad_ones_listed(puerto_claro) -> None:
    made = letter()
    made.add_attachment(b"%PDF-1.4 \n%%EOF", maintype="application", subtype="octet-stream", filename="roto.pdf")
    made.add_attachment("nombre;cantidad\nárbol;3\n".encode(), maintype="text", subtype="csv", filename="lista.csv")
    made.add_attachment(b"MZ\x90\x00virus", maintype="image", subtype="png", filename="foto.png")

    ticket = arrive(made).ticket

    from cabildo.documents.queries import documents_of

    assert "lista.csv" in [document.original_name for document in documents_of(ticket)]
    assert "foto.png" in TicketEvent.objects.get(ticket=ticket, kind="note").words


def test_a_very_long_mail_is_cut_and_kept_whole_as_a_document(puerto_claro) -> None:
    made = letter()
    made.set_content("palabra " * 2_000)

    ticket = arrive(made).ticket

    from cabildo.documents.queries import documents_of

    assert len(ticket.text) <= 4_000
    assert [document.original_name for document in documents_of(ticket)] == ["mensaje-completo.txt"]


def test_an_adopted_tree_that_closes_the_unsorted_category_stops_no_mail(puerto_claro) -> None:
    from cabildo.tickets.models import Category

    arrive(letter())
    Category.objects.update(is_open=False)

    assert arrive(letter(Message_ID="<2@ejemplo.cl>")).outcome == "ticket"


@pytest.mark.fuzz
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(st.binary(max_size=40), min_size=6, max_size=6), charset=st.sampled_from(["utf-7", "utf-16", "x"])
)
def test_no_bytes_make_taking_fail(puerto_claro, parts, charset) -> None:
    name, subject, identity, answers, kind, body = parts
    raw = b"From: " + name + b" <rosa@ejemplo.cl>\nSubject: =?utf-8?Q?" + subject + b"?=\nMessage-ID: <" + identity
    raw += b">\nReferences: <" + answers + b">\nContent-Type: text/plain; charset=" + charset.encode()
    raw += b"\nX-Any: " + kind + b"\n\n" + body

    taken = take(parse(raw), received_at=timezone.now(), own_addresses=OWN)

    assert taken.outcome in {"ticket", "ignored"}


def test_a_mail_from_the_future_is_received_now(puerto_claro) -> None:
    ticket = arrive(letter(), at=datetime(2999, 1, 1, tzinfo=UTC)).ticket

    assert ticket.received_at <= timezone.now()
