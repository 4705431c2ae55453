"""Management control: what each department owes, in every programme and plan."""

import io
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cabildo.meetings.actions import agreements, planning
from cabildo.meetings.choices import MeetingKind
from cabildo.plans.actions import planning as plans
from cabildo.plans.actions import tree
from cabildo.plans.actions.planning import Act
from conftest import make_member
from factories.figures import at, requests

HERE = "/m/puerto-claro/mesa/tableros/gestion/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(at("2026-11-20"), tick=False):
        yield


@pytest.fixture
def late_requests(categories):
    return requests(categories["lamp"], at("2026-10-01"), many=12, legal_due_on=date(2026, 11, 3))


@pytest.fixture
def activity(puerto_claro, obras, alcaldesa):
    """An activity of Obras in a plan under way, due next month."""
    planner = make_member("Paz Plan", puerto_claro, "planning_office")
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    plan = plans.create_plan(title="Plan de veredas", kind="general", levels=["Actividad"], by=planner, **days)
    tree.add_node(plan, label="Reparar la plaza", department=obras, verification="Acta", by=planner, **days)
    plans.submit(plan, by=planner)
    plans.approve(plan, act=Act("decree", "12", date(2026, 1, 2)), by=alcaldesa)
    return plans.start(plan, by=planner)


@pytest.fixture
def agreement(obras, alcaldesa):
    meeting = planning.plan_meeting(
        title="Comité de obras",
        kind=MeetingKind.WORKING,
        starts_at=at("2026-11-18", 9),
        ends_at=at("2026-11-18", 10),
        agenda=[planning.Point("Veredas", 60)],
        place="Sala",
        by=alcaldesa,
    )
    return agreements.agree(
        meeting, what="Medir las veredas", department=obras, due_on=date(2026, 11, 24), by=alcaldesa
    )


def page(browser, address: str = "") -> str:
    answer = browser.get(HERE + address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_mayor_sees_every_department_and_who_is_behind(late_requests, agreement, alcaldesa, as_user) -> None:
    shown = page(as_user(alcaldesa))

    assert "Dirección de Obras tiene más atrasado: 12" in shown
    assert f'href="{HERE}obras/"' in shown
    assert "12 de 13" in shown


def test_a_department_sees_all_it_owes_wherever_it_comes_from(
    late_requests, activity, agreement, alcaldesa, as_user
) -> None:
    shown = page(as_user(alcaldesa), "obras/")

    assert "12 pendientes, 12 atrasadas" in shown
    assert "Reparar la plaza. Plan de veredas" in shown
    assert "Medir las veredas" in shown
    assert "Ver las 12 pendientes" in shown


def test_a_head_goes_straight_to_the_own_department_and_finds_no_other(puerto_claro, obras, aseo, as_user) -> None:
    head = as_user(make_member("Jefa de Aseo", puerto_claro, "department_head", aseo))

    assert head.get(HERE).headers["Location"] == f"{HERE}aseo/"
    assert head.get(f"{HERE}aseo/").status_code == 200
    assert head.get(f"{HERE}obras/").status_code == 404
    assert head.get(f"{HERE}obras/solicitudes/").status_code == 404


def test_who_only_works_in_a_department_is_refused(diego, as_user) -> None:
    assert as_user(diego).get(HERE).status_code == 403


def test_the_list_of_one_programme_goes_to_its_last_row(late_requests, alcaldesa, as_user) -> None:
    requests(late_requests[0].category, at("2026-11-19"), many=15)
    browser = as_user(alcaldesa)

    assert "27 pendientes" in page(browser, "obras/solicitudes/")
    assert "pagina=" in page(browser, "obras/solicitudes/")
    assert "12 pendientes" in page(browser, "obras/solicitudes/?situacion=late")


def test_an_unknown_programme_is_not_found(alcaldesa, obras, as_user) -> None:
    assert as_user(alcaldesa).get(f"{HERE}obras/nada/").status_code == 404


def test_the_workbook_has_every_row_of_the_department(late_requests, activity, alcaldesa, as_user) -> None:
    answer = as_user(alcaldesa).get(f"{HERE}obras/?formato=xlsx")

    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {ticket.folio for ticket in late_requests} <= set(cells)
    assert "Reparar la plaza. Plan de veredas" in cells


def test_the_page_asks_as_much_with_twelve_rows_as_with_one(categories, alcaldesa, as_user) -> None:
    browser = as_user(alcaldesa)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(browser, "obras/")
        return len(queries)

    requests(categories["lamp"], at("2026-11-03"))
    page(browser, "obras/")
    one = asked()
    requests(categories["lamp"], at("2026-11-03"), many=11)

    assert asked() == one


def agree(what: str, by, **owing) -> None:
    """An open agreement of a working meeting, due on the 10th, ten days ago."""
    times = {"starts_at": at("2026-11-05", 9), "ends_at": at("2026-11-05", 10), "place": "Sala"}
    agenda = [planning.Point("Veredas", 60)]
    meeting = planning.plan_meeting(title="Comité", kind=MeetingKind.WORKING, agenda=agenda, by=by, **times)
    agreements.agree(meeting, what=what, due_on=date(2026, 11, 10), by=by, **owing)


def test_what_a_person_owes_counts_in_the_department_of_their_membership(diego, alcaldesa, as_user) -> None:
    agree("Medir las veredas", alcaldesa, user=diego)
    browser = as_user(alcaldesa)

    assert "Medir las veredas" in page(browser, "obras/")
    assert "1 pendiente, 1 atrasada" in page(browser, "obras/")
    assert "1 de 1" in page(browser)


def test_what_has_neither_department_nor_a_person_of_one_has_its_own_row(obras, alcaldesa, as_user) -> None:
    agree("Firmar el convenio", alcaldesa, user=alcaldesa)
    browser = as_user(alcaldesa)

    assert f'<a href="{HERE}sin-direccion/">Sin dirección</a>' in page(browser)
    assert "1 de 1" in page(browser)
    assert "Firmar el convenio" in page(browser, "sin-direccion/")
    assert "Firmar el convenio" in page(browser, "sin-direccion/acuerdos/")
    assert "Firmar el convenio" not in page(browser, "obras/")


def test_a_department_that_closed_keeps_its_debts_in_that_row(agreement, aseo, obras, alcaldesa, as_user) -> None:
    obras.is_active = False
    obras.save()

    assert "Medir las veredas" in page(as_user(alcaldesa), "sin-direccion/")


def test_a_head_does_not_see_what_no_department_owes(puerto_claro, obras, as_user) -> None:
    head = as_user(make_member("Jefa de Obras", puerto_claro, "department_head", obras))

    assert head.get(f"{HERE}sin-direccion/").status_code == 404


def test_whoever_sees_the_whole_municipality_reads_the_same_totals(
    late_requests, agreement, alcaldesa, puerto_claro, as_user
) -> None:
    planner = as_user(make_member("Paz Plan", puerto_claro, "planning_office"))

    assert "12 de 13" in page(as_user(alcaldesa))
    assert "12 de 13" in page(planner)
    assert "Dirección de Obras tiene más atrasado: 12" in page(planner)


def test_what_one_may_not_read_is_counted_without_its_subject(late_requests, puerto_claro, as_user) -> None:
    planner = as_user(make_member("Paz Plan", puerto_claro, "planning_office"))

    for address in ("obras/", "obras/solicitudes/", "obras/solicitudes/?situacion=late"):
        shown = page(planner, address)
        assert "Se cuentan 12 que usted no puede leer" in shown
        assert late_requests[0].folio not in shown
    assert "que usted no puede leer" not in page(planner, "obras/solicitudes/?situacion=soon")
    assert planner.get(f"{HERE}obras/?formato=xlsx").status_code == 200


def test_a_complaint_about_an_official_is_in_no_total_and_the_page_says_so(
    late_requests, diego, alcaldesa, as_user
) -> None:
    about = late_requests[0]
    about.official = diego
    about.save()
    shown = page(as_user(alcaldesa))

    assert "11 de 11" in shown
    assert "No incluye: los reclamos sobre una persona de la municipalidad" in shown
    assert about.folio not in page(as_user(alcaldesa), "obras/")


def test_the_municipality_asks_as_much_with_three_people_as_with_one(diego, alcaldesa, as_user) -> None:
    browser = as_user(alcaldesa)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(browser)
        return len(queries)

    agree("Uno", alcaldesa, user=diego)
    page(browser)
    one = asked()
    agree("Dos", alcaldesa, user=alcaldesa)
    agree("Tres", alcaldesa, user=diego)

    assert asked() == one
