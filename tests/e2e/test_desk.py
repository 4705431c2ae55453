"""Officials do their work in a real browser, and the neighbour says how it went."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from cabildo.tickets.models import Ticket
from e2e.conftest import ask, official

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


def test_a_letter_of_last_week_is_refused_and_keeps_its_words_until_it_is_right(enter, commune) -> None:
    page = enter(official("meson"))
    page.goto("mesa/solicitudes/ingresar/paper/luminaria_apagada/")
    page.get_by_label("Solicitud", exact=True).check()
    page.get_by_label("Qué pide, con sus palabras").fill("Llegó una carta por el foco apagado.")
    page.get_by_label(re.compile("Fecha en que llegó")).fill(f"{timezone.localdate() - timedelta(days=5)}")
    page.get_by_role("button", name="Ingresar").click()
    assert page.get_by_label("Qué pide, con sus palabras").input_value() == "Llegó una carta por el foco apagado."
