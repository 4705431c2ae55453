"""What other departments still owe on a request is named before it closes, and ends with it unless it is kept."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.tickets.inner_world import DESK, ask

from cabildo.kit.workdays import Calendar
from cabildo.notifications.models import Message
from cabildo.tickets.actions import answering, handling, internal, merging, silence
from cabildo.tickets.models import InternalEvent, InternalRequest, Ticket, TicketPause
from cabildo.tickets.queries.internal import asked_of
from cabildo.tickets.queries.internal_time import internal_time
from cabildo.tickets.queries.visibility import visible_tickets
from conftest import make_member

CLOSED = "La solicitud se cerró: ya no hace falta responder."


@pytest.fixture
def pedro(puerto_claro, aseo):
    return make_member("Pedro Luco", puerto_claro, "department_head", aseo)


@pytest.fixture
def owing(receive, diego, aseo, pedro) -> Ticket:
    """Obras works it; Aseo owes a report on it."""
    ticket = handling.acknowledge(receive(), by=diego)
    ask(aseo, diego, ticket=ticket, today=timezone.localdate())
    return ticket


def respond(ticket, diego, **more):
    return answering.answer(ticket, text="Listo.", outcome="resolved", by=diego, **more)


def deem(ticket, diego, **more):
    handling.ask_requester(ticket, text="¿Qué poste?", by=diego, today=timezone.localdate())
    TicketPause.objects.update(started_on=timezone.localdate() - timedelta(days=20))
    return answering.deem_withdrawn(ticket, by=diego, reason="No vino.", today=timezone.localdate(), **more)


def declare(ticket, diego, **more):
    Ticket.objects.update(legal_due_on=timezone.localdate() - timedelta(days=9))
    given = {"effect": "rejected", "grounds": "Venció.", "by": diego, "today": timezone.localdate()}
    return silence.declare(ticket, **given, **more)


def withdraw(ticket, diego, **more):
    return answering.withdraw(ticket, by=diego, reason="Ya no.", today=timezone.localdate(), **more)


@pytest.fixture
def join(receive):
    main = receive()
    return lambda ticket, diego, **more: merging.merge(ticket, into=main, by=diego, reason="Es la misma.", **more)


WAYS = [respond, deem, declare, withdraw]


@pytest.mark.parametrize("close", WAYS)
def test_every_closing_ends_what_was_asked_and_tells_the_asked(owing, diego, pedro, close) -> None:
    close(owing, diego)

    asked, told = InternalRequest.objects.get(), InternalEvent.objects.order_by("pk").last()
    assert (asked.state, told.kind, told.words) == ("withdrawn", "withdrawn", CLOSED)
    assert not asked_of(pedro).exists()
    assert not visible_tickets(pedro).exists()
    mails = [m.subject for m in Message.objects.filter(template="tickets.internal") if m.recipient == pedro.email]
    assert any("ya no hace falta su respuesta" in subject for subject in mails)


def test_joining_ends_it_too(owing, diego, join) -> None:
    join(owing, diego)

    assert InternalRequest.objects.get().state == "withdrawn"


@pytest.mark.parametrize("close", WAYS)
def test_the_officer_may_keep_it(owing, diego, pedro, close) -> None:
    close(owing, diego, keep_internal=True)

    assert InternalRequest.objects.get().is_open
    assert asked_of(pedro).exists()


def test_joined_it_may_be_kept(owing, diego, join) -> None:
    join(owing, diego, keep_internal=True)

    assert InternalRequest.objects.get().is_open


def test_who_closes_by_their_own_page_ends_it_without_an_official(owing) -> None:
    from cabildo.tickets.actions.own_withdrawal import withdraw_own

    withdraw_own(owing, today=timezone.localdate())

    assert InternalEvent.objects.order_by("pk").last().by is None
    assert InternalRequest.objects.get().state == "withdrawn"


def test_the_page_names_it_before_closing_and_the_tick_keeps_it(as_user, owing, diego) -> None:
    desk, place = as_user(diego), f"{DESK}solicitudes/{owing.folio}/paso/responder/"
    shown = desk.get(place)
    asked, body = InternalRequest.objects.get(), shown.content.decode()
    assert asked.folio in body
    assert "Dirección de Aseo y Ornato" in body

    form = shown.context["form"]
    sent = {"version": form["version"].value(), "outcome": "resolved", "text": "Listo.", "keep_internal": "on"}
    assert desk.post(place, sent).status_code == 302
    assert InternalRequest.objects.get().is_open


def test_a_request_on_which_nothing_is_owed_offers_no_tick(as_user, owing, diego) -> None:
    internal.withdraw(InternalRequest.objects.get(), reason="Ya no.", by=diego)

    shown = as_user(diego).get(f"{DESK}solicitudes/{owing.folio}/paso/responder/")

    assert "keep_internal" not in shown.context["form"].fields


def test_the_time_waited_counts_until_the_closing_and_no_further(owing, diego) -> None:
    today = timezone.localdate()
    respond(owing, diego)
    until = today + timedelta(days=60)

    (line,) = internal_time(since=date(2020, 1, 1), until=until, today=until, calendar=Calendar({}))

    assert (line.requests, line.late, line.days_waited) == (1, 0, 0)
