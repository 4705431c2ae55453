"""The list of processes searched, and processes as files."""

import subprocess

import pytest

from cabildo.ui.engine_workbooks import read_book
from cabildo.workflow.processes.gates import Missing

DESK = "/m/puerto-claro/mesa/procesos/"


@pytest.fixture(autouse=True)
def _monday(time_machine) -> None:
    time_machine.move_to("2026-03-02T12:00:00-03:00")


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("asked", "is_found"), [("jardin nunoa", True), ("OBRAS", True), ("invierno", False)])
def test_the_list_finds_words_however_they_are_accented(as_user, plan, carmen, asked, is_found) -> None:
    plan("Feria del Jardín de Ñuñoa")

    shown = text(as_user(carmen).get(DESK, {"q": asked}))

    assert ("Feria del Jardín de Ñuñoa" in shown) == is_found
    assert ("Ninguno tiene esas palabras" in shown) != is_found


def test_the_late_ones_are_searched_too(as_user, plan, carmen, time_machine) -> None:
    plan("Feria de otoño")
    plan("Feria de la fruta")
    time_machine.move_to("2026-03-20T12:00:00-03:00")

    shown = text(as_user(carmen).get(DESK, {"ver": "atrasados", "q": "otono"}))

    assert "Feria de otoño" in shown
    assert "Feria de la fruta" not in shown


def test_a_process_is_read_on_paper_with_what_is_missing(as_user, begun, permits, diego) -> None:
    permits.append(Missing("Falta el permiso sanitario", "/permisos/"))

    answered = as_user(diego).get(f"{DESK}{begun.pk}/informe/")

    assert answered["Content-Type"] == "application/pdf"
    done = subprocess.run(["pdftotext", "-", "-"], input=answered.content, capture_output=True, check=True)
    read = " ".join(done.stdout.decode().split())
    for words in ("Feria 2026", "demostración, no oficial", "Reservar la plaza", "Falta el permiso sanitario"):
        assert words in read


def test_a_process_is_a_workbook_with_a_sheet_for_each_matter(as_user, begun, finish, diego) -> None:
    finish("reservar")

    answered = as_user(diego).get(f"{DESK}{begun.pk}/planilla/")

    sheets = {sheet.title: sheet.rows for sheet in read_book(answered.content)}
    assert list(sheets) == ["Participan", "Etapas", "Tareas", "Requisitos", "Historia"]
    told = {title: {str(cell) for row in rows for cell in row} for title, rows in sheets.items()}
    assert {"Reservar la plaza", "Hecha", "2026-03-02"} <= told["Tareas"]
    assert {"Cumplido", "Falta"} <= told["Requisitos"]
    assert {"Comenzó la etapa", "Se hizo la tarea"} <= told["Historia"]


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_the_schedule_is_a_file_too(as_user, begun, diego, kind) -> None:
    answered = as_user(diego).get(f"{DESK}{begun.pk}/fechas/?formato={kind}&etapa=preparar")

    assert answered.status_code == 200
    assert f"fechas-{begun.pk}-2026-03-02.{kind}" in answered["Content-Disposition"]
