"""A role held in one department gives no power over the requests of another."""

import pytest
from django.utils import timezone

from cabildo.accounts.access import can
from cabildo.accounts.actions import substitute
from cabildo.accounts.models import User
from cabildo.tickets.actions import answering, handling
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import Protocol
from conftest import make_member


@pytest.fixture
def ines(puerto_claro, obras, aseo, carmen, diego) -> User:
    """Works in Aseo, and stands in today for the head of Obras."""
    ines, today = make_member("Inés", puerto_claro, "department_officer", aseo), timezone.localdate()
    substitute(absent=carmen, substitute=ines, reason="leave", starts_on=today, ends_on=today, by=diego)
    return User.objects.get(pk=ines.pk)


def test_standing_in_for_a_head_approves_in_that_department_alone(receive, ines, diego) -> None:
    theirs, own = receive("lamp"), receive("rubbish")
    for ticket in (theirs, own):
        answering.submit_answer(ticket, text="Cambiamos la luz.", outcome="resolved", by=diego)

    assert can(ines, TicketPermission.APPROVE, on=theirs)
    assert can(ines, TicketPermission.WORK, on=own)
    assert not can(ines, TicketPermission.APPROVE, on=own)


def test_nor_does_it_approve_the_protocols_of_their_own_department(ines, obras, aseo) -> None:
    of_obras, of_aseo = (
        Protocol.objects.create(
            municipality=where.municipality, code=where.code, version=1, title="T", department=where, step="answer"
        )
        for where in (obras, aseo)
    )

    assert can(ines, TicketPermission.APPROVE_PROTOCOLS, on=of_obras)
    assert not can(ines, TicketPermission.APPROVE_PROTOCOLS, on=of_aseo)


def test_the_step_is_refused_where_it_was_taken_before(as_user, receive, categories, ines) -> None:
    categories["rubbish"].needs_approval = True
    categories["rubbish"].save()
    ticket = handling.acknowledge(receive("rubbish"), by=ines)
    officer = make_member("Otro", ticket.municipality, "department_officer", ticket.department)
    answering.submit_answer(ticket, text="Listo.", outcome="resolved", by=officer)

    assert as_user(ines).post(f"/m/puerto-claro/mesa/solicitudes/{ticket.folio}/paso/aprobar/").status_code == 409
    ticket.refresh_from_db()
    assert ticket.state == "approval"
