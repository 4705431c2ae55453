"""What nobody attends to reaches the office of requests: late acknowledgements, and departments where nobody works."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cabildo.accounts.links import addresses
from cabildo.accounts.models import Membership
from cabildo.dashboards import figures
from cabildo.notifications.models import InboxItem
from cabildo.tickets import digests, duties
from cabildo.tickets.actions import handling
from cabildo.tickets.models import Derivation, Ticket
from cabildo.tickets.queries import lists
from cabildo.workflow.duties import Duty

BOARD = "/m/puerto-claro/mesa/"


def owed(user) -> list[tuple[str, str]]:
    return [(duty.folio, duty.action) for duty in lines(user)]


def lines(user) -> list[Duty]:
    with addresses():
        return list(duties.duties(user, timezone.localdate(), 50))


@pytest.fixture
def forgotten(receive, diego) -> Ticket:
    """A lamp derived to Obras two days ago, where Diego works and has not acknowledged it."""
    ticket = receive()
    Derivation.objects.filter(ticket=ticket).update(at=timezone.now() - timedelta(hours=49))
    return ticket


@pytest.fixture
def orphan(receive) -> Ticket:
    """Rubbish, of Aseo, where nobody works."""
    return receive("rubbish")


def test_what_a_department_has_not_acknowledged_in_a_day_is_owed_by_the_office(forgotten, receive, oficina) -> None:
    receive()  # of today: still within its 24 hours

    assert owed(oficina) == [(forgotten.folio, "Revisar")]
    assert lines(oficina)[0].department == "Dirección de Obras: sin acuse de recibo hace más de 24 horas"


def test_an_acknowledged_one_is_its_department_s_alone(forgotten, oficina, diego) -> None:
    handling.acknowledge(forgotten, by=diego)

    assert owed(oficina) == []
    assert owed(diego) == [(forgotten.folio, "Responder")]


def test_what_stands_where_nobody_works_is_owed_by_the_office_whatever_its_state(orphan, oficina, diego) -> None:
    assert owed(oficina) == [(orphan.folio, "Derivar")]
    assert owed(diego) == []


def test_when_somebody_is_named_it_is_theirs_and_no_longer_the_office_s(orphan, oficina, diego, aseo) -> None:
    Membership.objects.filter(user=diego).update(department=aseo)

    assert owed(oficina) == []
    assert owed(diego) == [(orphan.folio, "Acusar recibo")]


def test_the_office_is_owed_them_in_the_same_number_of_questions(
    orphan, forgotten, receive, oficina, django_assert_num_queries
) -> None:
    with django_assert_num_queries(5):
        assert len(owed(oficina)) == 2
    again = type(oficina).objects.get(pk=oficina.pk)
    receive("rubbish")
    receive("rubbish")

    with django_assert_num_queries(5):
        assert len(owed(again)) == 4


def test_a_message_where_nobody_works_is_told_to_the_office(orphan, oficina) -> None:
    handling.add_information(orphan, text="Se acumula más.", by=None, today=timezone.localdate())

    assert InboxItem.objects.filter(user=oficina).count() == 1


def test_a_message_where_there_is_no_head_is_told_to_who_works_there(receive, diego, oficina) -> None:
    handling.add_information(receive(), text="El poste tambalea.", by=None, today=timezone.localdate())

    assert InboxItem.objects.filter(user=diego).exists()
    assert not InboxItem.objects.filter(user=oficina).exists()


def test_the_office_reads_in_the_morning_what_stands_where_nobody_works(orphan, forgotten, oficina, diego) -> None:
    unacknowledged, unstaffed = digests.digest_of(oficina, timezone.now()).parts

    assert [said.partition(",")[0] for said, _url in unacknowledged.lines] == [forgotten.folio]
    assert [said.partition(",")[0] for said, _url in unstaffed.lines] == [orphan.folio]
    assert [part.title for part in digests.digest_of(diego, timezone.now()).parts] == [unacknowledged.title]


def test_the_figure_of_late_acknowledgements_leads_to_exactly_its_rows(
    as_user, alcaldesa, forgotten, orphan, receive
) -> None:
    receive()  # derived today
    page = as_user(alcaldesa).get(f"{BOARD}solicitudes/?situacion=unacknowledged").content.decode()

    assert forgotten.folio in page
    assert orphan.folio not in page
    assert "1 solicitud" in page
    assert ("unacknowledged", "Sin acuse de recibo hace más de 24 horas") in lists.STANDING


def test_each_figure_of_today_counts_the_rows_its_list_shows(as_user, carmen, alcaldesa, forgotten, orphan) -> None:
    for user, departments in ((alcaldesa, None), (carmen, (forgotten.department_id,))):
        with addresses():
            shown = figures.today(departments, timezone.now()).figures
        for figure in shown:
            listed = as_user(user).get(figure.url).context["page"].items
            assert (figure.label, str(len(listed))) == (figure.label, figure.value)


def test_the_board_of_several_departments_offers_no_list_that_would_show_others(puerto_claro, obras, aseo) -> None:
    with addresses():
        shown = figures.today((obras.pk, aseo.pk), timezone.now()).figures

    assert {figure.url for figure in shown} == {""}
