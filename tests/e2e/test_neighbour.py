"""A neighbour asks, follows and adds, in a real browser; with a mouse, and without any script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cabildo.tickets.models import Category, Ticket
from e2e.conftest import PHONE, ask, drafts, flaws, until_the_draft_is_kept

SECRET = re.compile(r"[A-Z2-9]{5}-[A-Z2-9]{5}")
WORDS = "Hay escombros botados en la vereda y no se puede pasar."
HERE = {"latitude": -33.05, "longitude": -71.6}


def look(page: Page) -> None:
    """Nothing is wrong on a page that only a form already begun leads to."""
    assert flaws(page) == []


def choose(page: Page) -> None:
    page.goto("./")
    page.get_by_label("Escríbalo con sus palabras").fill("escombros")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_role("link", name="Retiro de muebles, ramas o escombros").first.click()


def say_what(page: Page) -> None:
    page.get_by_label("Solicitud", exact=True).check()
    page.get_by_label("Cuéntenos qué pasa").fill(WORDS)
    page.get_by_label("Escombros", exact=True).check()
    page.get_by_label(re.compile("sacos o metros cúbicos")).fill("Seis sacos")
    page.get_by_label(re.compile("A qué teléfono le avisamos")).fill("987654321")
    until_the_draft_is_kept(page)
    page.get_by_role("button", name="Continuar").click()


def say_who(page: Page, *, see: Callable[[Page], None] = look) -> str:
    """Sends it; what the receipt says. Without scripts in the page axe cannot look."""
    expect(page.get_by_label("Nombre y apellidos")).to_be_visible()
    see(page)
    page.get_by_label("Nombre y apellidos").fill("Rosa Pérez")
    page.get_by_label("Correo electrónico").fill("rosa@ejemplo.cl")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recibimos su solicitud")
    see(page)
    return page.inner_text("main")


def follow(page: Page, receipt: str) -> None:
    links, menu = page.get_by_role("navigation", name="Principal"), page.locator(".portal-menu > summary")
    if menu.is_visible():  # on a phone
        menu.click()
    links.get_by_role("link", name="Seguir una solicitud").click()
    page.get_by_label("Folio").fill(re.search(r"S-\d{4}-\d+-\w", receipt)[0])
    page.get_by_label("Clave de seguimiento").fill(SECRET.search(receipt)[0])
    page.get_by_role("button", name="Ver mi solicitud").click()


@pytest.mark.journey_both
def test_from_the_search_to_added_information(enter, commune) -> None:
    Category.objects.filter(code="retiro_voluminosos").update(radius_m=100)
    ask("retiro_voluminosos", text="Un sillón en la esquina.", **HERE)
    page = enter(geolocation=HERE, permissions=["geolocation"])
    choose(page)
    expect(page.get_by_label(re.compile("sacos o metros cúbicos"))).to_be_hidden()
    say_what(page)
    page.get_by_label(re.compile("Dirección")).fill("Los Aromos 120")
    page.get_by_role("button", name="Usar mi ubicación").click()
    expect(page.locator("[name=latitude]")).not_to_have_value("")
    look(page)
    page.get_by_role("button", name="Continuar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Es alguno de estos?")
    look(page)
    page.get_by_role("link", name="No, es otra cosa").click()
    receipt = say_who(page)
    assert drafts(page) == []
    follow(page, receipt)
    page.get_by_label("Agregar información").fill("También hay un colchón.")
    until_the_draft_is_kept(page)
    page.get_by_role("button", name="Enviar información").click()

    expect(page.get_by_text("Agregamos su información.")).to_be_visible()
    expect(page.get_by_text("También hay un colchón.")).to_be_visible()
    assert drafts(page) == []


def ask_for_papers(page: Page, words: str) -> None:
    """Step two of a subject that takes anything, in a tab of its own."""
    page.goto("solicitudes/nueva/otra/")
    page.get_by_label("Solicitud", exact=True).check()
    page.get_by_label("Cuéntenos qué pasa").fill(words)
    page.get_by_role("button", name="Continuar").click()


def test_two_tabs_past_the_other_way_send_each_its_own_words(enter, commune) -> None:
    first = enter()
    ask_for_papers(first, "Solicito copia del contrato de la basura.")
    expect(first.get_by_role("link", name="Ir a esa vía")).to_be_visible()
    look(first)
    first.get_by_role("button", name="Seguir como solicitud").click()
    second = first.context.new_page()
    ask_for_papers(second, WORDS)
    for page in (second, first):
        page.get_by_role("button", name="Continuar").click()

    receipts = [say_who(page) for page in (first, second)]

    sent = [next(one for one in Ticket.objects.all() if one.folio in receipt) for receipt in receipts]
    assert [one.text for one in sent] == ["Solicito copia del contrato de la basura.", WORDS]


def test_the_public_map_says_how_many_requests_are_where(enter, commune) -> None:
    page = enter()
    page.goto("solicitudes/")

    expect(page.locator(".map .map-cell").first).to_have_text(re.compile(r"^\d+$"))


def test_the_form_needs_no_script(enter, commune) -> None:
    page = enter(java_script_enabled=False, viewport=PHONE)
    choose(page)
    say_what(page)
    page.get_by_label(re.compile("Dirección")).fill("Los Aromos 120")
    page.get_by_role("button", name="Continuar").click()

    receipt = say_who(page, see=lambda _page: None)

    assert Ticket.objects.latest("pk").folio in receipt
    follow(page, receipt)
    expect(page.get_by_text(WORDS)).to_be_visible()
