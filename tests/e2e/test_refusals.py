"""Pages that say no, or not yet: they too are read by everybody."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cabildo import audit
from cabildo.accounts import actions as accounts
from cabildo.tickets.actions import handling
from cabildo.tickets.models import Ticket
from cabildo.tickets.views import public
from e2e.conftest import ask, flaws, official

TOO_MANY_FIELDS = "solicitudes/?" + "&".join(f"campo{number}=1" for number in range(1001))


@pytest.fixture
def broken(monkeypatch) -> None:
    def fail(*_asked: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(public.public_figures, "story", fail)


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize(
    ("account", "place", "said"),
    [
        ("", TOO_MANY_FIELDS, "No pudimos leer lo que envió"),
        ("meson", "mesa/importaciones/", "Su rol no permite abrir esta página"),
        ("", "no-existe/", "No encontramos esta página"),
        ("", "/m/no-existe/", "No encontramos esta página"),
        ("", "cuenta/invitacion/vieja/", "Este enlace ya no sirve"),
        ("", "documentos/verificar/", "Verificar un documento"),
    ],
)
def test_nothing_is_wrong_with_a_refusal(enter, commune, account, place, said) -> None:
    page = enter(official(account) if account else None, refused=True)
    page.goto(place)

    assert heading(page) == said
    assert flaws(page) == []


def test_nothing_is_wrong_with_the_page_of_an_error_of_ours(enter, commune, broken) -> None:
    page = enter(refused=True)
    page.goto("cifras/")

    assert heading(page) == "Algo falló de nuestro lado"
    assert flaws(page) == []


def test_nothing_is_wrong_with_a_form_that_was_open_too_long(enter, commune) -> None:
    page = enter(refused=True)
    page.goto("seguimiento/")
    page.context.clear_cookies()
    page.get_by_label("Folio").fill("S-2026-1-A")
    page.get_by_label("Clave de seguimiento").fill("ABCDE-ABCDE")
    page.get_by_role("button", name="Ver mi solicitud").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("No recibimos lo que envió")
    assert flaws(page) == []


def test_nothing_is_wrong_with_a_municipality_that_has_not_opened(enter, commune) -> None:
    accounts.create_municipality(slug="por-abrir", name="Municipalidad de Por Abrir", by=audit.SYSTEM)
    page = enter(refused=True)
    page.goto("/m/por-abrir/")

    assert flaws(page) == []


@pytest.fixture
def answering(enter, commune) -> tuple[Page, Ticket]:
    """Somebody writes an answer, which a colleague's step will overtake."""
    ticket, head = ask("luminaria_apagada", place="Los Aromos 120"), official("operaciones")
    handling.acknowledge(ticket, by=head)
    page = enter(head, refused=True)
    page.goto(f"mesa/solicitudes/{ticket.folio}/paso/responder/")
    page.get_by_label("Resuelta").check()
    page.get_by_label(re.compile("Respuesta")).fill("Cambiamos el foco el lunes en la mañana.")
    return page, ticket


@pytest.mark.parametrize(("lost", "said"), [("session", "Ingresar"), ("token", "No recibimos lo que envió")])
def test_an_answer_that_was_not_received_is_there_on_opening_its_page_again(answering, lost, said) -> None:
    page, _ticket = answering
    place, cookies = page.url, page.context.cookies()
    gone = [cookie["name"] for cookie in cookies if (cookie["name"] == "csrftoken") == (lost == "token")]
    for name in gone:
        page.context.clear_cookies(name=name)
    page.get_by_role("button", name="Responder y cerrar").click()
    assert heading(page) == said
    assert flaws(page) == []

    page.context.add_cookies(cookies)
    page.goto(place)

    expect(page.get_by_label(re.compile("Respuesta"))).to_have_value("Cambiamos el foco el lunes en la mañana.")
    expect(page.get_by_label("Resuelta")).to_be_checked()


def test_nothing_is_wrong_when_somebody_changed_the_request_meanwhile(answering) -> None:
    page, ticket = answering
    handling.write_to_requester(ticket, text="Vamos mañana.", by=official("operaciones"))
    handling.reclassify(ticket, category=ticket.category, kind="reclamo", by=official("operaciones"))
    page.get_by_role("button", name="Responder y cerrar").click()

    expect(page.locator(".error-summary")).to_be_visible()
    assert flaws(page) == []


def test_nothing_is_wrong_with_a_step_that_can_no_longer_be_taken(answering) -> None:
    page, ticket = answering
    handling.ask_requester(ticket, text="¿Qué poste?", by=official("operaciones"), today=timezone.localdate())
    page.get_by_role("button", name="Responder y cerrar").click()

    expect(page.get_by_text("Este paso ya no se puede dar")).to_be_visible()
    assert flaws(page) == []
