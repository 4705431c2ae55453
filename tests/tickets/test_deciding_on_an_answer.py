"""What is approved is what was read; what is returned comes back to its author, with its words and the reason."""

import pytest
from django.utils import timezone
from tests.tickets.inner_world import DESK

from cabildo.accounts.links import addresses
from cabildo.notifications.models import Message
from cabildo.tickets.actions import answering, handling
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Answer, Ticket
from cabildo.workflow import duties

ONE, TWO = "Respuesta versión UNO, completa.", "Respuesta versión DOS, muy distinta."


@pytest.fixture
def submitted(receive, categories, diego) -> Ticket:
    categories["lamp"].needs_approval = True
    categories["lamp"].save()
    return submit(receive(), ONE, diego)


def submit(ticket, text, by, outcome="resolved") -> Ticket:
    answering.submit_answer(again(ticket), text=text, outcome=outcome, by=by)
    return again(ticket)


def again(ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def place(ticket, step) -> str:
    return f"{DESK}solicitudes/{ticket.folio}/paso/{step}/"


def hidden(page) -> dict:
    form = page.context["form"]
    return {field.html_name: field.value() for field in form.hidden_fields()}


def told() -> list[tuple[str, str]]:
    """Who got a mail that an answer came back, and what it says."""
    sent = Message.objects.filter(template="tickets.official").order_by("pk")
    return [
        (message.recipient, message.body) for message in sent if "devolvieron" in message.subject and message.recipient
    ]


def replaced(ticket, carmen, diego) -> None:
    answering.return_answer(ticket, reason="Falta.", by=carmen)
    submit(ticket, TWO, diego, "rejected")


@pytest.mark.parametrize("step", ["aprobar", "devolver"])
def test_the_page_of_deciding_shows_the_answer_its_outcome_and_who_drafted_it(as_user, submitted, carmen, step) -> None:
    shown = as_user(carmen).get(place(submitted, step)).content.decode()

    assert ONE in shown
    assert "Resuelta" in shown
    assert "Preparada por Diego Soto" in shown


@pytest.mark.parametrize("step", ["aprobar", "devolver"])
def test_deciding_on_an_answer_that_was_replaced_is_refused_naming_it(as_user, submitted, carmen, diego, step) -> None:
    desk = as_user(carmen)
    seen = hidden(desk.get(place(submitted, step)))
    replaced(submitted, carmen, diego)

    shown = desk.post(place(submitted, step), {**seen, "text": "Cambie el final."})

    assert shown.status_code == 409
    body = shown.content.decode()
    assert "respuesta por aprobar: decía «la 1.ª, de Diego Soto: Resuelta»" in body
    assert "ahora dice «la 2.ª, de Diego Soto: No se acoge»" in body
    assert TWO in body
    assert again(submitted).state == "approval"


def test_after_reading_the_other_one_it_is_approved_with_the_same_page(as_user, submitted, carmen, diego) -> None:
    desk = as_user(carmen)
    seen = hidden(desk.get(place(submitted, "aprobar")))
    replaced(submitted, carmen, diego)
    shown = desk.post(place(submitted, "aprobar"), seen)

    assert desk.post(place(submitted, "aprobar"), hidden(shown)).status_code == 302
    assert Answer.objects.get(state="sent").text == TWO


def test_the_id_of_another_answer_is_refused_even_with_the_right_version(submitted, carmen, diego) -> None:
    first = Answer.objects.get().pk
    replaced(submitted, carmen, diego)

    for decide in (answering.approve_answer, lambda t, **more: answering.return_answer(t, reason="No.", **more)):
        with pytest.raises(TicketsError, match="stale"):
            decide(again(submitted), by=carmen, seen_answer=first, seen_version=again(submitted).version)


def test_an_approval_sent_without_what_was_read_approves_nothing(as_user, submitted, carmen) -> None:
    assert as_user(carmen).post(place(submitted, "aprobar")).status_code == 200
    assert again(submitted).state == "approval"


def test_reopening_what_another_changed_is_refused(as_user, receive, diego, carmen) -> None:
    ticket = answering.answer(receive(), text=ONE, outcome="resolved", by=diego)
    desk = as_user(carmen)
    seen = hidden(desk.get(place(ticket, "reabrir")))
    answering.reopen(ticket, reason="Sigue igual.", by=diego)
    answering.answer(again(ticket), text=TWO, outcome="rejected", by=diego)

    assert desk.post(place(ticket, "reabrir"), {**seen, "text": "Faltó una parte."}).status_code == 409
    assert again(ticket).state == "closed"


def test_deeming_withdrawn_what_another_changed_is_refused(as_user, receive, diego, carmen) -> None:
    ticket = receive()
    handling.ask_requester(ticket, text="¿Qué poste?", by=diego, today=timezone.localdate())
    desk = as_user(carmen)
    seen = hidden(desk.get(place(ticket, "desistir")))
    handling.assign(again(ticket), to=carmen, by=carmen)

    shown = desk.post(place(ticket, "desistir"), {**seen, "text": "No respondió."})

    assert shown.status_code == 409
    assert "persona a cargo" in shown.content.decode()


def test_a_returned_answer_is_there_to_be_corrected_with_the_reason_above(as_user, submitted, carmen, diego) -> None:
    answering.return_answer(submitted, reason="Falta la fecha.", by=carmen)

    shown = as_user(diego).get(place(submitted, "someter"))

    form = shown.context["form"]
    assert (form["text"].value(), form["outcome"].value()) == (ONE, "resolved")
    assert "Falta la fecha." in shown.content.decode()
    assert "La devolvió Carmen Díaz" in shown.content.decode()


def test_after_it_was_sent_and_reopened_the_form_is_empty(as_user, submitted, carmen, diego) -> None:
    replaced(submitted, carmen, diego)
    answering.approve_answer(again(submitted), by=carmen)
    answering.reopen(again(submitted), reason="Sigue igual.", by=diego)

    assert not as_user(diego).get(place(submitted, "someter")).context["form"]["text"].value()


def test_the_author_is_told_why_it_came_back(submitted, carmen, diego) -> None:
    handling.assign(submitted, to=carmen, by=carmen)
    answering.return_answer(again(submitted), reason="Falta la fecha.", by=carmen)

    ((recipient, body),) = told()
    assert recipient == diego.email
    assert "Falta la fecha." in body


def test_the_author_owes_the_correction_whoever_is_in_charge(submitted, carmen, diego) -> None:
    Ticket.objects.update(assignee=carmen)
    answering.return_answer(submitted, reason="Falta la fecha.", by=carmen)

    with addresses():
        owed = [(duty.folio, duty.action) for duty in duties.of(diego, timezone.localdate())]
    assert owed == [(submitted.folio, "Corregir la respuesta")]


def test_who_no_longer_works_there_is_not_told_and_the_head_is(submitted, carmen, diego) -> None:
    diego.memberships.all().delete()

    answering.return_answer(submitted, reason="Falta la fecha.", by=carmen)

    assert [recipient for recipient, _body in told()] == [carmen.email]
