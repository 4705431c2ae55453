"""The desk's own decisions, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.tickets.choices import State
from cabildo.tickets.rules import folio as folios
from cabildo.tickets.rules import satisfaction
from cabildo.tickets.rules.questions import stopping_notice, told, visible_questions
from cabildo.tickets.rules.states import MACHINE

SHELTER = {
    "id": "techo",
    "label": "¿Tiene techo?",
    "type": "single",
    "options": [{"id": "si", "label": "Sí"}, {"id": "no", "label": "No"}],
}
HOW_MANY = {
    "id": "cuantos",
    "label": "¿Cuántos son?",
    "type": "number",
    "visible_if": {"question": "techo", "equals": "no"},
}
WITH_CHILDREN = {
    "id": "ninos",
    "label": "¿Hay niños?",
    "type": "single",
    "visible_if": {"question": "cuantos", "in": ["2"]},
}


def test_every_state_is_reachable_and_none_is_a_dead_end() -> None:
    assert (MACHINE.unreachable_states(), MACHINE.dead_states()) == (frozenset(), frozenset())


def test_the_machine_knows_exactly_the_states_of_the_table() -> None:
    assert MACHINE.states == set(State.values)


@given(st.integers(2000, 9999), st.integers(1, 999_999_999))
def test_a_folio_survives_spaces_dashes_and_case(year: int, number: int) -> None:
    folio = folios.folio(year, number)

    assert folios.normal_folio(f" {folio.lower().replace('-', ' ')} ") == folio


@given(st.integers(2000, 9999), st.integers(1, 999_999), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(year: int, number: int, wrong: int) -> None:
    folio = folios.folio(year, number)
    digit = str((int(folio[11]) + wrong) % 10)

    assert folios.normal_folio(folio[:11] + digit + folio[12:]) is None


@pytest.mark.parametrize("text", ["", "S", "S-2026-1-K", "hola", "S-2026-000123", "X-2026-000123-K", "S" * 5000])
def test_what_is_no_folio_is_none(text: str) -> None:
    assert folios.normal_folio(text) is None


def test_secrets_have_no_characters_that_look_alike() -> None:
    secret = folios.new_secret()

    assert len(secret) == folios.SECRET_LENGTH
    assert not set(secret) & set("IO01l")


def test_a_question_is_asked_only_when_its_condition_holds() -> None:
    asked = visible_questions([SHELTER, HOW_MANY], {"techo": "no"})

    assert [q["id"] for q in asked] == ["techo", "cuantos"]
    assert [q["id"] for q in visible_questions([SHELTER, HOW_MANY], {"techo": "si"})] == ["techo"]


def test_the_answer_to_a_hidden_question_shows_nothing_further() -> None:
    asked = visible_questions([SHELTER, HOW_MANY, WITH_CHILDREN], {"techo": "si", "cuantos": "2"})

    assert [q["id"] for q in asked] == ["techo"]


def test_answers_are_kept_with_the_words_of_the_question() -> None:
    assert told([SHELTER], {"techo": "no"}) == [{"id": "techo", "label": "¿Tiene techo?", "value": "no", "shown": "No"}]


def test_a_stopping_notice_applies_only_to_its_answer() -> None:
    notice = {"effect": "stop", "text": "Llame al 133.", "answer": {"question": "techo", "equals": "no"}}

    assert stopping_notice([notice], {"techo": "no"}) is notice
    assert stopping_notice([notice], {"techo": "si"}) is None


@pytest.mark.parametrize(
    ("solved", "day", "expected"),
    [
        (False, date(2026, 11, 16), True),
        (False, date(2026, 11, 17), False),
        (True, date(2026, 11, 2), False),
        (None, date(2026, 11, 2), False),
    ],
)
def test_not_solved_reopens_for_fifteen_days(solved, day, expected) -> None:
    assert satisfaction.reopens(solved=solved, closed_on=date(2026, 11, 1), today=day) is expected


@pytest.mark.parametrize(("grade", "low"), [(1, True), (3, True), (4, False), (7, False), (None, False)])
def test_below_four_is_low(grade, low) -> None:
    assert satisfaction.is_low(grade) is low
