"""Every code that the rules answer has its sentence, filled with its facts."""

import inspect
import re
from fractions import Fraction
from types import MappingProxyType

import pytest

from cabildo.content.queries import frozen
from cabildo.instruments import wording
from cabildo.instruments.queries import filled
from cabildo.instruments.rules import answers, awards, scoring
from cabildo.instruments.rules.answers import AnswerFault
from cabildo.instruments.rules.awards import Broken, PointsError, award_of
from cabildo.instruments.rules.scoring import Fault


def codes(modules, what: str) -> set[str]:
    source = "".join(map(inspect.getsource, modules))
    return set(re.findall(rf'\b{what}\((?:[^,()"]+, )?"(\w+)"', source))


@pytest.mark.parametrize(
    ("modules", "what", "sentences"),
    [
        ((scoring, filled), "Fault", wording.MARKS),
        ((answers,), "AnswerFault", wording.ANSWERS),
        ((awards,), "PointsError", wording.POINTS),
        ((awards,), "Broken", wording.BROKEN),
    ],
)
def test_every_code_has_a_sentence_and_no_sentence_is_left_over(modules, what, sentences) -> None:
    assert codes(modules, what) == set(sentences)


def test_a_name_almost_right_proposes_the_right_one() -> None:
    message, fix = wording.of_mark(Fault("reunion_directva", "unknown_element", {"known": ("reunion_directiva",)}))

    assert message == "El modelo no tiene el elemento «reunion_directva»."
    assert fix == "¿Quiso decir «reunion_directiva»?"


def test_a_sentence_lists_what_is_known_when_nothing_is_near() -> None:
    fault = AnswerFault("q", "unknown_alternative", {"alternative": "zzz", "known": ("a", "b")})

    assert wording.of_answer(fault) == ("«q» no tiene la alternativa «zzz».", "Use una de estas: a, b.")


def test_a_figure_just_below_a_minimum_is_never_shown_as_that_minimum() -> None:
    broken = Broken("part_low", "Inicial", {"name": "Global", "points": Fraction("99.95"), "minimum": 100})

    assert wording.of_rule(broken) == "Para el nivel Inicial, «Global» debe llegar a 100 puntos; llega a 99,95."
    assert [wording.number(Fraction(value)) for value in ("100", "0.5", "1/3")] == ["100", "0,5", "0,333333"]
    assert (
        wording.of_points(PointsError("points_negative", name="x", points=Fraction(-1)))[0]
        == "«x» tiene \u22121 puntos."
    )


def test_rules_are_read_from_the_read_only_body_of_a_published_version() -> None:
    level = {"id": "a", "label": "A", "low": 1, "high": 9, "minimums": {"t": 1}, "each_service_minimum": None}
    body = frozen(
        {
            "rules": {
                "totals": [{"id": "t", "label": "T", "maximum": 9}],
                "services": {"minimum": 0, "maximum": None},
                "levels": [level],
                "none": {"id": "no", "label": "No"},
            }
        }
    )

    assert isinstance(body, MappingProxyType)
    assert awards.grant(award_of(body), {"t": Fraction(5)}, {}).level_id == "a"
