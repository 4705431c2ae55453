"""The pack's texts: offered where they apply, filled with what is known, never over what somebody typed."""

import pytest
from tests.tickets.inner_world import DESK, adopt_national_tree

from cabildo.audit.models import Entry
from cabildo.tickets.answer_templates import filled, offered, values_for
from cabildo.tickets.models import Category, Ticket
from cabildo.tickets.packs import PLACEHOLDERS
from cabildo.tickets.rules.placeholders import LEFT_TO_WRITE, fill, is_unfinished


@pytest.fixture
def lamp(puerto_claro, receive, obras):
    """A request about a lamp of the national tree, answered by Obras."""
    ticket = receive()
    adopt_national_tree(puerto_claro)
    category = Category.objects.get(code="luminaria_apagada")
    Ticket.objects.update(category=category)
    return Ticket.objects.select_related("category", "department", "requester").get(pk=ticket.pk)


def named(ticket, code: str):
    return next(template for template in offered(ticket) if template.code == code)


def test_general_ones_and_those_of_the_category_are_offered(lamp) -> None:
    codes = {template.code for template in offered(lamp)}

    assert {"resuelta", "resuelta_alumbrado", "rechazada", "no_competente"} <= codes
    assert "resuelta_retiro" not in codes
    assert "resuelta_consulta" not in codes
    assert "recibida" not in codes


def test_without_a_pack_nothing_is_offered(receive) -> None:
    assert offered(receive()) == []


def test_what_is_known_is_filled_and_the_rest_is_left_in_brackets(lamp, diego) -> None:
    text = filled(named(lamp, "resuelta"), lamp, by=diego)

    assert text.startswith("Hola, Rosa Pérez:")
    assert "Dirección de Obras" in text
    assert LEFT_TO_WRITE["respuesta"] in text
    assert text.endswith("Diego Soto\nMunicipalidad de Puerto Claro")
    assert "{" not in text


def test_a_reserved_name_is_not_written(lamp, oficina) -> None:
    Ticket.objects.update(is_reserved=True)
    reserved = Ticket.objects.select_related("category", "department", "requester").get()

    assert filled(named(reserved, "resuelta"), reserved, by=oficina).startswith("Hola, vecina o vecino:")


def test_every_marker_of_the_packs_has_a_value_or_a_person_who_writes_it(lamp, diego) -> None:
    assert set(values_for(lamp, by=diego)) | set(LEFT_TO_WRITE) == set(PLACEHOLDERS)


def test_an_unknown_marker_stays_visible() -> None:
    assert fill("A {folio} le falta {algo}.", {"folio": "S-1"}) == "A S-1 le falta [algo]."


def test_what_is_still_in_brackets_is_unfinished() -> None:
    assert is_unfinished("Hola: [escriba la respuesta]")
    assert not is_unfinished("Hola [entre corchetes].")


@pytest.fixture
def page(as_user, diego, lamp):
    desk = as_user(diego)
    place = f"{DESK}solicitudes/{lamp.folio}/paso/responder/"

    def send(**given):
        return desk.post(place, {"version": lamp.version, **given})

    return send


def test_an_empty_answer_is_filled_at_once_and_nothing_is_sent(page) -> None:
    shown = page(use_template="fill", template="resuelta_alumbrado")

    assert "Reparamos el alumbrado" in shown.context["form"]["text"].value()
    assert shown.context["form"]["outcome"].value() == "resolved"
    assert Ticket.objects.get().state == "derived"


def test_what_was_typed_stays_until_a_person_says_what_to_do(page) -> None:
    shown = page(use_template="fill", template="resuelta_alumbrado", text="Ya lo cambiamos.")

    assert shown.context["choice"].must_ask
    assert shown.context["form"]["text"].value() == "Ya lo cambiamos."


@pytest.mark.parametrize(("how", "keeps"), [("append", True), ("replace", False)])
def test_a_person_chooses_to_add_or_to_replace(page, how, keeps) -> None:
    shown = page(use_template=how, template="resuelta_alumbrado", text="Ya lo cambiamos.")

    text = shown.context["form"]["text"].value()
    assert ("Ya lo cambiamos." in text) is keeps
    assert "Reparamos el alumbrado" in text


def test_an_unknown_template_changes_nothing(page) -> None:
    shown = page(use_template="fill", template="otra", text="Ya lo cambiamos.")

    assert shown.context["form"]["text"].value() == "Ya lo cambiamos."


def test_brackets_left_behind_are_not_sent_to_the_neighbour(page) -> None:
    shown = page(outcome="resolved", text="Hola: [escriba la respuesta]")

    assert "text" in shown.context["form"].errors
    assert Ticket.objects.get().state == "derived"


def read_while_filling(diego) -> list[str]:
    """Persons whose data this official read on the page of the step, in the order of the record."""
    entries = Entry.objects.filter(action="personal_data.read", actor_id=str(diego.pk))
    return list(entries.values_list("subject_id", flat=True))


def test_filling_in_the_name_is_put_on_record_as_reading_the_person(page, lamp, diego) -> None:
    page(use_template="fill", template="resuelta")

    assert read_while_filling(diego) == [str(lamp.requester_id)]


def test_a_reserved_name_that_is_not_written_was_not_read(page, lamp, diego) -> None:
    Ticket.objects.update(is_reserved=True)
    page(use_template="fill", template="resuelta")

    assert read_while_filling(diego) == []
