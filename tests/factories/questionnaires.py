"""A questionnaire of two questions, so that answering is tested without any programme."""

from collections.abc import Callable
from typing import Any

import pytest

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.models import PackVersion

HEADER = {
    "id": "questionnaires/de-prueba",
    "kind": "questionnaires",
    "title": "Cuestionario de prueba",
    "locale": "es-CL",
    "publisher": "Cabildo",
    "source": "Redacción propia",
    "licence": "CC-BY-4.0",
    "valid_from": "2026-01-01",
    "official": False,
}
BANDS = [
    {"id": "inicial", "label": "Inicial", "about": "Falta lo básico en casi todo.", "from": "0", "to": "0.50"},
    {"id": "avanzado", "label": "Avanzado", "about": "Está casi todo lo que se pregunta.", "from": "0.50", "to": "1"},
]


def _question(code: str, text: str, *alternatives: tuple[str, int]) -> dict[str, Any]:
    return {
        "id": code,
        "text": text,
        "help": "Se mira el papel que lo aprueba y se pregunta a quien lo aplica cada mes.",
        "alternatives": [
            {"id": "abc"[place], "text": words, "points": points, "is_inclusive": place > 0}
            for place, (words, points) in enumerate(alternatives)
        ],
    }


def body(number: int = 1) -> dict[str, Any]:
    plan = _question(
        "plan",
        "¿Tiene la municipalidad un plan de trabajo vigente y conocido?",
        ("No hay un plan de trabajo.", 0),
        ("Hay un plan de trabajo escrito y aprobado por decreto alcaldicio.", 2),
        ("El plan se revisa cada seis meses y su avance se publica en el sitio.", 4),
    )
    team = _question(
        "equipo",
        "¿Tiene la municipalidad un equipo a cargo de ese plan de trabajo?",
        ("No hay un equipo a cargo.", 0),
        ("Hay un equipo nombrado por decreto, con horas para este trabajo.", 4),
    )
    return {
        "pack": {**HEADER, "version": number},
        "settings": {
            "minutes": 60,
            "allow_not_applicable": False,
            "order": ["todo"],
            "bands": BANDS,
            "notice": "Cuestionario de prueba, no oficial.",
        },
        "areas": [
            {"id": "todo", "label": "Todo", "about": "Dos preguntas bastan para probar.", "questions": [plan, team]}
        ],
    }


@pytest.fixture
def publish_questionnaire(db) -> Callable[..., PackVersion]:
    def publish(number: int = 1) -> PackVersion:
        return packs.publish(body=body(number), by=audit.SYSTEM).version

    return publish


@pytest.fixture
def questionnaire(publish_questionnaire) -> PackVersion:
    return publish_questionnaire()
