"""The dates of a plan drawn: approved against planned now, and what is late."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.plans.actions import progress, tree
from cabildo.plans.queries.lateness import late_days
from cabildo.plans.queries.tree import tree as grown
from cabildo.plans.timetable import timetable
from plans.conftest import JANUARY, JUNE

DESK = "/m/puerto-claro/mesa/planes/"
JULY_10 = date(2026, 7, 10)


@pytest.fixture
def line_of(running):
    """The cells of a node in the table of the chart."""

    def find(code: str, today: date) -> list:
        rows = timetable(grown(running), None, today).table.rows
        return next(row for row in rows if row[0].startswith(f"{code} "))

    return find


def branch_of(plan, code: str):
    return next(one for one in grown(plan).walk() if one.node.code == code)


def test_the_first_approved_dates_stand_beside_those_planned_now(running, nodes, planner, line_of) -> None:
    node = nodes["1.1.1"]
    node.refresh_from_db()
    later = date(2026, 8, 31)
    tree.change_node(node, revision=node.revision, by=planner, ends_on=later, reason="Faltó el contrato")

    assert line_of("1.1.1", JUNE)[2:] == ["1 ene 2026 – 30 jun 2026", "1 ene 2026 – 31 ago 2026", "sin dato", 0]
    assert line_of("1.1.2", JUNE)[3] == "Las mismas"
    assert line_of("1", JUNE)[3] == "1 ene 2026 – 31 ago 2026"  # a group spans its parts


def test_what_is_past_its_day_is_late_by_the_days_passed(running, line_of) -> None:
    assert [line_of("1.1.1", day)[-1] for day in (JUNE, date(2026, 7, 1), JULY_10)] == [0, 1, 10]


def test_what_was_closed_is_late_no_longer_than_until_that_day(running, nodes, prove, diego) -> None:
    prove(nodes["1.1.1"])
    progress.close_activity(nodes["1.1.1"], on=date(2026, 7, 3), by=diego, today=JULY_10)

    assert late_days(branch_of(running, "1.1.1"), JULY_10) == 3
    assert late_days(branch_of(running, "1.1"), JULY_10) == 10  # its other part is open


def test_what_is_wholly_done_waits_to_be_closed_and_is_late_no_longer(running, nodes, diego, line_of) -> None:
    said = {"on": JUNE, "percent": 100, "text": "Se dictó", "by": diego, "today": JUNE}
    progress.report_progress(nodes["1.1.1"], **said)

    assert (line_of("1.1.1", JULY_10)[1], line_of("1.1.1", JULY_10)[-1]) == ("Hecha, por cerrar", 0)
    assert late_days(branch_of(running, "1.1"), JULY_10) == 10  # its other part is open
    assert timetable(grown(running), None, JULY_10).title.startswith("Al 10 jul 2026, 1 de 2 actividades")


def test_the_title_is_the_finding(running) -> None:
    titles = [timetable(grown(running), None, day).title for day in (JANUARY, JULY_10)]

    assert titles == [
        "Al 1 ene 2026, ninguna de las 2 actividades con fecha está atrasada",
        "Al 10 jul 2026, 2 de 2 actividades con fecha están atrasadas",
    ]


def test_a_plan_without_dates_draws_nothing_and_says_so(draft, planner) -> None:
    tree.add_node(draft, label="Personas", by=planner)

    shown = timetable(grown(draft), None, JUNE)

    assert (shown.title, shown.drawing) == ("Ninguna actividad tiene fechas todavía", "")
    assert shown.table.rows == [["1 Personas", "Sin dato", "sin aprobar", "sin dato", "sin dato", None]]


def test_the_page_draws_the_plan_with_its_late_marks(running, as_user, planner, time_machine) -> None:
    time_machine.move_to("2026-07-10T12:00:00-04:00")

    shown = as_user(planner).get(f"{DESK}{running.pk}/fechas/").content.decode()

    assert "<svg" in shown
    assert ">+10 días<" in shown
    assert "2 de 2 actividades con fecha están atrasadas" in shown


def test_one_branch_is_shown_alone(running, nodes, as_user, planner) -> None:
    with_other = tree.add_node(running, label="Espacio público", by=planner, reason="Faltaba")

    shown = as_user(planner).get(f"{DESK}{running.pk}/fechas/?parte={with_other.pk}").content.decode()

    assert "Dictar el curso" not in shown


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_the_dates_are_a_file_too(running, as_user, planner, kind) -> None:
    answered = as_user(planner).get(f"{DESK}{running.pk}/fechas/?formato={kind}")

    assert answered.status_code == 200
    assert f"fechas-plan-{running.pk}-" in answered["Content-Disposition"]


def test_the_page_asks_the_same_for_a_larger_plan(running, nodes, as_user, planner) -> None:
    desk, address = as_user(planner), f"{DESK}{running.pk}/fechas/"
    desk.get(address)
    with CaptureQueriesContext(connection) as small:
        desk.get(address)
    for label in ("Evaluar", "Certificar"):
        tree.add_node(running, parent=nodes["1.1"], label=label, by=planner, reason="Se amplió")
    with CaptureQueriesContext(connection) as large:
        desk.get(address)

    assert len(large) == len(small)
