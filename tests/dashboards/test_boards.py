import io
import subprocess
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cabildo.dashboards import wording
from cabildo.tickets.queries import figures
from factories.figures import answered, at, derivation, opinion, requests

HERE = "/m/puerto-claro/mesa/tableros/"
NOW = at("2026-11-21").replace(microsecond=123_456)
BOARDS = ["alcaldia/", "direccion/", "oficina/"]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world(categories):
    """Thirty days of both departments: Obras with two late, Aseo with one on time."""
    lamp, rubbish = categories["lamp"], categories["rubbish"]
    received = at("2026-11-03")
    done = answered(lamp, received, 4, many=6)
    requests(lamp, received, many=2, legal_due_on=at("2026-11-10").date())
    requests(rubbish, received, many=1, legal_due_on=at("2026-12-10").date())
    answered(lamp, at("2026-10-10"), 4, many=5)
    derivation(done[0], received, timedelta(hours=30))
    opinion(done[0], at("2026-11-08"), 3, solved=False, low_reason="demora")


@pytest.fixture
def world_of(categories):
    return lambda many: requests(categories["lamp"], at("2026-11-03"), many=many)


@pytest.fixture
def mayors_browser(alcaldesa, as_user):
    return as_user(alcaldesa)


def page(browser, address: str) -> str:
    answer = browser.get(HERE + address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_mayor_sees_today_the_period_and_how_it_compares(world, alcaldesa, as_user) -> None:
    board = page(as_user(alcaldesa), "alcaldia/")

    assert "Dirección de Obras tiene 2 de las 2 solicitudes fuera de plazo" in board
    assert "6 de 6 respondidas con plazo" in board
    assert "3 de 9 ingresadas" in board
    assert "4 más que en el período anterior (5)" in board
    assert board.count("<svg ") >= 4


def test_each_enters_by_their_own_board(alcaldesa, carmen, oficina, as_user) -> None:
    assert as_user(alcaldesa).get(HERE)["Location"].endswith("/alcaldia/")
    assert as_user(carmen).get(HERE)["Location"].endswith("/direccion/")


def test_a_head_sees_only_the_own_department(world, carmen, as_user) -> None:
    browser = as_user(carmen)

    assert [browser.get(HERE + board).status_code for board in BOARDS] == [403, 200, 403]
    board = page(browser, "direccion/?direccion=aseo")
    assert "Tablero: Dirección de Obras" in board
    assert "Aseo" not in board


def test_one_department_alone_is_no_filter(world, carmen, as_user) -> None:
    board = page(as_user(carmen), "direccion/?periodo=12-meses")

    assert ("Quitar el filtro" in board, "Dirección: Dirección de Obras" in board) == (True, False)


def test_the_mayor_chooses_the_department(world, alcaldesa, as_user) -> None:
    board = page(as_user(alcaldesa), "direccion/?direccion=aseo")

    assert "Tablero: Dirección de Aseo y Ornato" in board
    assert "Ninguna solicitud está fuera de plazo" in board


def test_the_office_sees_channels_the_24_hour_rule_and_opinions(world, oficina, as_user) -> None:
    board = page(as_user(oficina), "oficina/")

    assert "Portal web es el canal más usado" in board
    assert "0 de 1 derivaciones se recibieron dentro de 24 horas" in board
    assert "nota media 3,0 de 7 (1 evaluación)" in board
    assert "no se le puede dar margen de error" in board


@pytest.mark.parametrize("board", BOARDS)
def test_who_has_no_figures_is_refused(diego, externo, admin, as_user, board) -> None:
    assert {as_user(user).get(HERE + board).status_code for user in (diego, externo, admin)} == {403}


@pytest.mark.parametrize("board", BOARDS)
def test_the_mayor_of_one_municipality_is_nobody_in_another(otra_comuna, alcaldesa, as_user, board) -> None:
    assert as_user(alcaldesa).get(f"/m/otra-comuna/mesa/tableros/{board}").status_code == 403


def test_the_address_keeps_the_filter(world, alcaldesa, as_user) -> None:
    board = page(as_user(alcaldesa), "alcaldia/?direccion=aseo&periodo=12-meses")

    assert "1 de 1 ingresadas" in board
    assert "Ingresadas del 1 dic 2025 al 21 nov 2026 · Dirección: Dirección de Aseo y Ornato" in board
    assert "formato=pdf" in board


@pytest.mark.parametrize("board", BOARDS)
def test_the_workbook_opens_with_numbers_as_numbers(world, alcaldesa, as_user, board) -> None:
    answer = as_user(alcaldesa).get(f"{HERE}{board}?formato=xlsx&direccion=obras")
    sheet = load_workbook(io.BytesIO(answer.content)).active

    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0].startswith("Tablero")
    assert any(row[0] == "noviembre 2026" and row[1] == 8 for row in rows if len(row) > 1)


@pytest.mark.slow
@pytest.mark.parametrize("board", BOARDS)
def test_the_paper_says_what_the_page_says(world, alcaldesa, as_user, board, tmp_path) -> None:
    answer = as_user(alcaldesa).get(f"{HERE}{board}?formato=pdf&direccion=obras")
    file = tmp_path / "tablero.pdf"
    file.write_bytes(answer.content)

    assert answer.content.startswith(b"%PDF")
    said = " ".join(subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout.split())
    assert "Municipalidad de Puerto Claro" in said
    assert "Respondidas dentro del plazo" in said
    assert "Fuentes y método" in said


@pytest.mark.parametrize("board", BOARDS)
def test_an_empty_municipality_has_boards_without_datum(alcaldesa, obras, as_user, board) -> None:
    assert "sin dato" in page(as_user(alcaldesa), board)


def test_without_departments_the_board_says_what_to_do(alcaldesa, as_user) -> None:
    assert "Todavía no hay direcciones" in page(as_user(alcaldesa), "direccion/")


@pytest.mark.parametrize("board", BOARDS)
def test_a_board_costs_the_same_however_many_requests(world_of, mayors_browser, board) -> None:
    def cost(many: int) -> int:
        world_of(many)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            mayors_browser.get(HERE + board)
        return len(asked)

    mayors_browser.get(HERE + board)
    assert cost(1) == cost(3) == cost(50) < 40


def test_requests_without_an_area_are_no_finding_of_the_map() -> None:
    rows = [figures.Row("", "Sin sector", figures.Load(36, 1)), figures.Row("norte", "Norte", figures.Load(20, 1))]

    assert wording.most_open(rows) == "Norte tiene 20 de las 56 solicitudes abiertas"
    assert wording.most_open(rows[:1]) == "Sin sector tiene 36 de las 36 solicitudes abiertas"


def test_the_mayor_s_board_shows_the_third_baseline_indicator_computed_now(as_user, alcaldesa, receive) -> None:
    receive()
    receive(kind="solicitud")
    page = as_user(alcaldesa).get(HERE + "alcaldia/").content.decode()

    assert "Reclamos y sugerencias" in page
    assert "1 de 2 ingresadas" in page
