"""A complaint about an official is kept, from the moment it comes in, from whom its words may name."""

import pytest
from tests.tickets.inner_world import DESK, ask

from cabildo.accounts.access import can
from cabildo.tickets.actions import handling, merging, official
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.duties import mine
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Mention, Ticket
from cabildo.tickets.queries.concerned import kept_from
from cabildo.tickets.queries.internal import visible_internal
from cabildo.tickets.queries.visibility import visible_parts, visible_tickets
from cabildo.tickets.rules.naming import may_name, names
from conftest import make_member

QUESTION = {"id": "persona", "label": "¿De quién reclama?", "type": "text", "required": True}


@pytest.fixture
def about(receive, categories):
    """A complaint about the treatment by an official, that Obras answers, with this answer to the question."""
    lamp = categories["lamp"]
    lamp.concerns_official, lamp.label = True, "Reclamo por el trato"
    lamp.definition = {"kinds": ["reclamo"], "questions": [QUESTION]}
    lamp.save()

    def make(answer="No sé su nombre", text="Me gritaron en la ventanilla.", **more) -> Ticket:
        return receive("lamp", text=text, answers={"persona": answer}, **more)

    return make


@pytest.fixture
def control(puerto_claro):
    return make_member("Camila Toro", puerto_claro, "control_unit")


@pytest.fixture
def olga(puerto_claro):
    return make_member("Olga Vera Mella", puerto_claro, "requests_office")


def sees(user, ticket) -> bool:
    whole = visible_tickets(user).filter(pk=ticket.pk).exists()
    assert whole == any(part.filter(pk=ticket.pk).exists() for part in visible_parts(user))
    return whole


@pytest.mark.parametrize("said", ["Olga Vera Mella", "la señora olga vera", "Sra. VERA, OLGA"])
def test_who_is_named_by_the_answer_becomes_whom_it_is_about(about, olga, said) -> None:
    ticket = about(said)

    assert (ticket.official, ticket.official_pending) == (olga, False)
    assert not sees(olga, ticket)


def test_a_surname_alone_names_nobody_and_keeps_it_from_who_bears_it(about, olga, control, carmen, aseo) -> None:
    ticket = about("la señora Vera")

    assert (ticket.official, ticket.official_pending) == (None, True)
    assert [sees(who, ticket) for who in (olga, control, carmen)] == [False, True, True]


def test_a_name_in_the_words_keeps_it_too(about, olga) -> None:
    ticket = about("No sé", text="Creo que era Olga Vera, la de la ventanilla dos.")

    assert (ticket.official, sees(olga, ticket)) == (None, False)


def test_two_who_may_be_meant_are_both_kept_out(about, olga, puerto_claro) -> None:
    other = make_member("Olga Vera Soto", puerto_claro, "mayor")
    ticket = about("Olga Vera")

    assert ticket.official is None
    assert kept_from(ticket) == {olga.pk, other.pk}
    assert not sees(other, ticket)


def test_it_is_in_no_list_no_address_no_file_no_work_of_who_may_be_meant(about, olga, as_user) -> None:
    ticket, desk = about("la señora Vera"), as_user(olga)

    assert desk.get(f"{DESK}solicitudes/{ticket.folio}/").status_code == 404
    assert ticket.folio not in desk.get(f"{DESK}solicitudes/").content.decode()
    assert desk.get(f"{DESK}solicitudes/{ticket.folio}/expediente/").status_code == 404
    assert not mine(olga).filter(pk=ticket.pk).exists()
    assert not can(olga, TicketPermission.NAME_OFFICIAL, on=ticket)


def test_who_derived_it_or_is_asked_does_not_read_it_until_one_is_named(
    about, aseo, carmen, diego, puerto_claro
) -> None:
    pedro = make_member("Pedro Luco", puerto_claro, "department_head", aseo)
    ticket = about()
    ask(aseo, diego, ticket=ticket)
    assert (sees(pedro, ticket), visible_internal(pedro).exists()) == (False, False)

    official.set_aside(ticket, reason="Nadie la reconoció.", by=carmen)

    assert (sees(pedro, ticket), visible_internal(pedro).exists()) == (True, True)


@pytest.mark.parametrize("who", ["control", "alcaldesa", "oficina", "carmen", "diego"])
def test_control_the_mayor_the_office_and_the_department_may_name(request, about, olga, as_user, who) -> None:
    desk, ticket = as_user(request.getfixturevalue(who)), about("la señora Mella")
    place = f"{DESK}solicitudes/{ticket.folio}/paso/funcionario-aludido/"

    done = desk.post(place, {"version": ticket.version, "official": olga.pk})

    assert done.status_code == 302
    again = Ticket.objects.get()
    assert (again.official, again.official_pending, Mention.objects.count()) == (olga, False, 0)


def test_named_another_who_bears_the_surname_reads_it_again(about, olga, diego, control) -> None:
    ticket = about("la señora Vera")
    official.name_official(ticket, official=diego, by=control)

    assert (sees(olga, ticket), sees(diego, ticket)) == (True, False)


def test_set_aside_in_the_browser_needs_a_reason_and_stays_in_the_history(about, as_user, control, olga) -> None:
    ticket = about("la señora Vera")
    desk, place = as_user(control), f"{DESK}solicitudes/{ticket.folio}/paso/descartar-funcionario/"

    assert desk.post(place, {"version": ticket.version, "text": ""}).context["form"].has_error("text")
    assert desk.post(place, {"version": ticket.version, "text": "No hay testigos."}).status_code == 302
    assert desk.get(place).status_code == 404
    assert not Ticket.objects.get().official_pending


def test_set_aside_it_stays_kept_from_whom_the_words_may_mean_until_another_is_named(
    about, control, olga, diego, puerto_claro
) -> None:
    colleague = make_member("Nora Paz", puerto_claro, "requests_office")
    ticket = official.set_aside(about("la señora Vera"), reason="No hay testigos.", by=control)
    assert [sees(who, ticket) for who in (olga, colleague)] == [False, True]
    assert (mine(olga).count(), kept_from(ticket)) == (0, {olga.pk})
    assert not can(olga, TicketPermission.NAME_OFFICIAL, on=ticket)
    with pytest.raises(TicketsError, match="official_is_oneself"):
        official.name_official(ticket, official=diego, by=olga)

    official.name_official(ticket, official=diego, by=control)

    assert sees(olga, ticket)


def test_set_aside_it_is_not_joined_to_one_that_whom_the_words_may_mean_reads(about, control, olga, diego) -> None:
    ticket = official.set_aside(about("la señora Vera"), reason="No hay testigos.", by=control)

    with pytest.raises(TicketsError, match="merge_reserved"):
        merging.merge(about("otra persona, de otra parte", official=diego), into=ticket, by=control, reason="Es igual.")


def test_who_may_be_meant_neither_names_nor_sets_aside(about, olga, diego) -> None:
    ticket = about("la señora Vera")
    for act in (
        lambda: official.name_official(ticket, official=diego, by=olga),
        lambda: official.set_aside(ticket, reason="No soy yo.", by=olga),
    ):
        with pytest.raises(TicketsError, match="official_is_oneself"):
            act()


def test_the_counter_chooses_the_official_or_does_not_know(about, as_user, puerto_claro, olga) -> None:
    desk = as_user(make_member("Mesón Uno", puerto_claro, "counter_officer"))
    place = f"{DESK}solicitudes/ingresar/counter/luminaria/"
    offered = desk.get(place).context["form"].fields["official"]
    assert (offered.empty_label, olga in offered.queryset) == ("No sé", True)
    sent = {"kind": "reclamo", "text": "Me gritaron.", "q_persona": "No sé", "official": olga.pk, "name": "Rosa"}

    assert desk.post(place, sent).status_code == 302
    assert Ticket.objects.get().official == olga


def test_a_mail_that_becomes_such_a_complaint_is_kept_from_then_on(about, receive, categories, olga, control) -> None:
    ticket = receive("rubbish", text="Olga Vera me gritó.")
    assert sees(olga, ticket)

    handling.reclassify(ticket, category=categories["lamp"], kind="reclamo", by=control)

    assert not sees(olga, ticket)
    assert Ticket.objects.get().official_pending


def test_it_is_not_joined_to_another_while_nobody_was_named(about, diego) -> None:
    with pytest.raises(TicketsError, match="merge_reserved"):
        merging.merge(about(), into=about("la señora Vera"), by=diego, reason="Es lo mismo.")


def test_any_other_subject_asks_for_nobody(receive, olga) -> None:
    ticket = receive("rubbish", text="Olga Vera pasa con su perro.")

    assert (ticket.official_pending, sees(olga, ticket), Mention.objects.exists()) == (False, True, False)


@pytest.mark.parametrize(
    ("name", "said", "sure", "maybe"),
    [
        ("Olga Vera Mella", "vera", False, True),
        ("Olga Vera Mella", "olga", False, False),
        ("Olga Vera Mella", "olga vera", True, True),
        ("Juan de la Fuente", "de la", False, False),
        ("José Núñez", "jose nunez", True, True),
        ("Externo", "externo", True, True),
    ],
)
def test_names_are_told_by_whole_words_without_accents(name, said, sure, maybe) -> None:
    assert (names(name, said.split()), may_name(name, said.split())) == (sure, maybe)
