"""What is written to the log while persons are served names none of them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from cabildo.site.logs import RequestReference
from cabildo.tickets.models import Ticket

pytestmark = pytest.mark.django_db

PERSON = {"name": "Rosaura Pizarro", "run": "7654321-6", "email": "rosaura@vecinos.cl", "phone": "987612345"}
TEXT = "El poste frente a mi casa en Los Aromos 120"
BASE = "/m/puerto-claro/"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log of the installation would hold, at its most talkative."""
    root, paper = logging.getLogger(), io.StringIO()
    installed = next(h for h in root.handlers if any(isinstance(f, RequestReference) for f in h.filters))
    handler = logging.StreamHandler(paper)
    handler.setFormatter(installed.formatter)
    for kept in installed.filters:
        handler.addFilter(kept)
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield paper
    root.setLevel(level)
    root.removeHandler(handler)


def named_in(paper: io.StringIO) -> set[str]:
    told = {*PERSON.values(), "7.654.321-6", "Rosaura", "Aromos"}
    return {word for word in told if word.lower() in paper.getvalue().lower()}


def lines(paper: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in paper.getvalue().splitlines()]


def ask(client, code: str) -> Ticket:
    base = f"{BASE}solicitudes/nueva/{code}/"
    client.post(base, {"kind": "reclamo", "text": TEXT})
    client.post(base + "lugar/", {"place": "Los Aromos 120"})
    client.post(base + "enviar/", {**PERSON, "phone": "no es un teléfono", "email": "rosaura@@"})
    client.post(base + "enviar/", PERSON)
    return Ticket.objects.get()


@pytest.mark.usefixtures("categories")
def test_a_request_from_the_form_to_the_answer_names_nobody(client, as_user, diego, run_jobs, written):
    ticket = ask(client, "luminaria")
    desk = as_user(diego)
    for address in (
        f"mesa/solicitudes/{ticket.folio}/",
        "mesa/solicitudes/?q=Rosaura",
        f"solicitudes/{PERSON['run']}/",
    ):
        desk.get(BASE + address)
    client.get(f"{BASE}seguimiento/{PERSON['email']}/")
    client.get(f"{BASE}{PERSON['name']}/")
    client.post(f"{BASE}seguimiento/", {"folio": "Rosaura", "secret": "Rosaura"})
    run_jobs()

    assert named_in(written) == set()
    assert [line["message"] for line in lines(written) if line["levelname"] == "WARNING"] != []


def test_an_error_that_quotes_a_person_is_told_without_its_words(client, categories, monkeypatch, written) -> None:
    def fails(*_args: object) -> None:
        raise ValueError(f"{PERSON['name']} {PERSON['run']}")

    monkeypatch.setattr("cabildo.tickets.views.portal.catalogue.open_categories", fails)
    client.raise_request_exception = False

    answer = client.get(f"{BASE}solicitudes/nueva/")

    assert answer.status_code == 500
    assert named_in(written) | named_in(io.StringIO(answer.content.decode())) == set()
    assert "ValueError" in {line.get("error_class") for line in lines(written)}


def test_a_job_that_fails_on_a_person_is_told_without_its_words(client, categories, monkeypatch, written) -> None:
    from cabildo.jobs.testing import run_waiting

    def fails(*_args: object) -> None:
        raise ValueError(PERSON["email"])

    ask(client, "luminaria")
    monkeypatch.setattr("cabildo.notifications.actions.send_message", fails)
    run_waiting(raising=False)

    assert named_in(written) == set()
    assert "ValueError" in written.getvalue()
