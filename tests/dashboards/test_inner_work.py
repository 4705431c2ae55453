"""The work between departments on the boards: time lost, the 24-hour rule, how protocols are kept."""

import io
import subprocess
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.tickets.inner_world import MONDAY, ask, protocol_in_force

from cabildo.tickets.actions import protocols
from cabildo.tickets.models import InternalRequest
from factories.figures import answered, at, derivation, requests

HERE = "/m/puerto-claro/mesa/tableros/"
NOW = at("2026-11-27")
BOARDS = ["direccion/?direccion=obras&", "oficina/?"]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def waits(categories, aseo, diego) -> InternalRequest:
    """On Monday Obras asks Aseo for a report in two days; on Friday nobody has answered."""
    ticket = requests(categories["lamp"], at("2026-11-20"), many=1)[0]
    asked = ask(aseo, diego, ticket=ticket, days=2)
    InternalRequest.objects.filter(pk=asked.pk).update(asked_at=at("2026-11-23"))
    return asked


@pytest.fixture
def protocol(obras, carmen, categories):
    """Known by its author alone; of two requests judged, one was answered in term."""
    made = protocol_in_force(obras, carmen, today=MONDAY - timedelta(days=20), title="Responder claro")
    protocols.acknowledge(made, by=carmen)
    answered(categories["lamp"], at("2026-11-03"), 4, many=1)
    requests(categories["lamp"], at("2026-11-03"), many=1, legal_due_on=at("2026-11-10").date())
    return made


def page(browser, address: str) -> str:
    answer = browser.get(HERE + address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("board", BOARDS)
def test_time_lost_in_internal_requests_is_shown_by_department(waits, oficina, as_user, board) -> None:
    shown = page(as_user(oficina), board)

    assert "Dirección de Aseo y Ornato: 4 de los 4 días hábiles de espera entre direcciones" in shown
    assert "1 de 1, 100,0 %" in shown
    assert "2 días de plazo en 1 pedido" in shown
    assert "4 de 5 días hábiles" in shown


@pytest.mark.parametrize("board", BOARDS)
def test_how_protocols_are_kept_is_shown_with_numerators(protocol, oficina, as_user, board) -> None:
    shown = page(as_user(oficina), board)

    assert "«Responder claro» es el protocolo que menos se cumple en plazo: 1 de 2, 50,0 %" in shown
    assert "tomas de conocimiento" in shown


@pytest.mark.parametrize("board", BOARDS)
def test_the_24_hour_rule_stands_with_those_still_inside_it(categories, oficina, as_user, board) -> None:
    ticket = requests(categories["lamp"], at("2026-11-20"), many=1)[0]
    derivation(ticket, at("2026-11-20"), timedelta(hours=2))
    derivation(ticket, NOW - timedelta(hours=3), None)

    shown = page(as_user(oficina), board)

    assert "1 de 1 derivaciones" in shown
    assert "1 todavía dentro de las 24 horas" in shown


def test_a_head_sees_what_the_own_department_asks_and_is_asked_alone(
    waits, carmen, as_user, puerto_claro, aseo
) -> None:
    from cabildo.accounts.models import Department
    from conftest import make_member

    salud = Department.objects.create(municipality=puerto_claro, code="salud", name="Dirección de Salud")
    ask(salud, make_member("Ana Aseo", puerto_claro, "department_head", aseo), from_department=aseo, procedure="Otra")

    shown = page(as_user(carmen), "direccion/")

    assert ("Aseo y Ornato" in shown, "Dirección de Salud" in shown) == (True, False)


@pytest.mark.parametrize("board", BOARDS)
def test_the_workbook_carries_both_tables(waits, protocol, oficina, as_user, board) -> None:
    answer = as_user(oficina).get(f"{HERE}{board}formato=xlsx")
    rows = [list(row) for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)]

    assert [row[1:5] for row in rows if row[0] == "Dirección de Aseo y Ornato" and row[3] == 4] == [[1, 1, 4, 2]]
    assert [row[1:5] for row in rows if row[0] == "Responder claro"] == [["Dirección de Obras", 0.333, 0.5, 0.333]]


def test_a_board_costs_the_same_however_many_internal_requests(waits, aseo, diego, oficina, as_user) -> None:
    browser = as_user(oficina)

    def cost() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            page(browser, "oficina/")
        return len(asked)

    page(browser, "oficina/")
    before = cost()
    ask(aseo, diego, ticket=waits.ticket, days=2), ask(aseo, diego, ticket=waits.ticket, days=2)

    assert cost() == before


def test_when_all_was_answered_in_term_no_protocol_is_blamed(obras, carmen, categories, oficina, as_user) -> None:
    protocol_in_force(obras, carmen, today=MONDAY - timedelta(days=20), title="Responder claro")
    answered(categories["lamp"], at("2026-11-03"), 4, many=2)

    assert "Todo lo que tiene un protocolo se respondió en plazo" in page(as_user(oficina), "oficina/")


@pytest.mark.slow
def test_the_paper_carries_both_tables(waits, protocol, oficina, as_user, tmp_path) -> None:
    file = tmp_path / "tablero.pdf"
    file.write_bytes(as_user(oficina).get(f"{HERE}oficina/?formato=pdf").content)

    said = " ".join(subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout.split())

    assert "Tiempo en solicitudes internas, por dirección que las responde" in said
    assert "Cumplimiento de los protocolos vigentes" in said
    assert "Acusadas dentro de 24 horas" in said
