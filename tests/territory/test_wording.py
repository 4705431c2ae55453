"""Every problem can be told: what is wrong and how to mend it."""

import re
from pathlib import Path

import pytest

from cabildo.territory import engine_shapes, rules, wording

CODE = re.compile(
    r'(?:Problem|_WrongGeometryError|_unreadable)\(\s*"(\w+)"|yield "(\w+)"|code = "(\w+)"|else "(\w+)", found'
)
SOURCES = (rules, engine_shapes)


def codes_in(module) -> set[str]:
    source = Path(module.__file__).read_text(encoding="utf-8")
    return {code for found in CODE.findall(source) for code in found if code}


@pytest.mark.parametrize("module", SOURCES)
def test_every_code_of_the_checks_has_its_words(module) -> None:
    assert codes_in(module) - set(wording.SENTENCES) == set()


def test_a_problem_says_where_what_and_how_to_mend_it() -> None:
    problem = rules.Problem("open_ring", 3, "UV-7", "geometry", {"first": "[-71, -33]", "last": "[-71, -34]"})

    (told,) = wording.tell([problem])

    assert told.place == "Área 3 (código UV-7)"
    assert told.message == "El borde no se cierra: empieza en [-71, -33] y termina en [-71, -34]."
    assert told.fix.startswith("Haga que el último punto sea igual al primero.")


def test_a_problem_of_the_file_is_placed_in_the_whole_file() -> None:
    (told,) = wording.tell([rules.Problem("no_features")])

    assert told.place == "Todo el archivo"
