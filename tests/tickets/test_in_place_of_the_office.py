"""What is kept from everybody of the office of requests falls to the control unit, and then to the mayor."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.tickets.inner_world import DESK

from cabildo.accounts.links import addresses
from cabildo.accounts.models import Substitution
from cabildo.notifications.models import InboxItem
from cabildo.tickets import digests, duties
from cabildo.tickets.actions import handling, official
from cabildo.tickets.models import Derivation, Mention, Ticket
from conftest import make_member


@pytest.fixture
def control(puerto_claro):
    return make_member("Camila Toro", puerto_claro, "control_unit")


@pytest.fixture
def complaint(receive, oficina) -> Ticket:
    """About the only person of the office; its department, Aseo, has nobody."""
    return receive("rubbish", official=oficina)


def owed(user) -> list[tuple[str, str]]:
    with addresses():
        return [(duty.folio, duty.action) for duty in duties.duties(user, timezone.localdate(), 50)]


def morning_of(user) -> list[str]:
    """The folios that the digest of this person tells."""
    parts = digests.digest_of(user, timezone.now()).parts
    return [said.partition(",")[0] for part in parts for said, _url in part.lines]


def page(ticket, step) -> str:
    return f"{DESK}solicitudes/{ticket.folio}/paso/{step}/"


def test_where_nobody_works_it_is_owed_by_control_alone(complaint, receive, control, alcaldesa, oficina) -> None:
    other = receive("rubbish")

    assert owed(control) == [(complaint.folio, "Derivar")]
    assert owed(alcaldesa) == []
    assert owed(oficina) == [(other.folio, "Derivar")]


def test_control_derives_it_and_the_department_owes_it_from_then_on(complaint, control, obras, diego, as_user) -> None:
    sent = {"version": complaint.version, "department": obras.pk, "reason": "En Aseo no trabaja nadie."}

    assert as_user(control).post(page(complaint, "derivar"), sent).status_code == 302
    assert Ticket.objects.get().department == obras
    assert (owed(control), owed(diego)) == ([], [(complaint.folio, "Acusar recibo")])


def test_control_reads_of_whom_it_speaks_and_corrects_it(complaint, control, oficina, diego, as_user) -> None:
    desk = as_user(control)
    record = desk.get(f"{DESK}solicitudes/{complaint.folio}/").content.decode()
    sent = {"version": complaint.version, "official": diego.pk, "text": "El vecino habló de otra persona."}

    assert str(oficina) in record
    assert desk.post(page(complaint, "corregir-funcionario"), sent).status_code == 302
    assert Ticket.objects.get().official == diego
    assert (owed(control), owed(oficina)) == ([], [(complaint.folio, "Derivar")])


@pytest.mark.usefixtures("oficina")
@pytest.mark.parametrize("who", ["control", "alcaldesa"])
def test_of_any_other_request_control_and_the_mayor_take_no_step_of_the_office(
    receive, diego, as_user, request, who
) -> None:
    ticket, desk = receive("rubbish", official=diego), as_user(request.getfixturevalue(who))

    for step in ("derivar", "corregir-funcionario"):
        assert desk.get(page(ticket, step)).status_code == 404


def test_kept_from_control_too_it_falls_to_the_mayor(complaint, control, alcaldesa, obras, as_user) -> None:
    Mention.objects.create(municipality=complaint.municipality, ticket=complaint, user=control)
    sent = {"version": complaint.version, "department": obras.pk, "reason": "En Aseo no trabaja nadie."}

    assert (owed(control), owed(alcaldesa)) == ([], [(complaint.folio, "Derivar")])
    assert as_user(control).get(page(complaint, "derivar")).status_code == 404
    assert as_user(alcaldesa).post(page(complaint, "derivar"), sent).status_code == 302


def test_without_anybody_in_control_it_falls_to_the_mayor(complaint, alcaldesa) -> None:
    assert owed(alcaldesa) == [(complaint.folio, "Derivar")]


def test_a_second_person_of_the_office_who_may_see_it_keeps_it_there(complaint, control, puerto_claro) -> None:
    second = make_member("Nora Paz", puerto_claro, "requests_office")

    assert (owed(second), owed(control)) == ([(complaint.folio, "Derivar")], [])


def test_who_stands_in_for_the_one_named_keeps_it_in_the_office(complaint, control, oficina, puerto_claro) -> None:
    second, today = make_member("Nora Paz", puerto_claro, "counter_officer"), timezone.localdate()
    Substitution.objects.create(
        municipality=puerto_claro, absent=oficina, substitute=second, starts_on=today, ends_on=today
    )

    assert (owed(second), owed(control)) == ([(complaint.folio, "Derivar")], [])


@pytest.mark.usefixtures("diego")
def test_not_acknowledged_in_a_day_it_is_owed_by_control_who_reads_it_in_the_morning(receive, oficina, control) -> None:
    ticket = receive(official=oficina)
    assert owed(control) == []
    Derivation.objects.filter(ticket=ticket).update(at=timezone.now() - timedelta(hours=49))

    assert owed(control) == [(ticket.folio, "Revisar")]
    assert morning_of(control) == [ticket.folio]


def test_control_reads_in_the_morning_what_stands_where_nobody_works(complaint, receive, control, oficina) -> None:
    receive("rubbish")

    assert morning_of(control) == [complaint.folio]
    assert complaint.folio not in morning_of(oficina)


def test_a_message_of_the_neighbour_is_told_to_control(complaint, control, alcaldesa, oficina) -> None:
    handling.add_information(complaint, text="Volvió a ocurrir.", by=None, today=timezone.localdate())

    assert [item.user for item in InboxItem.objects.all()] == [control]


def test_set_aside_what_may_mean_the_only_person_of_the_office_stays_with_control(receive, oficina, control) -> None:
    ticket = receive("rubbish")
    ticket.category.concerns_official = True
    ticket.category.save()
    Ticket.objects.update(official_pending=True)
    Mention.objects.create(municipality=ticket.municipality, ticket=ticket, user=oficina)
    official.set_aside(Ticket.objects.get(), reason="No hay testigos.", by=control)

    assert (owed(control), owed(oficina)) == ([(ticket.folio, "Derivar")], [])


def test_it_is_owed_in_the_same_number_of_questions_however_many_there_are(
    complaint, receive, oficina, control, django_assert_num_queries
) -> None:
    with django_assert_num_queries(7):
        assert owed(control) == [(complaint.folio, "Derivar")]
    for _again in range(3):
        receive("rubbish", official=oficina)

    again = type(control).objects.get(pk=control.pk)
    with django_assert_num_queries(7):
        assert len(owed(again)) == 4
