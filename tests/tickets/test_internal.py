"""One department asks another: who answers the neighbour stays, the asked one reads, and all of it is on record."""

from datetime import date

import pytest
from tests.tickets.inner_world import ask
from time_machine import travel

from cabildo.accounts.access import can
from cabildo.notifications.models import InboxItem
from cabildo.tickets.actions import internal
from cabildo.tickets.choices import InternalState, TicketPermission
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import InternalEvent, TicketEvent
from cabildo.tickets.queries.internal import legal_record, visible_internal
from cabildo.tickets.queries.visibility import may_act, visible_tickets
from conftest import make_member


@pytest.fixture
def pedro(puerto_claro, aseo):
    return make_member("Pedro Mena", puerto_claro, "department_head", aseo)


@pytest.fixture
def ajena(puerto_claro, uninvolved):
    return make_member("Ana Ajena", puerto_claro, "department_head", uninvolved)


@pytest.fixture
def uninvolved(puerto_claro):
    from cabildo.accounts.models import Department

    return Department.objects.create(municipality=puerto_claro, code="salud", name="Dirección de Salud")


def test_asking_counts_its_own_term_and_leaves_who_must_answer(receive, diego, aseo, obras) -> None:
    ticket = receive()

    asked = ask(aseo, diego, ticket=ticket)

    ticket.refresh_from_db()
    assert (ticket.department, asked.from_department, asked.to_department) == (obras, obras, aseo)
    assert asked.due_on == date(2026, 12, 7)
    assert asked.folio == "SI-2026-00001"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"days": 11}, "report_term_too_long"),
        ({"kind": "antecedentes", "days": 21}, "antecedents_term_too_long"),
        ({"asks": "  "}, "asks_missing"),
    ],
)
def test_what_is_missing_or_too_long_is_refused(receive, diego, aseo, wrong, code) -> None:
    with pytest.raises(TicketsError) as refusal:
        ask(aseo, diego, ticket=receive(), **wrong)

    assert refusal.value.code == code


def test_a_department_does_not_ask_itself(receive, diego, obras) -> None:
    with pytest.raises(TicketsError) as refusal:
        ask(obras, diego, ticket=receive())

    assert refusal.value.code == "asked_itself"


def test_a_free_standing_one_needs_its_procedure(diego, aseo, obras) -> None:
    with pytest.raises(TicketsError) as refusal:
        ask(aseo, diego, from_department=obras)

    assert refusal.value.code == "procedure_missing"
    assert ask(aseo, diego, from_department=obras, procedure="Ordenanza de aseo").ticket is None


def test_only_the_asked_department_gains_the_reading_of_that_request(receive, diego, pedro, ajena, aseo) -> None:
    ticket, other = receive(), receive()

    ask(aseo, diego, ticket=ticket)

    assert list(visible_tickets(pedro)) == [ticket]
    assert other not in visible_tickets(pedro)
    assert not visible_tickets(ajena).exists()


def test_the_asked_department_reads_but_takes_no_step_towards_the_neighbour(receive, diego, pedro, aseo) -> None:
    ticket = receive()
    ask(aseo, diego, ticket=ticket)

    assert can(pedro, TicketPermission.VIEW, on=ticket)
    assert not may_act(pedro, ticket, TicketPermission.WORK)
    assert not can(pedro, TicketPermission.CLOSE, on=ticket)


def test_answering_keeps_the_reading_and_withdrawing_takes_it_away(receive, diego, pedro, aseo) -> None:
    ticket, other = receive(), receive()
    internal.answer(ask(aseo, diego, ticket=ticket), text="No hay poda.", by=pedro)
    internal.withdraw(ask(aseo, diego, ticket=other), reason="Ya no hace falta.", by=diego)

    assert list(visible_tickets(pedro)) == [ticket]


def test_a_complaint_about_an_official_stays_hidden_from_them_though_their_department_is_asked(
    receive, diego, pedro, aseo
) -> None:
    ticket = receive(official=pedro)
    asked = ask(aseo, diego, ticket=ticket)

    assert not visible_tickets(pedro).exists()
    assert asked not in visible_internal(pedro)


def test_the_answer_reaches_the_timeline_and_who_asked(receive, diego, pedro, aseo) -> None:
    ticket = receive()

    asked = internal.answer(ask(aseo, diego, ticket=ticket), text="No hay poda.", by=pedro)

    assert (asked.state, asked.answered_by) == (InternalState.ANSWERED, pedro)
    assert TicketEvent.objects.get(ticket=ticket, kind="internal_answered").words == "No hay poda."
    assert not TicketEvent.objects.filter(ticket=ticket, kind__startswith="internal", is_public=True).exists()
    assert InboxItem.objects.filter(user=diego, message__template="tickets.internal").count() == 1


def test_what_ended_does_not_change(receive, diego, pedro, aseo) -> None:
    asked = internal.answer(ask(aseo, diego, ticket=receive()), text="Listo.", by=pedro)

    with pytest.raises(TicketsError) as refusal:
        internal.withdraw(asked, reason="Tarde.", by=diego)

    assert refusal.value.code == "internal_not_open"


def test_it_is_reminded_at_most_once_a_day_and_each_time_is_history(receive, diego, pedro, aseo) -> None:
    with travel("2026-11-23 12:00-03:00", tick=False):
        asked = internal.remind(ask(aseo, diego, ticket=receive()), by=diego)
        with pytest.raises(TicketsError) as refusal:
            internal.remind(asked, by=diego)
    with travel("2026-11-24 12:00-03:00", tick=False):
        asked = internal.remind(asked, by=diego)

    assert refusal.value.code == "reminded_today"
    assert asked.reminders == 2
    assert list(InternalEvent.objects.values_list("kind", flat=True)) == ["asked", "reminded", "reminded"]


def test_the_record_has_what_the_law_asks_for(receive, diego, aseo) -> None:
    diego.memberships.update(position="Inspector de obras")
    asked = ask(aseo, diego, ticket=(ticket := receive()))

    record = legal_record(asked)

    assert record.organ == "Municipalidad de Puerto Claro, Dirección de Obras"
    assert record.official == "Diego Soto, Inspector de obras"
    assert (record.addressee, record.data) == ("Dirección de Aseo y Ornato", "¿Hay poda programada?")
    assert ticket.folio in record.procedure
    assert record.term == asked.due_on
