"""The page of received mail: what became of each, and taking what was refused wrongly."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.tickets.inner_world import DESK
from tests.tickets.test_mail_taking import arrive, letter

from cabildo.audit.models import Entry
from cabildo.notifications.models import Message
from cabildo.tickets.actions import mail_correcting
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import ReceivedMail, Ticket, TicketEvent
from conftest import make_member

MAILS = f"{DESK}correo/"
LIST = {"List_Id": "<vecinos.ejemplo.cl>", "Message_ID": "<lista@ejemplo.cl>"}


@pytest.fixture
def refused(puerto_claro) -> ReceivedMail:
    arrive(letter(**LIST))
    return ReceivedMail.objects.get()


@pytest.fixture
def desk(as_user, oficina):
    return as_user(oficina)


def listed(desk, query: str = "") -> list[int]:
    return [mail.pk for mail in desk.get(f"{MAILS}?{query}").context["page"].items]


def test_the_words_of_a_refused_mail_are_kept_and_those_of_a_taken_one_live_in_its_request(puerto_claro) -> None:
    arrive(letter(**LIST)), arrive(letter())

    refused, taken = ReceivedMail.objects.order_by("pk")

    assert (refused.sender, refused.subject) == ("rosa@ejemplo.cl", "Un bache")
    assert refused.text.strip() == "Hay un bache frente a mi casa."
    assert (taken.sender, taken.subject, taken.text) == (None, "", None)


def test_the_office_reads_why_it_was_refused_and_the_read_is_logged(desk, oficina, refused) -> None:
    page = desk.get(f"{MAILS}{refused.pk}/").content.decode()

    assert "Es un correo masivo o de una lista" in page
    assert "Hay un bache frente a mi casa." in page
    read = Entry.objects.get(action="personal_data.read", actor_id=str(oficina.pk))
    assert (read.subject_type, read.subject_id) == ("tickets.receivedmail", str(refused.pk))


@pytest.mark.parametrize("role", ["mayor", "control_unit", "administrator", "counter_officer", "data_protection"])
def test_no_other_role_opens_the_mailbox(as_user, puerto_claro, refused, role) -> None:
    client = as_user(make_member("Otro Rol", puerto_claro, role))

    assert [client.get(place).status_code for place in (MAILS, f"{MAILS}{refused.pk}/")] == [403, 403]
    assert client.post(f"{MAILS}{refused.pk}/convertir/").status_code == 403


def test_each_filter_finds_its_mails(desk, puerto_claro) -> None:
    arrive(letter()), arrive(letter(**LIST))
    arrive(letter(Return_Path="<>", Message_ID="<rebote@ejemplo.cl>"))
    arrive(letter(From="solicitudes@puertoclaro.cl", Message_ID="<propio@ejemplo.cl>"))
    by_reason = {mail.reason: mail.pk for mail in ReceivedMail.objects.all()}

    found = {name: listed(desk, f"que={name}") for name in ("tomados", "automaticos", "rebotes", "bucles")}

    assert found == {
        "tomados": [by_reason[""]],
        "automaticos": [by_reason["list"]],
        "rebotes": [by_reason["bounce"]],
        "bucles": [by_reason["own_address"]],
    }


@pytest.mark.parametrize("query", ["rosa@ejemplo.cl", "BACHE"])
def test_a_mail_is_found_by_its_sender_and_its_words_taken_or_not(desk, puerto_claro, query) -> None:
    arrive(letter(**LIST)), arrive(letter())
    arrive(letter(From="otra@ejemplo.cl", Subject="Un perro", Message_ID="<3@ejemplo.cl>", List_Id="<a.b>"))

    assert len(listed(desk, f"q={query}")) == 2


def test_who_asked_with_reserve_is_not_found_by_their_address(desk, puerto_claro) -> None:
    ticket = arrive(letter()).ticket
    Ticket.objects.filter(pk=ticket.pk).update(is_reserved=True)

    assert listed(desk, "q=rosa@ejemplo.cl") == []
    assert len(listed(desk, f"q={ticket.folio}")) == 1


def test_a_mail_refused_wrongly_becomes_a_request_of_the_day_it_arrived(desk, oficina, refused) -> None:
    arrived = timezone.now() - timedelta(days=2)
    ReceivedMail.objects.update(received_at=arrived, file_names=["foto.jpg"])

    desk.post(f"{MAILS}{refused.pk}/convertir/", {"may_answer": "on"})

    ticket, kept = Ticket.objects.get(), ReceivedMail.objects.get()
    assert (ticket.received_at, ticket.channel, ticket.registered_by) == (arrived, "mail", oficina)
    assert ticket.requester.email == "rosa@ejemplo.cl"
    assert (kept.ticket, kept.outcome, kept.reason, kept.text, kept.subject) == (ticket, "ticket", "list", None, "")
    assert "foto.jpg" in TicketEvent.objects.get(ticket=ticket, kind="note").words


def test_without_certainty_of_the_sender_no_receipt_goes_out(desk, refused) -> None:
    desk.post(f"{MAILS}{refused.pk}/convertir/", {})

    assert Ticket.objects.get().requester.email is None
    assert not Message.objects.filter(template="tickets.received").exists()


def test_a_mail_is_taken_once_whoever_sends_it_twice(oficina, refused) -> None:
    mail_correcting.take_after_all(refused, may_answer=False, by=oficina)

    with pytest.raises(TicketsError) as refusal:
        mail_correcting.take_after_all(refused, may_answer=False, by=oficina)

    assert (refusal.value.code, Ticket.objects.count()) == ("mail_already_taken", 1)


def test_the_words_are_forgotten_after_ninety_days(oficina, refused) -> None:
    later = timezone.now() + timedelta(days=91)

    assert mail_correcting.forget_refused(timezone.now()) == 0
    assert (mail_correcting.forget_refused(later), mail_correcting.forget_refused(later)) == (1, 0)

    refused.refresh_from_db()
    assert (refused.text, refused.sender, refused.sender_index, refused.subject) == (None, None, "", "")
    with pytest.raises(TicketsError, match="mail_forgotten"):
        mail_correcting.take_after_all(refused, may_answer=False, by=oficina)


def test_every_night_each_municipality_forgets(refused, run_jobs) -> None:
    from cabildo.jobs import enqueue

    ReceivedMail.objects.update(read_at=timezone.now() - timedelta(days=91))
    enqueue("tickets.begin_forgetting")
    run_jobs()

    assert ReceivedMail.objects.get().text is None


def test_the_file_holds_what_the_list_shows_and_logs_it(desk, refused) -> None:
    content = desk.get(f"{MAILS}?formato=csv").content.decode("utf-8-sig")

    assert "rosa@ejemplo.cl;Rosa Pérez;Un bache;no se tomó en cuenta" in content
    assert Entry.objects.filter(action="personal_data.read", subject_id=str(refused.pk)).count() == 1


def test_a_mail_of_a_complaint_about_an_official_is_hidden_from_that_official(desk, oficina, puerto_claro) -> None:
    ticket = arrive(letter()).ticket
    Ticket.objects.filter(pk=ticket.pk).update(official=oficina)

    assert listed(desk) == []
    assert desk.get(f"{MAILS}{ReceivedMail.objects.get().pk}/").status_code == 404


def test_the_list_asks_the_same_number_of_questions_whatever_it_shows(desk, puerto_claro) -> None:
    arrive(letter()), arrive(letter(**LIST))
    desk.get(MAILS)
    with CaptureQueriesContext(connection) as few:
        desk.get(MAILS)
    for number in range(3):
        arrive(letter(Message_ID=f"<m{number}@ejemplo.cl>"))
        arrive(letter(Message_ID=f"<l{number}@ejemplo.cl>", List_Id="<a.b>"))
    with CaptureQueriesContext(connection) as more:
        desk.get(MAILS)

    assert len(few) == len(more) <= 12
