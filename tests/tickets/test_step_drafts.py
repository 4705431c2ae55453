"""What is half written in a step stays on the device of who writes it until the step is taken."""

import pytest
from tests.tickets.inner_world import DESK, adopt_national_tree

from cabildo.tickets.models import Category, Ticket


@pytest.fixture
def lamp(puerto_claro, receive) -> Ticket:
    """A request about a lamp of the national tree, which has prepared texts."""
    receive()
    adopt_national_tree(puerto_claro)
    Ticket.objects.update(category=Category.objects.get(code="luminaria_apagada"))
    return Ticket.objects.get()


@pytest.fixture
def desk(as_user, diego):
    return as_user(diego)


def place(ticket: Ticket, step: str) -> str:
    return f"{DESK}solicitudes/{ticket.folio}/paso/{step}/"


def test_each_step_of_each_request_keeps_its_own_draft(desk, receive) -> None:
    one, other = receive(), receive()

    for ticket in (one, other):
        for step in ("responder", "anotar"):
            assert f'data-autosave="paso-{step}-{ticket.pk}"' in desk.get(place(ticket, step)).content.decode()


def test_a_step_without_anything_to_write_keeps_none(desk, receive) -> None:
    assert "data-autosave" not in desk.get(place(receive(), "acusar")).content.decode()


def test_the_draft_is_forgotten_once_the_step_was_taken(desk, receive) -> None:
    ticket = receive()

    given = {"version": ticket.version, "text": "Se llamó a la vecina."}
    refused = desk.post(place(ticket, "anotar"), {**given, "text": ""}).content.decode()
    taken = desk.post(place(ticket, "anotar"), given, follow=True).content.decode()

    assert "data-autosave-clear" not in refused
    assert f'data-autosave-clear="paso-anotar-{ticket.pk}"' in taken


def test_no_older_draft_goes_over_a_prepared_text(desk, lamp) -> None:
    chosen = {"version": lamp.version, "use_template": "fill", "template": "resuelta_alumbrado"}

    assert "data-autosave-carries" not in desk.get(place(lamp, "responder")).content.decode()
    assert "data-autosave-carries" in desk.post(place(lamp, "responder"), chosen).content.decode()


def test_no_older_draft_goes_over_the_subject_just_asked_for(as_user, oficina, lamp) -> None:
    browser = as_user(oficina)

    asked = browser.get(place(lamp, "reclasificar"), {"category": lamp.category_id}).content.decode()

    assert "data-autosave-carries" in asked
    assert "data-autosave-carries" not in browser.get(place(lamp, "reclasificar")).content.decode()
