"""A person no longer wants their request: an official puts on record who said so, how and when."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from tests.tickets.inner_world import DESK
from tests.tickets.joining_world import PEDRO

from cabildo.tickets import links
from cabildo.tickets.actions import adhering, answering, handling, withdrawing
from cabildo.tickets.actions.withdrawing import Said
from cabildo.tickets.choices import OPEN_STATES, State
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket, TicketEvent
from cabildo.tickets.rules.states import MACHINE

TODAY = timezone.localdate
SAID = {"said_by": "requester", "how": "phone"}


@pytest.fixture
def unrouted(receive, categories) -> Ticket:
    categories["lamp"].department = None
    categories["lamp"].save()
    return receive()


def page(ticket: Ticket) -> str:
    return f"{DESK}solicitudes/{ticket.folio}/paso/retirar/"


def send(client, ticket: Ticket, **more):
    sent = {"version": ticket.version, "said_on": TODAY().isoformat(), **SAID, **more}
    return client.post(page(ticket), sent)


def withdraw(ticket: Ticket, by, on: date | None = None, **more) -> Ticket:
    said = Said(**{**SAID, "on": on or TODAY()})
    return withdrawing.withdraw_as_said(ticket, said=said, by=by, today=TODAY(), **more)


def test_it_closes_as_withdrawn_and_says_who_how_and_when(as_user, receive, oficina) -> None:
    ticket = receive()
    done = send(as_user(oficina), ticket)
    closed, told = Ticket.objects.get(), TicketEvent.objects.order_by("pk").last()

    assert done.status_code == 302
    assert (closed.state, closed.outcome, closed.answered_at) == ("closed", "withdrawn", None)
    assert told.data == {"reason": "withdrawn", **SAID, "on": TODAY().isoformat()}
    assert (told.by, told.is_public) == (oficina, True)
    assert "por teléfono" in told.words


def test_the_person_reads_it_by_mail_and_on_their_page(client, receive, oficina, run_jobs) -> None:
    ticket = withdraw(receive(), oficina)
    run_jobs()
    shown = client.get(f"/m/puerto-claro/seguimiento/{links.tracking_token(ticket)}/").content.decode()

    assert "Quien la hizo pidió retirarla" in shown
    assert any("Quien la hizo pidió retirarla" in message.body for message in mail.outbox)


@pytest.mark.parametrize("state", [state for state in OPEN_STATES if state != State.INTAKE])
def test_it_is_offered_in_every_open_state(as_user, receive, diego, state) -> None:
    ticket = receive()
    Ticket.objects.update(state=state)

    assert "paso/retirar/" in as_user(diego).get(f"{DESK}solicitudes/{ticket.folio}/").content.decode()
    assert "withdraw" in {step.name for step in MACHINE.allowed(state)}


def test_one_not_yet_routed_is_left_with_a_department(as_user, unrouted, oficina, aseo) -> None:
    desk = as_user(oficina)
    refused, done = send(desk, unrouted), send(desk, unrouted, department=aseo.pk)

    assert refused.context["form"].has_error("department")
    assert done.status_code == 302
    assert (Ticket.objects.get().outcome, Ticket.objects.get().department) == ("withdrawn", aseo)


def test_without_a_department_to_leave_it_with_nothing_changes(unrouted) -> None:
    with pytest.raises(TicketsError, match="withdraw_unrouted"):
        answering.withdraw(unrouted, by=None, reason="Ya no.", today=TODAY())

    assert Ticket.objects.get().state == State.INTAKE


def test_while_it_waits_for_the_person_the_stop_ends_with_it(receive, diego) -> None:
    ticket = handling.ask_requester(receive(), text="¿Qué poste?", by=diego, today=TODAY())

    assert withdraw(ticket, diego).is_stopped is False


@pytest.mark.parametrize("days", [1, -400])
def test_a_day_to_come_or_before_the_request_is_refused_at_its_field(as_user, receive, diego, days) -> None:
    ticket, day = receive(), TODAY() + timedelta(days=days)

    assert send(as_user(diego), ticket, said_on=day.isoformat()).context["form"].has_error("said_on")
    with pytest.raises(TicketsError, match=r"withdrawn_in_future|withdrawn_before_request"):
        withdraw(ticket, diego, on=day)
    assert Ticket.objects.get().is_open


def test_who_speaks_for_them_is_named(as_user, receive, diego) -> None:
    ticket, desk = receive(), as_user(diego)
    refused = send(desk, ticket, said_by="other")
    send(desk, ticket, said_by="other", name="Pablo Pérez")

    assert refused.context["form"].has_error("name")
    assert "Pablo Pérez pidió retirarla" in TicketEvent.objects.order_by("pk").last().words


def test_but_not_in_a_reserved_one_whose_history_others_read(as_user, receive, diego) -> None:
    ticket = receive(wants_reserve=True)
    send(as_user(diego), ticket, said_by="other", name="Pablo Pérez")

    assert Ticket.objects.get().outcome == "withdrawn"
    assert not TicketEvent.objects.filter(words__contains="Pablo").exists()


def test_one_that_others_ask_too_goes_on_for_them(as_user, receive, diego) -> None:
    ticket = receive()
    adhering.adhere(ticket, adhering.Joining(PEDRO, "web"), by=None)
    page = send(as_user(diego), Ticket.objects.get())

    assert "no la cierra (Ley 19.880, art. 42)" in page.content.decode()
    assert Ticket.objects.get().is_open


def test_who_only_reads_it_cannot_withdraw_it(as_user, receive, alcaldesa) -> None:
    assert send(as_user(alcaldesa), receive()).status_code == 404
    assert Ticket.objects.get().is_open
