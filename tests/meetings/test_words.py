"""What a body and a meeting say of themselves, in everyday words."""

import pytest
from tests.meetings.conftest import DECREE

from cabildo.instruments.packs.findings import too_short
from cabildo.meetings.actions import bodies
from cabildo.meetings.actions.bodies import Who
from cabildo.meetings.models import Body
from cabildo.meetings.views.guide import steps_of
from cabildo.meetings.wording import quorum_rule_words
from conftest import make_member


@pytest.mark.parametrize(
    ("basis", "part", "words"),
    [
        ("more_than", (1, 2), "más de la mitad de quienes tienen voz"),
        ("at_least", (2, 3), "al menos dos tercios de quienes tienen voz"),
        ("at_least", (3, 7), "al menos 3/7 de quienes tienen voz"),
    ],
)
def test_a_quorum_is_told_in_everyday_words(basis, part, words) -> None:
    body = Body(quorum_basis=basis, quorum_numerator=part[0], quorum_denominator=part[1])

    assert quorum_rule_words(body) == words


def test_a_meeting_held_without_a_call_does_not_say_that_it_was_called(held) -> None:
    first = steps_of(held, list(held.attendances.all()), [], 0, writes=False)[0]

    assert (first.title, first.state, first.url) == ("Convocatoria", "skipped", "")
    assert first.note == "Se hizo sin convocar a nadie desde aquí."


def test_its_page_says_that_this_step_was_not_done(held, sonia, as_user) -> None:
    page = as_user(sonia).get(f"/m/puerto-claro/mesa/reuniones/{held.pk}/").content.decode()

    assert "no se hizo" in page
    assert "Se hizo sin convocar a nadie desde aquí." in page


def test_an_official_is_of_the_municipality_and_whoever_is_sent_is_not(committee, alcaldesa, puerto_claro) -> None:
    since = {"starts_on": DECREE.on, "by": alcaldesa, "act": DECREE}
    official = bodies.appoint(committee, Who(user=make_member("Ada Pino", puerto_claro, "counter_officer")), **since)
    sent = bodies.appoint(committee, Who(user=make_member("Vera Ruiz", puerto_claro, "validator")), **since)
    named = Who(user=make_member("Sol Ruiz", puerto_claro, "counter_officer"), sector="academic")

    assert (official.sector, sent.sector) == ("municipal", "unknown")
    assert bodies.appoint(committee, named, **since).sector == "academic"


@pytest.mark.parametrize(("text", "said"), [("corto", "tiene 1 palabra;"), ("muy corto", "tiene 2 palabras;")])
def test_one_word_is_not_told_as_several(text, said) -> None:
    assert said in next(iter(too_short(("label",), text))).message
