"""Answered, approved where asked for, rated once, and opened again when it was not solved."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cabildo.notifications.models import Message
from cabildo.tickets.actions import answering, handling, satisfaction
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Answer, Satisfaction, Ticket, TicketPause

TEXT = "Cambiamos la luminaria el lunes."


@pytest.fixture
def answered(receive, diego) -> Ticket:
    return answering.answer(receive(), text=TEXT, outcome="resolved", by=diego)


def token() -> str:
    return re.search(r"/evaluacion/([\w-]+)/", Message.objects.get(template="tickets.answered").body)[1]


def again(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_an_answer_closes_and_numbers_itself(answered) -> None:
    given = Answer.objects.get()

    assert (answered.state, answered.outcome, given.number) == ("closed", "resolved", 1)
    assert answered.answered_at == answered.closed_at


def test_numbers_run_apart_in_each_department(receive, diego, oficina) -> None:
    for code in ("lamp", "lamp", "rubbish"):
        answering.answer(receive(code), text=TEXT, outcome="resolved", by=oficina)

    assert list(Answer.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 1]


@pytest.mark.parametrize(
    ("given", "code"),
    [({"text": "  "}, "answer_missing"), ({"text": TEXT, "outcome": "not_competent"}, "addressee_missing")],
)
def test_an_incomplete_answer_is_refused(receive, diego, given, code) -> None:
    with pytest.raises(TicketsError) as refusal:
        answering.answer(receive(), **{"outcome": "resolved", "by": diego, **given})

    assert refusal.value.code == code


def test_where_approval_is_asked_for_nobody_answers_alone(receive, diego, categories) -> None:
    categories["lamp"].needs_approval = True
    categories["lamp"].save()

    with pytest.raises(TicketsError) as refusal:
        answering.answer(receive(), text=TEXT, outcome="resolved", by=diego)

    assert refusal.value.code == "approval_needed"


def test_the_head_approves_what_another_drafted(receive, diego, carmen) -> None:
    ticket = receive()
    answering.submit_answer(ticket, text=TEXT, outcome="resolved", by=diego)

    closed = answering.approve_answer(again(ticket), by=carmen)

    assert (closed.state, Answer.objects.get().decided_by) == ("closed", carmen)


def test_whoever_drafted_cannot_approve(receive, carmen) -> None:
    ticket = receive()
    answering.submit_answer(ticket, text=TEXT, outcome="resolved", by=carmen)

    with pytest.raises(TicketsError) as refusal:
        answering.approve_answer(again(ticket), by=carmen)

    assert refusal.value.code == "not_the_drafter"


def test_a_returned_answer_keeps_its_reason_and_the_work_goes_on(receive, diego, carmen) -> None:
    ticket = receive()
    answering.submit_answer(ticket, text=TEXT, outcome="resolved", by=diego)

    back = answering.return_answer(again(ticket), reason="Falta la fecha.", by=carmen)

    assert (back.state, Answer.objects.get().returned_reason) == ("in_progress", "Falta la fecha.")


def test_the_invitation_goes_to_who_asked_and_never_to_who_registered(receive, oficina, diego) -> None:
    ticket = receive(by=oficina, channel="counter")
    answering.answer(again(ticket), text=TEXT, outcome="resolved", by=diego)

    assert Message.objects.get(template="tickets.answered").recipient == "rosa@ejemplo.cl"


def test_an_anonymous_request_invites_nobody(receive, diego) -> None:
    from cabildo.people.actions import Contact

    answering.answer(receive(contact=Contact()), text=TEXT, outcome="resolved", by=diego)

    assert Satisfaction.objects.count() == 0


def test_one_opinion_per_closing(answered) -> None:
    link = token()
    satisfaction.answer(link, solved=True, grade=6)

    with pytest.raises(TicketsError) as refusal:
        satisfaction.answer(link, solved=False, grade=1)

    assert refusal.value.code == "satisfaction_used"
    assert Satisfaction.objects.get().grade == 6


def test_not_solved_opens_it_again_in_its_department(answered, obras) -> None:
    satisfaction.answer(token(), solved=False, grade=2, low_reason="no_resolvio")

    ticket = again(answered)
    assert (ticket.state, ticket.department, ticket.outcome, ticket.reopened_count) == ("derived", obras, "", 1)


def test_not_solved_after_the_window_only_counts(answered) -> None:
    Ticket.objects.filter(pk=answered.pk).update(closed_at=timezone.now() - timedelta(days=16))

    satisfaction.answer(token(), solved=False, grade=2)

    assert again(answered).state == "closed"


def test_a_second_closing_asks_again(answered, diego) -> None:
    satisfaction.answer(token(), solved=False, grade=2)
    answering.answer(again(answered), text=TEXT, outcome="resolved", by=diego)

    assert list(Satisfaction.objects.order_by("closing").values_list("closing", flat=True)) == [1, 2]


def test_nothing_is_deemed_withdrawn_before_the_neighbour_s_term_ends(receive, diego) -> None:
    ticket = receive()
    handling.ask_requester(ticket, text="¿Qué número?", by=diego, today=timezone.localdate())

    with pytest.raises(TicketsError) as refusal:
        answering.deem_withdrawn(again(ticket), by=diego, reason="No respondió.", today=timezone.localdate())

    assert refusal.value.code == "pause_not_over"


def test_a_person_deems_it_withdrawn_once_the_term_ended(receive, diego) -> None:
    ticket = receive()
    handling.ask_requester(ticket, text="¿Qué número?", by=diego, today=timezone.localdate())
    TicketPause.objects.update(started_on=timezone.localdate() - timedelta(days=20))

    closed = answering.deem_withdrawn(again(ticket), by=diego, reason="No respondió.", today=timezone.localdate())

    assert (closed.state, closed.outcome, closed.answered_at) == ("closed", "withdrawn", None)
