"""An answer waits for somebody who can approve it: never its author, and for who is above where nobody else can."""

import pytest
from django.utils import timezone

from cabildo.accounts.access import can
from cabildo.accounts.actions import substitute
from cabildo.accounts.links import addresses
from cabildo.accounts.models import Department, User
from cabildo.notifications.models import InboxItem
from cabildo.tickets import duties
from cabildo.tickets.actions import answering
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import Answer, Mention, Ticket
from cabildo.tickets.queries.approvals import approval_of, awaiting
from cabildo.tickets.queries.visibility import visible_tickets
from conftest import make_member

DESK = "/m/puerto-claro/mesa/"


@pytest.fixture
def lamp(receive, categories) -> Ticket:
    categories["lamp"].needs_approval = True
    categories["lamp"].save()
    return receive()


@pytest.fixture
def works(puerto_claro, obras) -> User:
    """Heads the unit of which Obras is part."""
    unit = Department.objects.create(municipality=puerto_claro, code="territorio", name="Territorio")
    Department.objects.filter(pk=obras.pk).update(parent=unit)
    return make_member("Tomás Ríos", puerto_claro, "department_head", unit)


@pytest.fixture
def people(carmen, diego, works, alcaldesa, oficina) -> list[User]:
    return [carmen, diego, works, alcaldesa, oficina]


def submit(ticket: Ticket, by: User) -> Ticket:
    answering.submit_answer(again(ticket), text="Cambiamos la luz.", outcome="resolved", by=by)
    return again(ticket)


def again(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("category", "department").get(pk=ticket.pk)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def owed(user: User) -> list[str]:
    with addresses():
        return [duty.action for duty in duties.duties(fresh(user), timezone.localdate(), 50)]


def told(what: str) -> set[str]:
    items = InboxItem.objects.select_related("message", "user")
    return {item.user.full_name for item in items if what in item.message.subject}


def record(as_user, user: User, ticket: Ticket) -> str:
    return as_user(user).get(f"{DESK}solicitudes/{ticket.folio}/").content.decode()


def place(ticket: Ticket, step: str) -> str:
    return f"{DESK}solicitudes/{ticket.folio}/paso/{step}/"


def test_the_only_head_s_own_answer_waits_for_the_mayor_and_not_for_its_author(
    lamp, carmen, alcaldesa, oficina
) -> None:
    ticket = submit(lamp, carmen)

    assert (owed(carmen), owed(alcaldesa), owed(oficina)) == ([], ["Aprobar"], [])
    assert told("Hay una respuesta por aprobar") == {"Ana Reyes"}
    assert can(alcaldesa, TicketPermission.APPROVE, on=ticket)
    assert not can(carmen, TicketPermission.APPROVE, on=ticket)


def test_another_head_of_the_department_comes_before_who_is_above(lamp, puerto_claro, obras, carmen, alcaldesa) -> None:
    second = make_member("Hugo Paz", puerto_claro, "department_head", obras)
    ticket = submit(lamp, carmen)

    assert (owed(carmen), owed(second), owed(alcaldesa)) == ([], ["Aprobar"], [])
    assert told("Hay una respuesta por aprobar") == {"Hugo Paz"}
    assert not can(alcaldesa, TicketPermission.APPROVE, on=ticket)


def test_the_head_of_the_superior_unit_comes_before_the_mayor_and_reads_it_meanwhile(
    lamp, works, carmen, alcaldesa
) -> None:
    assert not visible_tickets(works).exists()
    ticket = submit(lamp, carmen)

    assert (owed(works), owed(alcaldesa)) == (["Aprobar"], [])
    assert list(visible_tickets(fresh(works))) == [ticket]
    answering.return_answer(ticket, reason="Falta la fecha.", by=works)
    assert not visible_tickets(fresh(works)).exists()


def test_what_an_officer_wrote_waits_for_their_head_alone(lamp, works, carmen, diego, alcaldesa) -> None:
    ticket = submit(lamp, diego)

    assert [owed(person) for person in (carmen, works, alcaldesa)] == [["Aprobar"], [], []]
    assert not visible_tickets(fresh(works)).filter(pk=ticket.pk).exists()


def test_who_stands_in_for_the_only_head_counts_and_its_author_standing_in_does_not(
    lamp, carmen, diego, alcaldesa
) -> None:
    today = timezone.localdate()
    substitute(absent=carmen, substitute=diego, reason="leave", starts_on=today, ends_on=today, by=alcaldesa)

    assert [str(person) for person in approval_of(lamp, carmen).people] == ["Diego Soto"]
    assert [str(person) for person in approval_of(lamp, diego).people] == ["Ana Reyes"]
    submit(lamp, diego)
    assert (owed(alcaldesa), owed(diego)) == (["Aprobar"], [])


@pytest.mark.parametrize("kept", ["named", "perhaps meant"])
def test_a_head_of_whom_it_speaks_does_not_count(lamp, people, kept) -> None:
    carmen, diego, works, alcaldesa, _oficina = people
    if kept == "named":
        Ticket.objects.update(official=carmen)
    else:
        Ticket.objects.update(official_pending=True)
        Mention.objects.create(municipality=lamp.municipality, ticket=lamp, user=carmen)
    submit(lamp, diego)

    above, other = (works, alcaldesa) if kept == "named" else (alcaldesa, works)
    assert (owed(above), owed(other), owed(carmen)) == (["Aprobar"], [], [])


def test_who_is_told_is_who_may_whatever_the_place_in_the_municipality(lamp, people) -> None:
    carmen, diego, works, alcaldesa, _oficina = people
    for author in (carmen, diego, works):
        ticket = submit(lamp, author)
        may = {person.pk for person in people if awaiting(fresh(person)).filter(pk=ticket.pk).exists()}
        assert may == {person.pk for person in approval_of(ticket, author).people}
        answering.return_answer(ticket, reason="Otra vez.", by=alcaldesa)


def test_the_form_says_before_sending_who_approves(as_user, lamp, carmen, diego, alcaldesa) -> None:
    of_head = as_user(carmen).get(place(lamp, "someter")).content.decode()
    of_officer = as_user(diego).get(place(lamp, "someter")).content.decode()

    assert "En Dirección de Obras no hay otra persona que pueda aprobarla. La aprobará <strong>Ana Reyes</strong>" in (
        of_head
    )
    assert "La aprobará <strong>Carmen Díaz</strong>" in of_officer


def test_when_nobody_can_the_form_says_it_and_the_office_is_told(as_user, lamp, carmen, oficina) -> None:
    assert "Hoy nadie puede aprobar su respuesta" in as_user(carmen).get(place(lamp, "someter")).content.decode()

    ticket = submit(lamp, carmen)

    assert told("Nadie puede aprobar una respuesta") == {"Olga Vera"}
    assert "Nadie puede aprobar su respuesta: falta registrar otra jefatura" in record(as_user, oficina, ticket)


def test_its_author_reads_whom_it_waits_for_and_is_not_offered_to_approve(as_user, lamp, carmen, alcaldesa) -> None:
    ticket = submit(lamp, carmen)
    shown = record(as_user, carmen, ticket)

    assert "Espera la aprobación de Ana Reyes" in shown
    assert "Aprobar y enviar" not in shown
    assert as_user(carmen).get(place(ticket, "aprobar")).status_code == 404
    assert "Aprobar y enviar" in record(as_user, alcaldesa, ticket)


def test_who_is_above_approves_in_the_browser_and_is_left_on_their_first_screen(as_user, lamp, works, carmen) -> None:
    ticket = submit(lamp, carmen)
    desk = as_user(works)
    form = desk.get(place(ticket, "aprobar")).context["form"]

    sent = desk.post(place(ticket, "aprobar"), {field.html_name: field.value() for field in form.hidden_fields()})

    assert (sent.status_code, sent["Location"]) == (302, DESK)
    assert Answer.objects.get().decided_by == works
    assert again(ticket).state == "closed"
