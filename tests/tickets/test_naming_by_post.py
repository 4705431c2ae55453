"""A complaint that says a post or a unit is kept from who holds that post or works there, until one is named."""

import pytest
from tests.tickets.inner_world import DESK

from cabildo.accounts.models import Membership
from cabildo.tickets import ledgers
from cabildo.tickets.actions import official
from cabildo.tickets.duties import mine
from cabildo.tickets.models import Mention, Ticket
from cabildo.tickets.queries.visibility import visible_tickets
from cabildo.tickets.rules.naming import says_post, says_unit, telling_words
from conftest import make_member

QUESTION = {"id": "persona", "label": "¿De quién reclama?", "type": "text", "required": True}


@pytest.fixture
def about(receive, categories):
    """A complaint about an official, that Obras answers, with this answer to the question."""
    lamp = categories["lamp"]
    lamp.concerns_official, lamp.definition = True, {"kinds": ["reclamo"], "questions": [QUESTION]}
    lamp.save()

    def make(answer="No sé su nombre", text="Me gritaron en la ventanilla.") -> Ticket:
        return receive("lamp", text=text, answers={"persona": answer})

    return make


@pytest.fixture
def post(puerto_claro):
    def hold(name, role, position="", department=None):
        person = make_member(name, puerto_claro, role, department)
        Membership.objects.filter(user=person).update(position=position)
        return person

    return hold


@pytest.fixture
def olga(post):
    return post("Olga Vera Mella", "requests_office", "Encargada de la oficina de solicitudes")


@pytest.fixture
def clara(post):
    return post("Clara Núñez Vidal", "control_unit", "Directora de Control")


def meant(ticket) -> set[str]:
    return set(Mention.objects.filter(ticket=ticket).values_list("user__full_name", flat=True))


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("La encargada de la oficina de solicitudes", {"Olga Vera Mella"}),
        ("La directora de Control", {"Clara Núñez Vidal"}),
        ("el DIRECTOR DE LA UNIDAD DE CONTROL", {"Clara Núñez Vidal"}),
        ("Quien atiende en la OIRS", {"Olga Vera Mella"}),
        ("La encargada de la oficina de partes", set()),
        ("No sé, una señora de la oficina", set()),
    ],
)
def test_who_holds_the_post_or_works_in_the_unit_may_be_meant(about, olga, clara, said, who) -> None:
    ticket = about(said)

    assert (ticket.official, ticket.official_pending) == (None, True)
    assert meant(ticket) == who


def test_the_post_in_the_words_keeps_it_too_and_a_unit_there_alone_does_not(about, olga, clara) -> None:
    assert meant(about(text="Me gritó la directora de Control.")) == {"Clara Núñez Vidal"}
    assert meant(about(text="Esperé en control y nadie me atendió.")) == set()


def test_a_unit_means_all_who_work_there_unless_the_words_say_which(about, post, obras, carmen, diego) -> None:
    head = post("Eva Ruz", "department_head", "Directora de Obras", obras)

    assert meant(about("Alguien de Obras")) == {str(carmen), str(diego), str(head)}
    assert meant(about("La directora de Obras")) == {str(head)}


def test_a_post_that_is_over_means_nobody(about, clara) -> None:
    Membership.objects.filter(user=clara).update(ends_on="2025-01-31")

    assert meant(about("La directora de Control")) == set()


def test_who_holds_the_post_neither_opens_nor_works_nor_sets_it_aside(about, olga, as_user) -> None:
    ticket, desk = about("La encargada de la oficina de solicitudes"), as_user(olga)
    place = f"{DESK}solicitudes/{ticket.folio}/"

    assert desk.get(place).status_code == 404
    assert not mine(olga).exists()
    for step, sent in (("descartar-funcionario", {"text": "No soy yo."}), ("funcionario-aludido", {})):
        assert desk.post(f"{place}paso/{step}/", {"version": ticket.version, **sent}).status_code == 404
    assert Ticket.objects.get().official_pending


def test_management_control_counts_it_for_nobody_even_when_nobody_was_named(about, clara, olga, alcaldesa) -> None:
    ticket = official.set_aside(about("La directora de Control"), reason="No hay testigos.", by=alcaldesa)
    plain = official.set_aside(about("Un señor de barba"), reason="No hay testigos.", by=alcaldesa)

    assert list(ledgers._counted_tickets()) == [plain]
    assert [visible_tickets(who).contains(ticket) for who in (clara, olga)] == [False, True]


@pytest.mark.parametrize(
    ("post", "said", "is_said"),
    [
        ("Directora de Control", "el director de la Dirección de Control", True),
        ("Alcaldesa", "el alcalde mismo", True),
        ("Jefa de Inspección", "los jefes de inspección", True),
        ("Directora de Control", "control de la directora", False),
        ("Directora de Obras", "la directora del colegio", False),
        ("", "la directora", False),
        ("Oficina municipal", "la oficina municipal", False),
    ],
)
def test_a_post_is_said_by_its_first_two_telling_words_in_order(post, said, is_said) -> None:
    assert says_post(post, telling_words(said)) is is_said


@pytest.mark.parametrize(
    ("unit", "said", "is_said"),
    [
        ("Tránsito y Transporte Público", "alguien de transito", True),
        ("Dirección de Obras Municipales dom", "la DOM", True),
        ("Dirección de Obras Municipales", "una dirección municipal", False),
        ("Atención de público", "la atención al público", False),
        ("Oficina de Partes, Informaciones, Reclamos y Sugerencias (OIRS)", "reclamo por una persona", False),
    ],
)
def test_a_unit_is_said_by_any_word_that_tells_it(unit, said, is_said) -> None:
    assert says_unit(unit, telling_words(said)) is is_said
