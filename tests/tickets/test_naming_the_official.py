"""A complaint about an official is put out of that official's sight by a step of the desk."""

import pytest
from tests.tickets.inner_world import DESK, ask

from cabildo.accounts import actions as accounts
from cabildo.accounts.models import User
from cabildo.accounts.runs import run_index
from cabildo.notifications.models import InboxItem
from cabildo.tickets.actions import handling, official
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.visibility import may_act, visible_tickets
from conftest import make_member


def test_the_official_sees_it_no_more_and_is_not_in_charge(as_user, receive, diego, oficina) -> None:
    ticket = handling.acknowledge(receive(), by=diego)
    page = f"{DESK}solicitudes/{ticket.folio}/paso/funcionario-aludido/"
    done = as_user(oficina).post(page, {"official": diego.pk, "version": ticket.version})
    ticket = Ticket.objects.get(pk=ticket.pk)

    assert done.status_code == 302
    assert (ticket.official, ticket.assignee) == (diego, None)
    assert not visible_tickets(diego).exists()
    assert as_user(diego).get(f"{DESK}solicitudes/{ticket.folio}/").status_code == 404


def test_nothing_of_it_stays_published(receive, diego, oficina) -> None:
    Ticket.objects.filter(pk=receive().pk).update(is_public=True, public_text="Texto", moderation="published")
    ticket = official.name_official(Ticket.objects.get(), official=diego, by=oficina)

    assert (ticket.is_public, ticket.public_text) == (False, "")


def test_nobody_names_themselves(receive, diego) -> None:
    with pytest.raises(TicketsError, match="official_is_oneself"):
        official.name_official(receive(), official=diego, by=diego)


def test_who_it_is_about_is_not_put_in_charge(receive, diego, carmen) -> None:
    with pytest.raises(TicketsError, match="official_not_in_charge"):
        handling.assign(receive(official=diego), to=diego, by=carmen)


def test_who_it_is_about_is_not_written_to_when_their_department_is_asked(puerto_claro, receive, diego, aseo) -> None:
    accused = make_member("Pedro", puerto_claro, "department_head", aseo)
    ask(aseo, diego, ticket=receive(official=accused))

    assert not InboxItem.objects.filter(user=accused).exists()


@pytest.fixture
def other_account(puerto_claro, diego, admin, obras):
    """Diego has a second account in his department, and both carry his RUN."""
    second = make_member("Diego Soto Ríos", puerto_claro, "department_head", obras)
    for account in (diego, second):
        accounts.declare_run(account, run="12345678-5", by=admin)
    return second


def test_a_complaint_reaches_none_of_their_accounts(as_user, receive, diego, other_account) -> None:
    ticket = receive(official=diego)

    assert not visible_tickets(other_account).exists()
    assert not may_act(other_account, ticket, TicketPermission.WORK)
    assert as_user(other_account).get(f"{DESK}solicitudes/{ticket.folio}/").status_code == 404
    assert not InboxItem.objects.filter(user=other_account).exists()


def test_nor_is_another_account_of_theirs_put_in_charge(receive, diego, other_account, carmen) -> None:
    with pytest.raises(TicketsError, match="official_not_in_charge"):
        handling.assign(receive(official=diego), to=other_account, by=carmen)


def test_naming_one_account_reaches_the_other_too(receive, diego, other_account, carmen) -> None:
    ticket = handling.assign(receive(), to=other_account, by=carmen)

    with pytest.raises(TicketsError, match="official_is_oneself"):
        official.name_official(ticket, official=diego, by=other_account)
    assert official.name_official(ticket, official=diego, by=carmen).assignee is None


def test_an_account_with_the_proven_run_of_another_is_the_same_person(receive, diego, carmen, admin) -> None:
    ticket = receive(official=diego)
    carmen.run_index = run_index("12345678-5")
    carmen.save()
    assert visible_tickets(carmen).contains(ticket)

    accounts.declare_run(diego, run="12345678-5", by=admin)

    assert not visible_tickets(User.objects.get(pk=carmen.pk)).exists()
