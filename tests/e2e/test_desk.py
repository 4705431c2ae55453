"""Officials do their work in a real browser, and the neighbour says how it went."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from cabildo.documents.queries import kept_documents_of
from cabildo.tickets import attachments
from cabildo.tickets.actions import answering, handling
from cabildo.tickets.models import Ticket
from e2e.conftest import PHONE, ask, drafts, official, until_the_draft_is_kept
from e2e.exhibits import drawn_photo

ANSWER = "Cambiamos el foco el lunes en la mañana."


def take_from_my_work(page: Page, ticket: Ticket) -> None:
    page.goto("mesa/")
    page.get_by_role("link", name=ticket.folio).first.click()
    page.get_by_role("link", name="Acusar recibo").click()
    page.get_by_role("button", name="Acusar recibo").click()


def answer(page: Page, words: str) -> None:
    page.get_by_role("link", name="Responder y cerrar").click()
    page.get_by_label("Resuelta").check()
    page.get_by_label(re.compile("Respuesta")).fill(words)
    page.get_by_role("button", name="Responder y cerrar").click()


def say_it_was_not_solved(page: Page) -> None:
    link = re.search(r"evaluacion/[\w-]+/", mail.outbox[-1].body)[0]
    page.goto(link)
    page.get_by_label("No", exact=True).check()
    page.get_by_label("2", exact=True).first.check()
    page.get_by_label(re.compile("No resolvió|No se resolvió|resolvi")).first.check()
    page.get_by_role("button", name="Enviar mi opinión").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gracias por su opinión")


@pytest.mark.journey_both
def test_an_officer_answers_and_a_no_opens_it_again(enter, commune, run_jobs) -> None:
    ticket = ask("luminaria_apagada", place="Los Aromos 120")
    desk = enter(official("operaciones"))
    take_from_my_work(desk, ticket)
    answer(desk, ANSWER)
    expect(desk.get_by_text("Cerrada").first).to_be_visible()
    run_jobs()

    say_it_was_not_solved(enter())

    desk.goto(f"mesa/solicitudes/{ticket.folio}/")
    ticket.refresh_from_db()
    assert ticket.is_open


def test_a_letter_with_an_impossible_date_keeps_its_words_until_it_is_right(enter, commune) -> None:
    page = enter(official("meson"))
    page.goto("mesa/solicitudes/ingresar/paper/luminaria_apagada/")
    words = page.get_by_label("Qué pide, con sus palabras")
    words.fill("Llegó una carta por el foco apagado.")
    page.get_by_label("Fecha en que llegó").fill(f"{timezone.localdate() - timedelta(days=5)}")
    page.get_by_role("button", name="Ingresar y dar comprobante").click()
    expect(words).to_have_value("Llegó una carta por el foco apagado.")
    page.get_by_label("Está apagado").check()
    page.get_by_label("Lugar de los hechos").fill("Los Aromos 120")
    page.get_by_label("Por qué se ingresa después").fill("Llegó por correo el viernes.")
    until_the_draft_is_kept(page)
    page.get_by_role("button", name="Ingresar y dar comprobante").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Solicitud ingresada")
    assert drafts(page) == []
    receipt = page.request.get(page.url + "?formato=pdf")
    assert receipt.body().startswith(b"%PDF")


def test_the_head_approves_what_another_wrote(enter, commune) -> None:
    ticket = ask("velocidad", place="Los Aromos 120")
    handling.acknowledge(ticket, by=official("transito"))
    answering.submit_answer(ticket, outcome="resolved", text=ANSWER, by=official("oirs"))
    page = enter(official("transito"))
    page.goto(f"mesa/solicitudes/{ticket.folio}/paso/aprobar/")
    page.get_by_role("button", name="Aprobar y enviar").click()

    expect(page.get_by_text("Cerrada").first).to_be_visible()


def test_the_keyboard_reaches_content_search_and_menus(enter, commune) -> None:
    page = enter(official("oirs"))
    page.goto("mesa/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ir al contenido")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#contenido")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#desk-search")).to_be_focused()
    menu = page.locator("details.menu summary").first
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.menu").first).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()


def test_on_a_phone_the_drawer_opens_and_closes_by_keyboard_and_nothing_is_too_wide(enter, commune) -> None:
    page = enter(official("oirs"), viewport=PHONE)
    for address in ("mesa/", "mesa/solicitudes/", "mesa/tableros/oficina/", "mesa/moderacion/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
    opener = page.locator("[data-drawer-open]")
    opener.focus()
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_a_part_of_a_photo_is_covered_by_dragging_over_it(enter, commune) -> None:
    ticket = ask("luminaria_apagada", place="Los Aromos 120")
    attachments.attach(ticket, drawn_photo(), by=None, visibility="requester")
    photo = kept_documents_of(ticket).get()
    page = enter(official("oirs"))
    page.goto(f"mesa/moderacion/{ticket.folio}/fotos/{photo.public_id}/borrosa/")
    shown = page.get_by_alt_text("Foto de la solicitud, por revisar").bounding_box()
    page.mouse.move(shown["x"] + shown["width"] / 4, shown["y"] + shown["height"] / 2)
    page.mouse.down()
    page.mouse.move(shown["x"] + shown["width"] / 2, shown["y"] + shown["height"] + 20)
    page.mouse.up()

    first = page.get_by_role("group", name="Parte 1")
    numbers = [int(first.get_by_label(side).input_value()) for side in ("Izquierda", "Arriba", "Ancho", "Alto")]
    assert numbers == pytest.approx([25, 50, 25, 50], abs=2)
    page.get_by_role("button", name="Publicar la copia").click()
    expect(page.get_by_text("Se publicó una copia")).to_be_visible()
