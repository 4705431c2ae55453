"""The work on a request: acknowledged, derived, asked about, extended; and what is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cabildo.tickets.actions import clocks, handling
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Derivation, TermRule, Ticket, TicketEvent, TicketPause
from cabildo.tickets.queries import tracking
from cabildo.workflow.actions import change_holiday
from cabildo.workflow.rules.errors import WorkflowError

TODAY = timezone.localdate


def again(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_acknowledging_takes_charge_and_stops_the_24_hours(receive, diego) -> None:
    ticket = handling.acknowledge(receive(), by=diego)

    assert (ticket.state, ticket.assignee) == ("in_progress", diego)
    assert Derivation.objects.get().acknowledged_by == diego


def test_deriving_leaves_a_trace_of_both_departments(receive, carmen, aseo, obras) -> None:
    ticket = handling.derive(receive(), to=aseo, reason="Es retiro de ramas.", by=carmen)

    assert (ticket.state, ticket.department, ticket.assignee) == ("derived", aseo, None)
    last = Derivation.objects.last()
    assert (last.from_department, last.to_department, last.reason) == (obras, aseo, "Es retiro de ramas.")


@pytest.mark.parametrize(("reason", "code"), [("", "reason_required"), ("   ", "reason_required")])
def test_deriving_needs_a_reason(receive, carmen, aseo, reason, code) -> None:
    with pytest.raises(WorkflowError) as refusal:
        handling.derive(receive(), to=aseo, reason=reason, by=carmen)

    assert refusal.value.code == code


def test_deriving_to_where_it_is_makes_no_sense(receive, carmen, obras) -> None:
    with pytest.raises(TicketsError) as refusal:
        handling.derive(receive(), to=obras, reason="no sé", by=carmen)

    assert refusal.value.code == "same_department"


def test_an_inactive_department_receives_nothing(receive, carmen, aseo) -> None:
    aseo.is_active = False
    aseo.save()

    with pytest.raises(TicketsError) as refusal:
        handling.derive(receive(), to=aseo, reason="ramas", by=carmen)

    assert refusal.value.code == "department_inactive"


def test_who_changes_what_another_changed_is_told_which_field(receive, diego, carmen, aseo) -> None:
    ticket = receive()
    handling.derive(again(ticket), to=aseo, reason="ramas", by=carmen)

    with pytest.raises(TicketsError) as refusal:
        handling.acknowledge(ticket, by=diego, seen_version=ticket.version)

    assert refusal.value.code == "stale"
    assert "dirección" in refusal.value.sentence


def test_asking_the_neighbour_stops_both_clocks_by_law(receive, diego) -> None:
    ticket = receive()
    before = ticket.legal_due_on

    ticket = handling.ask_requester(ticket, text="¿En qué número vive?", by=diego, today=TODAY())

    pause = TicketPause.objects.get()
    assert (ticket.state, again(ticket).is_stopped) == ("waiting", True)
    assert (pause.norm, pause.max_days) == ("Ley 19.880, art. 31", 5)
    assert again(ticket).legal_due_on > before


def test_the_neighbour_s_answer_lets_the_clock_run_again(receive, diego) -> None:
    ticket = receive()
    before = ticket.legal_due_on
    handling.ask_requester(ticket, text="¿En qué número vive?", by=diego, today=TODAY())

    handling.add_information(again(ticket), text="En el 120.", by=None, today=TODAY())

    ticket = again(ticket)
    assert (ticket.state, ticket.is_stopped, ticket.legal_due_on) == ("in_progress", False, before)


def test_the_term_is_extended_once_and_at_most_by_half(receive, carmen, puerto_claro) -> None:
    TermRule.objects.create(municipality=puerto_claro, kind="reclamo", days=20, unit="habiles", article="Ordenanza")
    ticket = receive()
    more = {"by": carmen, "reason": "Falta un informe.", "today": TODAY()}

    extended = clocks.extend(ticket, extra_days=10, seen_version=1, **more)

    assert extended.legal_due_on > ticket.legal_due_on
    with pytest.raises(WorkflowError) as refusal:
        clocks.extend(again(ticket), extra_days=1, seen_version=2, **more)
    assert refusal.value.code == "already_extended"


def test_urgency_halves_the_term(receive, carmen) -> None:
    ticket = receive()

    clocks.declare_urgent(ticket, by=carmen, reason="Hay peligro.", today=TODAY(), seen_version=1)

    assert (tracking.legal_clock(ticket).days, again(ticket).is_urgent) == (15, True)


def test_a_new_holiday_moves_open_deadlines_and_says_so(receive, admin, run_jobs) -> None:
    ticket = receive()
    before = ticket.legal_due_on

    change_holiday(on=before, effect="added", name="Aniversario", act="Decreto 12", by=admin)
    run_jobs()

    assert again(ticket).legal_due_on > before
    assert TicketEvent.objects.filter(ticket=ticket, kind="recounted", is_public=True).exists()


def test_the_officials_who_stand_in_receive_the_notice(receive, carmen, admin, puerto_claro) -> None:
    from cabildo.accounts.actions import substitute
    from cabildo.notifications.models import InboxItem
    from conftest import make_user

    sofia = make_user("Sofía Suplente")
    today = TODAY()
    substitute(
        absent=carmen, substitute=sofia, reason="leave", starts_on=today, ends_on=today + timedelta(days=3), by=admin
    )

    handling.add_information(receive(), text="Sigue apagada.", by=None, today=today)

    assert list(InboxItem.objects.values_list("user", flat=True)) == [sofia.pk]


def test_reclassifying_counts_from_the_day_of_reception(receive, oficina, categories, puerto_claro) -> None:
    TermRule.objects.create(municipality=puerto_claro, kind="reclamo", days=5, unit="habiles", article="Ordenanza")
    ticket = receive()

    handling.reclassify(ticket, category=categories["rubbish"], kind="reclamo", by=oficina)

    clock = tracking.legal_clock(ticket)
    assert (clock.days, clock.submitted_on) == (5, timezone.localdate(ticket.received_at))
