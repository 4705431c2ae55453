"""A first mapping from the headings, in Spanish or English; always one that can be read."""

import io

import pytest

from cabildo.tickets.imports.mapping import as_yaml, read_mapping
from cabildo.tickets.imports.proposal import propose
from cabildo.tickets.imports.reading import open_table

HEADINGS = [
    "N° Solicitud", "Fecha de ingreso", "Estado", "Materia", "Dirección responsable", "Canal", "Descripción",
    "Dirección", "RUT", "Correo electrónico",
]  # fmt: skip
SPANISH = (
    ";".join(HEADINGS)
    + """
1;02-11-2026 10:15;Cerrada;Bache;Obras;Mesón;Un hoyo;Los Aromos 120;;
2;13-11-2026 09:00;En trámite;Basura;Aseo;Página web;Microbasural;Plaza;;
3;14-11-2026 09:00;Rechazada;Basura;Aseo;WhatsApp;Otro;Plaza;;
"""
)


@pytest.fixture
def body() -> dict:
    return propose(open_table(io.BytesIO(SPANISH.encode())), source="planilla-2026", label="Planilla 2026")


def test_columns_are_known_by_their_usual_names(body) -> None:
    assert body["columns"] == {
        "external_id": "N° Solicitud",
        "received_at": "Fecha de ingreso",
        "state": "Estado",
        "category": "Materia",
        "department": "Dirección responsable",
        "channel": "Canal",
        "text": ["Descripción"],
        "place": "Dirección",
        "run": "RUT",
        "email": "Correo electrónico",
    }


def test_the_form_of_the_dates_is_the_one_that_reads_them_all(body) -> None:
    assert body["date_formats"] == ["%d-%m-%Y %H:%M"]


def test_words_are_guessed(body) -> None:
    assert body["states"]["values"] == {
        "Cerrada": {"state": "closed", "outcome": "resolved"},
        "En trámite": {"state": "in_progress"},
        "Rechazada": {"state": "closed", "outcome": "rejected"},
    }
    assert body["channels"]["values"] == {"Mesón": "counter", "Página web": "web", "WhatsApp": "social"}


def test_what_is_proposed_can_be_read(body) -> None:
    assert read_mapping("m.yaml", as_yaml(body).encode()).errors == ()


def test_columns_nobody_recognises_are_left_for_the_person() -> None:
    body = propose(open_table(io.BytesIO(b"A,B\n1,2\n")), source="otra", label="Otra")

    assert body["columns"] == {}
    assert {error.path for error in read_mapping("m.yaml", as_yaml(body).encode()).errors} >= {"columns"}
