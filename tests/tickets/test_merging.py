"""Requests joined and taken apart again: both histories stay, nobody is left without an answer."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from tests.tickets.joining_world import PEDRO, REASON

from cabildo.tickets import links
from cabildo.tickets.actions import answering, handling, merging
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Adhesion, Ticket, TicketEvent
from cabildo.workflow.rules.errors import WorkflowError


def again(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


@pytest.fixture
def pair(receive) -> tuple[Ticket, Ticket]:
    """Rosa's request, the main one, and Pedro's about the same."""
    return receive(), receive(contact=PEDRO, text="Sigue oscuro.")


@pytest.fixture
def joined(pair, oficina) -> tuple[Ticket, Ticket]:
    main, other = pair
    return main, merging.merge(other, into=main, by=oficina, reason=REASON)


def refused(ticket: Ticket, into: Ticket, by) -> str:
    with pytest.raises(TicketsError) as refusal:
        merging.merge(ticket, into=into, by=by, reason=REASON)
    return refusal.value.code


def test_the_joined_one_closes_as_a_duplicate_and_both_tell_it(joined) -> None:
    main, other = joined

    assert (other.state, other.outcome, other.merged_into) == ("closed", "duplicate", main)
    told = TicketEvent.objects.filter(kind="merged").order_by("pk")
    assert [event.ticket for event in told] == [other, main]
    assert all("art. 33" in event.words for event in told)


def test_its_requester_adheres_to_the_main_one_and_is_told(joined, run_jobs) -> None:
    main, _other = joined
    run_jobs()

    assert Adhesion.objects.get(ticket=main).requester.name == "Pedro Mena"
    assert any(m.to == ["pedro@ejemplo.cl"] and REASON in m.body for m in mail.outbox)


def test_neither_timeline_names_the_other_s_folio_to_a_stranger(joined) -> None:
    main, other = joined
    words = " ".join(TicketEvent.objects.filter(is_public=True).values_list("words", flat=True))

    assert main.folio not in words
    assert other.folio not in words


def test_the_answer_of_the_main_one_reaches_both(joined, diego, run_jobs) -> None:
    answering.answer(again(joined[0]), text="Cambiamos la luz.", outcome="resolved", by=diego)
    run_jobs()

    answered = {m.to[0] for m in mail.outbox if "Cambiamos la luz." in m.body}
    assert answered == {"rosa@ejemplo.cl", "pedro@ejemplo.cl"}


def test_what_is_added_to_the_joined_one_reaches_the_main(client, joined) -> None:
    main, other = joined

    client.post(f"/m/puerto-claro/seguimiento/{links.tracking_token(other)}/", {"text": "Ahora son dos postes."})

    told = TicketEvent.objects.filter(kind="citizen_message", words="Ahora son dos postes.")
    assert {(event.ticket, event.is_public) for event in told} == {(other, True), (main, False)}


def test_its_tracking_page_says_that_it_is_answered_with_another(client, joined) -> None:
    main, other = joined

    page = client.get(f"/m/puerto-claro/seguimiento/{links.tracking_token(other)}/").content.decode()

    assert "se responde junto con otra" in page
    assert main.text not in page
    assert main.folio not in page


@pytest.mark.parametrize("state", ["derived", "in_progress", "waiting"])
def test_undoing_gives_back_state_and_clocks_and_tells(pair, oficina, diego, run_jobs, state) -> None:
    main, other = pair
    if state != "derived":
        other = handling.acknowledge(other, by=diego)
    if state == "waiting":
        other = handling.ask_requester(other, text="¿Cuál poste?", by=diego, today=timezone.localdate())
    before = again(other)
    merging.merge(other, into=main, by=oficina, reason=REASON)

    after = merging.unmerge(again(other), by=oficina, reason="Son postes distintos.")
    run_jobs()

    kept = ["state", "outcome", "closed_at", "merged_into_id", "department_id", "legal_due_on", "is_stopped"]
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert Adhesion.objects.get().ended_at is not None
    assert any("Son postes distintos." in m.body for m in mail.outbox)
    assert [e.ticket for e in TicketEvent.objects.filter(kind="unmerged").order_by("pk")] == [other, main]


def test_who_answered_while_joined_is_not_waited_for_any_more(pair, oficina, diego) -> None:
    main, other = pair
    today = timezone.localdate()
    other = handling.ask_requester(other, text="¿Cuál poste?", by=diego, today=today)
    merging.merge(other, into=main, by=oficina, reason=REASON)
    handling.add_information(again(other), text="El 14.", by=None, today=today)

    after = merging.unmerge(again(other), by=oficina, reason="Distintos.")

    assert (after.state, again(after).is_stopped) == ("in_progress", False)


def test_an_undone_joining_may_be_made_again(joined, oficina) -> None:
    main, other = joined
    merging.unmerge(again(other), by=oficina, reason="Me equivoqué.")

    assert merging.merge(again(other), into=main, by=oficina, reason=REASON).merged_into == main
    assert Adhesion.objects.filter(ended_at=None).count() == 1


def test_a_request_not_yet_routed_takes_the_department_of_the_main_and_gives_it_back(
    receive, categories, obras, oficina
) -> None:
    main = receive()
    categories["lamp"].department = None
    categories["lamp"].save()
    other = receive()

    merged = merging.merge(other, into=main, by=oficina, reason=REASON)
    assert merged.department == obras
    back = merging.unmerge(merged, by=oficina, reason="Distintas.")
    assert (back.state, back.department) == ("intake", None)


def test_chains_and_cycles_are_refused(joined, receive, oficina) -> None:
    main, other = joined
    third = receive()

    assert refused(third, again(other), oficina) == "merge_into_merged"
    assert refused(again(main), third, oficina) == "merge_has_merged"
    assert refused(again(main), main, oficina) == "merge_itself"


def test_nothing_is_joined_to_a_closed_request(pair, diego, oficina) -> None:
    main, other = pair
    answering.answer(main, text="Listo.", outcome="resolved", by=diego)

    assert refused(other, again(main), oficina) == "merge_into_closed"


@pytest.mark.parametrize("reserved", [(True, False), (False, True)])
def test_a_reserved_request_is_not_joined_to_an_open_one(receive, oficina, reserved) -> None:
    one, other = (receive(wants_reserve=wish) for wish in reserved)

    assert refused(one, other, oficina) == "merge_reserved"


def test_a_reserved_identity_does_not_travel_to_another_department(receive, oficina) -> None:
    one, other = receive(wants_reserve=True), receive("rubbish", wants_reserve=True)

    assert refused(one, other, oficina) == "merge_reserved"


def test_joining_and_undoing_need_a_reason(pair, joined, oficina) -> None:
    with pytest.raises(TicketsError):
        merging.merge(pair[0], into=pair[1], by=oficina, reason="  ")
    with pytest.raises(TicketsError):
        merging.unmerge(joined[1], by=oficina, reason="")


def test_a_stale_page_does_not_join(pair, oficina, diego) -> None:
    main, other = pair
    handling.acknowledge(other, by=diego)

    with pytest.raises(TicketsError) as refusal:
        merging.merge(other, into=main, by=oficina, reason=REASON, seen_version=other.version)

    assert refusal.value.code == "stale"


def test_a_closed_request_is_not_joined(pair, diego, oficina) -> None:
    main, other = pair
    other = answering.answer(other, text="Listo.", outcome="resolved", by=diego)

    with pytest.raises(WorkflowError):
        merging.merge(other, into=main, by=oficina, reason=REASON)


def test_the_term_is_counted_again_on_the_present_calendar(joined, oficina) -> None:
    other = joined[1]
    wrong = other.legal_due_on + timedelta(days=300)
    Ticket.objects.filter(pk=other.pk).update(legal_due_on=wrong)

    assert merging.unmerge(again(other), by=oficina, reason="Distintas.").legal_due_on < wrong
