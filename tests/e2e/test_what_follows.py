"""Pages that only follow a file or a form just sent, each looked at where its sender lands."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import flaws, official

DEPARTMENTS = "codigo;nombre\nturismo;Oficina de Turismo\n;Sin código\n"
PEOPLE = "correo;nombre;rol\nnora@ejemplo.cl;Nora Nueva;counter_officer\nsin-arroba;Sin Arroba;counter_officer\n"
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Puerto Claro//Feriados//ES
BEGIN:VEVENT
UID:aniversario@ejemplo.cl
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20270305
SUMMARY:Aniversario de la comuna
END:VEVENT
END:VCALENDAR
"""


def send(page: Page, place: str, name: str, content: str) -> None:
    page.goto(f"mesa/puesta-en-marcha/{place}")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": content.encode()}
    )
    page.locator("main form").get_by_role("button", name=re.compile("^Revisar")).click()
    expect(page).not_to_have_url(re.compile(f"{place}$"))


@pytest.mark.parametrize(
    ("place", "name", "content"),
    [
        ("planilla/direcciones/", "direcciones.csv", DEPARTMENTS),
        ("planilla/funcionarios/", "funcionarios.csv", PEOPLE),
        ("feriados/calendario/", "feriados.ics", CALENDAR),
    ],
    ids=["departments", "people", "calendar"],
)
def test_nothing_is_wrong_with_the_review_of_a_file(enter, commune, place, name, content) -> None:
    page = enter(official("admin"))
    send(page, place, name, content)

    assert flaws(page) == []


def test_nothing_is_wrong_with_the_receipt_that_the_counter_gives(enter, commune) -> None:
    page = enter(official("meson"))
    page.goto("mesa/solicitudes/ingresar/counter/luminaria_apagada/")
    page.get_by_label("Qué pide, con sus palabras").fill("El foco frente a mi casa está apagado.")
    page.get_by_label("Está apagado").check()
    page.get_by_label("Lugar de los hechos").fill("Los Aromos 120")
    page.get_by_role("button", name="Ingresar y dar comprobante").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Solicitud ingresada")

    assert flaws(page) == []
