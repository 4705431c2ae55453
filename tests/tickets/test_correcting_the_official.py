"""Whom a complaint is about is shown to who works it, and a wrong line is corrected in sight of all."""

import pytest
from tests.tickets.inner_world import DESK, ask

from cabildo.accounts import actions as accounts
from cabildo.audit.models import Entry
from cabildo.tickets.actions import handling, official
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket, TicketEvent
from cabildo.tickets.queries.visibility import visible_tickets
from conftest import make_member


@pytest.fixture
def control(puerto_claro):
    return make_member("Camila Toro", puerto_claro, "control_unit")


@pytest.fixture
def hidden(receive, diego, alcaldesa):
    """Diego wrote that the complaint is about the mayor."""
    return official.name_official(receive(), official=alcaldesa, by=diego)


def page(ticket, step="") -> str:
    return f"{DESK}solicitudes/{ticket.folio}/{f'paso/{step}/' if step else ''}"


def correct(ticket, by, to=None, reason="Se marcó a otra persona."):
    return official.correct_official(ticket, official=to, reason=reason, by=by)


def test_the_office_and_who_works_it_read_whom_it_is_about_and_who_said_so(
    as_user, hidden, oficina, carmen, diego
) -> None:
    for reader in (oficina, carmen, diego):
        shown = as_user(reader).get(page(hidden)).content.decode()
        assert "Ana Reyes" in shown
        assert "Lo indicó Diego Soto" in shown


def test_who_only_reads_it_does_not_learn_whom_it_is_about(as_user, hidden, control, diego, aseo) -> None:
    ask(aseo, diego, ticket=hidden)
    for reader in (control, make_member("Pedro Luco", aseo.municipality, "department_head", aseo)):
        shown = as_user(reader).get(page(hidden))
        assert shown.status_code == 200
        assert "Ana Reyes" not in shown.content.decode()


def test_corrected_the_former_sees_it_at_once_and_the_right_one_no_more(hidden, control, alcaldesa, oficina) -> None:
    assert (visible_tickets(alcaldesa).exists(), visible_tickets(control).exists()) == (False, True)

    correct(hidden, oficina, to=control)

    assert (visible_tickets(alcaldesa).exists(), visible_tickets(control).exists()) == (True, False)


def test_the_other_accounts_of_the_right_one_lose_sight_of_it_too(hidden, obras, puerto_claro, admin, oficina) -> None:
    one, two = (make_member(name, puerto_claro, "department_officer", obras) for name in ("Eva Ruz", "Eva Ruz Lagos"))
    for account in (one, two):
        accounts.declare_run(account, run="12345678-5", by=admin)
    ticket = handling.assign(hidden, to=two, by=oficina)

    assert correct(ticket, oficina, to=one).assignee is None
    assert not visible_tickets(two).exists()


def test_it_may_turn_out_to_be_about_nobody(hidden, alcaldesa, carmen) -> None:
    assert correct(hidden, carmen).official is None
    assert visible_tickets(alcaldesa).contains(hidden)


def test_who_corrected_it_and_why_stays_in_the_history_and_the_audit_has_no_words(
    hidden, diego, alcaldesa, carmen
) -> None:
    ticket = correct(hidden, carmen, to=diego, reason="El vecino habló de otra persona.")
    told = TicketEvent.objects.filter(ticket=ticket).order_by("pk").last()
    entry = Entry.objects.filter(subject_id=str(ticket.pk)).order_by("pk").last()

    assert (told.by, told.data) == (carmen, {"official": diego.pk, "before": alcaldesa.pk})
    assert "El vecino habló de otra persona." in told.words
    assert "Diego" not in told.words
    assert entry.data == {"official": diego.pk, "before": alcaldesa.pk}


def test_it_is_corrected_in_the_browser_with_a_reason(as_user, hidden, carmen, diego) -> None:
    desk, step = as_user(carmen), page(hidden, "corregir-funcionario")
    sent = {"version": hidden.version, "official": diego.pk}
    refused = desk.post(step, {**sent, "text": ""})
    done = desk.post(step, {**sent, "text": "Se marcó a otra persona."})

    assert refused.context["form"].has_error("text")
    assert done.status_code == 302
    assert Ticket.objects.get().official == diego


def test_an_officer_who_wrote_a_wrong_line_cannot_change_it_alone(as_user, hidden, diego) -> None:
    step = page(hidden, "corregir-funcionario")

    assert as_user(diego).get(step).status_code == 404
    assert as_user(diego).post(step, {"version": hidden.version, "text": "Nadie."}).status_code == 404
    assert "corregir-funcionario" not in as_user(diego).get(page(hidden)).content.decode()


def test_naming_again_does_not_change_whom_it_is_about(hidden, oficina, carmen) -> None:
    with pytest.raises(TicketsError, match="official_named"):
        official.name_official(hidden, official=carmen, by=oficina)


@pytest.mark.parametrize("same", [True, False])
def test_neither_of_the_two_corrects_it(receive, diego, carmen, same) -> None:
    ticket = receive(official=diego)

    with pytest.raises(TicketsError, match="official_is_oneself"):
        correct(ticket, diego if same else carmen, to=carmen)


def test_a_correction_that_changes_nothing_or_says_no_reason_is_refused(hidden, alcaldesa, carmen) -> None:
    with pytest.raises(TicketsError, match="official_unchanged"):
        correct(hidden, carmen, to=alcaldesa)
    with pytest.raises(TicketsError, match="reason_missing"):
        correct(hidden, carmen, reason=" ")


def test_the_form_warns_what_naming_does(as_user, receive, diego) -> None:
    shown = as_user(diego).get(page(receive(), "funcionario-aludido")).content.decode()

    assert "esa persona no ve este reclamo" in shown
    assert "lo corrige la oficina de solicitudes o la jefatura" in shown
