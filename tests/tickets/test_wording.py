"""The name of a department is never glued into a sentence: nobody knows whether it is «el» or «la»."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from cabildo.tickets import wording
from cabildo.tickets.actions import handling
from cabildo.tickets.errors import TicketsError

SRC = Path(__file__).parents[2] / "src" / "cabildo"
PLACE = re.compile(r"(?<!: )(?:\{department\}|%\(department\)s|\{\{ department \}\}|\{departamento(?:_anterior)?\})")
WHERE = {"asked": wording.WHERE, "adhered": wording.WHERE_ADHERED, "titles": wording.TITLES}


def glued(sentence: str) -> list[str]:
    return [sentence[max(0, found.start() - 30) : found.end()] for found in PLACE.finditer(sentence)]


@pytest.mark.parametrize("kind", WHERE)
def test_where_a_request_is_names_the_department_after_a_colon(kind: str) -> None:
    sentences = [*WHERE[kind].values(), wording.WHERE_UNANSWERED, wording.WHERE_JOINED]

    assert [place for sentence in sentences for place in glued(str(sentence))] == []


def test_refusals_name_the_department_after_a_colon() -> None:
    assert [place for sentence in TicketsError.sentences.values() for place in glued(str(sentence))] == []


def test_pages_and_mails_name_the_department_after_a_colon() -> None:
    templates = [*SRC.glob("*/templates/**/*.html"), *SRC.glob("*/templates/**/*.txt")]
    found = {path.name: glued(path.read_text(encoding="utf-8")) for path in templates}

    assert {name: places for name, places in found.items() if places} == {}


def test_the_texts_of_the_pack_name_the_department_after_a_colon() -> None:
    path = Path(settings.CONTENT_DIR) / "tickets" / "oirs-chile" / "templates.yaml"
    texts = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert [place for text in texts for part in ("subject", "body") for place in glued(text[part])] == []


def test_the_neighbour_reads_who_has_the_request(client, receive, obras, diego) -> None:
    from cabildo.tickets import links

    obras.name = "Departamento de Operaciones"
    obras.save()
    ticket = receive()
    page = f"/m/puerto-claro/seguimiento/{links.tracking_token(ticket)}/"

    assert "Su solicitud la tiene: Departamento de Operaciones." in client.get(page).content.decode()
    handling.acknowledge(ticket, by=diego)
    assert "Ya trabaja en su solicitud: Departamento de Operaciones." in client.get(page).content.decode()
