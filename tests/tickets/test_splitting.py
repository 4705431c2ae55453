"""A request that asks for two things becomes two, with the same person and the same day."""

import pytest
from django.core import mail
from tests.tickets.joining_world import CORNER, REASON

from cabildo.tickets.actions import answering, merging, splitting
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Adhesion, Ticket, TicketEvent


@pytest.fixture
def part(categories) -> splitting.Part:
    return splitting.Part(categories["rubbish"], "reclamo", "Además hay basura al pie del poste.")


@pytest.fixture
def whole(receive) -> Ticket:
    return receive(**CORNER)


def refused(ticket: Ticket, *parts, by) -> str:
    with pytest.raises(TicketsError) as refusal:
        splitting.split(ticket, *parts, by=by)
    return refusal.value.code


def test_the_part_keeps_person_day_and_place_and_goes_to_its_own_department(whole, part, oficina, aseo) -> None:
    [child] = splitting.split(whole, part, by=oficina)

    assert (child.split_from, child.requester, child.received_at) == (whole, whole.requester, whole.received_at)
    assert (child.department, child.place, child.text) == (aseo, "Los Aromos 120", part.text)
    assert (child.legal_due_on, child.is_public) == (whole.legal_due_on, False)


def test_the_first_one_goes_on_and_both_tell_it(whole, part, oficina) -> None:
    [child] = splitting.split(whole, part, by=oficina)

    assert Ticket.objects.get(pk=whole.pk).state == "derived"
    told = {event.ticket: event.words for event in TicketEvent.objects.filter(kind="split")}
    assert child.folio in told[whole]
    assert whole.folio in told[child]


def test_the_requester_gets_the_receipt_of_the_part(whole, part, oficina, run_jobs) -> None:
    [child] = splitting.split(whole, part, by=oficina)
    run_jobs()

    assert any(m.to == ["rosa@ejemplo.cl"] and child.folio in m.body for m in mail.outbox)


def test_a_reserved_request_has_reserved_parts(receive, part, oficina) -> None:
    [child] = splitting.split(receive(wants_reserve=True), part, by=oficina)

    assert child.is_reserved


def test_there_are_at_most_five_parts(whole, part, oficina) -> None:
    splitting.split(whole, *[part] * 4, by=oficina)

    assert refused(whole, part, part, by=oficina) == "split_too_many"
    assert len(splitting.split(whole, part, by=oficina)) == 1


def test_a_part_has_no_parts(whole, part, oficina) -> None:
    [child] = splitting.split(whole, part, by=oficina)

    assert refused(child, part, by=oficina) == "split_part"


def test_nothing_is_separated_from_a_closed_request_nor_without_parts(whole, part, diego, oficina) -> None:
    assert refused(whole, by=oficina) == "split_nothing"
    answering.answer(whole, text="Listo.", outcome="resolved", by=diego)

    assert refused(whole, part, by=oficina) == "split_closed"


def test_a_part_goes_back_and_may_come_out_again(whole, part, oficina) -> None:
    [child] = splitting.split(whole, part, by=oficina)

    back = merging.unsplit(child, by=oficina, reason=REASON)
    assert (back.state, back.merged_into) == ("closed", whole)
    assert [e.ticket for e in TicketEvent.objects.filter(kind="unsplit").order_by("pk")] == [child, whole]
    assert not Adhesion.objects.exists()

    assert merging.unmerge(back, by=oficina, reason="Sí era aparte.").state == "derived"


def test_only_a_part_is_given_back(whole, oficina) -> None:
    with pytest.raises(TicketsError) as refusal:
        merging.unsplit(whole, by=oficina, reason=REASON)

    assert refusal.value.code == "not_a_part"


def test_the_whole_is_not_joined_to_its_own_part(whole, part, oficina) -> None:
    [child] = splitting.split(whole, part, by=oficina)

    with pytest.raises(TicketsError) as refusal:
        merging.merge(whole, into=child, by=oficina, reason=REASON)

    assert refusal.value.code == "merge_into_part"
