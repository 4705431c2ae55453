"""The processes in the browser: who sees and does what."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from cabildo.accounts.access import roles
from cabildo.accounts.links import addresses
from cabildo.workflow import duties
from cabildo.workflow.processes import run_feed, subjects
from cabildo.workflow.processes.actions import stages, tasks
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.gates import Missing
from cabildo.workflow.processes.models import ProcessRun
from cabildo.workflow.processes.subjects import Beginning
from conftest import make_member
from workflow.processes.fair import MONDAY

DESK = "/m/puerto-claro/mesa/procesos/"
FRIDAY = date(2026, 3, 6)


@pytest.fixture(autouse=True)
def _monday(time_machine) -> None:
    time_machine.move_to("2026-03-02T12:00:00-03:00")


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def step_of(row, name: str, kind: str = "etapas") -> str:
    return f"{DESK}{kind}/{row.pk}/paso/{name}/"


# -- reading ----------------------------------------------------------------------------------------------------------


def test_the_guided_page_links_everything_that_is_missing(as_user, begun, task, permits, carmen) -> None:
    permits.append(Missing("Falta el permiso sanitario", "/permisos/"))

    shown = text(as_user(carmen).get(f"{DESK}{begun.pk}/"))

    assert f'href="/m/puerto-claro/mesa/procesos/tareas/{task("reservar").pk}/"' in shown
    assert '<a href="/permisos/">Falta el permiso sanitario</a>' in shown
    assert "Faltan 4 cosas para cerrar la etapa." in shown
    assert "paso/cerrar/" not in shown


def test_a_stage_that_misses_nothing_offers_to_close_it(as_user, ready_to_close, stage, carmen) -> None:
    assert step_of(stage("preparar"), "cerrar") in text(as_user(carmen).get(f"{DESK}{ready_to_close.pk}/"))


def test_who_only_works_is_offered_no_step_of_the_leader(as_user, begun, diego) -> None:
    shown = text(as_user(diego).get(f"{DESK}{begun.pk}/"))

    assert "Reservar la plaza" in shown
    assert "/paso/" not in shown


def test_the_schedule_is_drawn_and_told_in_a_table(as_user, begun, carmen) -> None:
    shown = text(as_user(carmen).get(f"{DESK}{begun.pk}/fechas/"))

    assert "Termina el 25 mar 2026, según el plan" in shown
    assert "<svg" in shown
    assert "1. Preparar la feria" in shown


def test_the_schedule_of_one_stage_shows_its_tasks(as_user, begun, carmen) -> None:
    shown = text(as_user(carmen).get(f"{DESK}{begun.pk}/fechas/?etapa=preparar"))

    assert "1. Reservar la plaza" in shown
    assert "2. Hacer la feria" not in shown


def test_the_board_has_a_column_for_each_stage_in_which_something_is(as_user, begun, plan, carmen) -> None:
    plan("Feria chica")

    shown = text(as_user(carmen).get(f"{DESK}tablero/"))

    assert shown.index("Preparar la feria") < shown.index("Feria chica")
    assert "Rendir cuentas" not in shown


def test_the_late_ones_have_their_list(as_user, begun, plan, carmen, time_machine) -> None:
    plan("Feria de primavera", planned_start_on=date(2026, 10, 1))
    time_machine.move_to("2026-03-10T12:00:00-03:00")

    shown = text(as_user(carmen).get(f"{DESK}?ver=atrasados"))

    assert "2 días hábiles de atraso" in shown
    assert "Feria de primavera" not in shown


@pytest.mark.parametrize("address", ["", "?ver=atrasados", "tablero/"])
def test_lists_ask_the_same_of_the_database_for_one_and_for_three(as_user, plan, carmen, address, time_machine) -> None:
    time_machine.move_to("2026-04-10T12:00:00-03:00")
    desk = as_user(carmen)
    plan()
    desk.get(f"{DESK}{address}")

    with CaptureQueriesContext(
        connection,
    ) as one:
        desk.get(f"{DESK}{address}")
    plan("Otra")
    plan("Una tercera")
    with CaptureQueriesContext(connection) as three:
        shown = text(desk.get(f"{DESK}{address}"))

    assert "Una tercera" in shown
    assert len(three) == len(one)


# -- doing ------------------------------------------------------------------------------------------------------------


def test_a_process_is_started_from_the_list(as_user, version, permits, carmen, obras) -> None:
    given = {"process": version.pk, "title": "Feria 2026", "planned_start_on": "2026-03-02", "department": obras.pk}

    answered = as_user(carmen).post(f"{DESK}iniciar/", given)

    started = ProcessRun.objects.get()
    assert answered.url == f"{DESK}{started.pk}/"
    assert (started.title, started.department) == ("Feria 2026", obras)


def test_a_process_that_is_about_something_begins_where_that_does(
    as_user, version, permits, carmen, monkeypatch
) -> None:
    beginning = Beginning("feria.", "Ferias", "processes:board")
    monkeypatch.setattr(subjects, "_beginnings", {"ferias.feria": beginning})
    desk = as_user(carmen)

    shown = text(desk.get(f"{DESK}iniciar/"))
    sent = desk.post(f"{DESK}iniciar/", {"process": version.pk, "title": "Feria", "planned_start_on": "2026-03-02"})

    assert "«Feria de la comuna» comienza en" in shown
    assert f'<a href="{DESK}tablero/">Ferias</a>' in shown
    assert "Ningún proceso se inicia aquí" in shown
    assert (sent.status_code, ProcessRun.objects.count()) == (200, 0)


def test_the_list_does_not_offer_to_start_what_begins_on_other_pages(
    as_user, version, permits, carmen, monkeypatch
) -> None:
    offered = f'href="{DESK}iniciar/"'
    assert "Iniciar un proceso" in text(as_user(carmen).get(DESK))

    monkeypatch.setattr(subjects, "_beginnings", {"ferias.feria": Beginning("feria.", "Ferias", "processes:board")})
    shown = text(as_user(carmen).get(DESK))
    assert "Iniciar un proceso" not in shown
    assert "Dónde se inicia un proceso" in shown
    assert offered in shown


def test_with_no_process_published_the_list_offers_nothing_to_start(as_user, carmen, puerto_claro) -> None:
    assert f'href="{DESK}iniciar/"' not in text(as_user(carmen).get(DESK))


def test_a_head_starts_only_what_their_department_leads(as_user, version, carmen, aseo) -> None:
    given = {"process": version.pk, "title": "Feria", "planned_start_on": "2026-03-02", "department": aseo.pk}

    shown = as_user(carmen).post(f"{DESK}iniciar/", given)

    assert "department" in shown.context["form"].errors


def test_a_stage_is_begun_and_the_refusal_to_close_it_is_told(as_user, run, stage, carmen) -> None:
    desk = as_user(carmen)

    desk.post(step_of(stage("preparar"), "comenzar"), {"revision": 1})
    shown = text(desk.post(step_of(stage("preparar"), "cerrar"), {"revision": 2}))

    assert stage("preparar").state == "running"
    assert "no se puede cerrar: faltan 3 cosas" in shown


def test_a_stale_page_is_told_what_changed(as_user, begun, task, diego, carmen) -> None:
    tasks.reassign(task("reservar"), to=Holder(diego), by=carmen)

    shown = as_user(carmen).post(
        f"{DESK}tareas/{task('reservar').pk}/", {"revision": 1, "ended_on": "2026-03-02", "action": "done"}
    )

    assert "Otra persona cambió esto" in text(shown)
    assert "persona que responde" in text(shown)


def test_a_task_is_done_with_its_note_by_who_answers_for_it(as_user, begun, task, carmen) -> None:
    given = {"revision": 1, "ended_on": "2026-03-02", "note": "Decreto 12.", "action": "done"}

    answered = as_user(carmen).post(f"{DESK}tareas/{task('reservar').pk}/", given)

    assert answered.status_code == 302
    done = task("reservar")
    assert (done.state, done.note, done.ended_by) == ("done", "Decreto 12.", carmen)


def test_a_paper_is_added_and_opened_by_who_sees_the_process(as_user, begun, task, carmen, diego) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = SimpleUploadedFile("decreto.txt", b"Decreto 12")
    as_user(carmen).post(f"{DESK}tareas/{task('reservar').pk}/documento/", {"file": paper})

    shown = text(as_user(diego).get(f"{DESK}tareas/{task('reservar').pk}/"))

    assert "decreto.txt" in shown


def test_a_gate_is_passed_and_taken_back_by_hand(as_user, begun, stage, carmen) -> None:
    gate, desk = f"{DESK}etapas/{stage('preparar').pk}/requisitos/equipo/", as_user(carmen)

    desk.post(gate, {"said": "Decreto 12"})
    assert "Decreto 12" in text(desk.get(f"{DESK}{begun.pk}/"))
    desk.post(gate, {"reason": "Se anuló."})

    assert "Dar por cumplido" in text(desk.get(f"{DESK}{begun.pk}/"))


# -- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", roles())
def test_only_who_leads_begins_a_stage(as_user, puerto_claro, run, stage, role) -> None:
    leads = {"mayor", "planning_office", "quality_counterpart"}
    department = run.department if roles()[role].in_department else None
    desk = as_user(make_member("Alguien", puerto_claro, role, department))

    answered = desk.post(step_of(stage("preparar"), "comenzar"), {"revision": 1})

    expected = 302 if role in leads | {"department_head"} else 403
    assert answered.status_code == expected


def test_the_head_of_another_department_does_not_lead_it(as_user, puerto_claro, run, stage, aseo) -> None:
    desk = as_user(make_member("Pedro Mena", puerto_claro, "department_head", aseo))

    assert desk.post(step_of(stage("preparar"), "comenzar"), {"revision": 1}).status_code == 403


def test_a_task_of_nobody_here_is_not_done_by_another_department(as_user, puerto_claro, begun, task, aseo) -> None:
    desk = as_user(make_member("Pedro Mena", puerto_claro, "department_officer", aseo))
    place = f"{DESK}tareas/{task('reservar').pk}/"

    answered = desk.post(place, {"revision": 1, "ended_on": "2026-03-02", "action": "done"})

    assert "Dar cuenta" not in text(desk.get(place))
    assert (answered.status_code, task("reservar").state) == (404, "pending")


@pytest.mark.parametrize("address", ["", "fechas/", "calendario/", "retirar/"])
def test_another_municipality_finds_nothing(as_user, otra_comuna, begun, address) -> None:
    from cabildo.accounts.scoping import in_municipality

    with in_municipality(otra_comuna):
        stranger = make_member("Forastera", otra_comuna, "mayor")

    found = as_user(stranger).get(f"/m/otra-comuna/mesa/procesos/{begun.pk}/{address}")

    assert found.status_code == 404


def test_nobody_enters_without_an_account(begun) -> None:
    assert Client().get(f"{DESK}{begun.pk}/").status_code == 302


# -- what is owed and read elsewhere ----------------------------------------------------------------------------------


def owed(user, today=MONDAY) -> list[tuple[str, str]]:
    with addresses():
        return [(duty.action, duty.what) for duty in duties.of(user, today)]


def test_who_answers_for_a_task_owes_it_and_the_leader_the_next_step(begun, finish, carmen) -> None:
    assert owed(carmen) == [
        ("Terminar la tarea", "Reservar la plaza · Feria 2026"),
        ("Terminar la tarea", "Llamar a vendedores · Feria 2026"),
    ]

    finish("reservar")
    finish("llamar")

    assert owed(carmen) == [("Cerrar la etapa", "Preparar la feria · Feria 2026")]


def test_a_task_that_nobody_took_is_owed_by_the_department(begun, task, carmen, diego, obras) -> None:
    tasks.reassign(task("adornar"), to=Holder(None, obras), by=carmen)

    assert owed(diego) == [("Terminar la tarea", "Adornar la plaza · Feria 2026")]


def test_a_stage_that_may_begin_is_owed_by_who_leads_the_department(run, carmen, diego) -> None:
    assert owed(carmen) == [("Comenzar la etapa", "Preparar la feria · Feria 2026")]
    assert owed(diego) == []


def test_duties_are_asked_of_the_database_alike_for_one_run_and_for_three(plan, stage, carmen) -> None:
    def begin(title: str) -> None:
        stages.begin_stage(stage("preparar", plan(title)), by=carmen, today=MONDAY)

    begin("Una")
    owed(carmen)
    with CaptureQueriesContext(connection) as one:
        owed(carmen)
    begin("Dos")
    begin("Tres")

    with CaptureQueriesContext(connection) as three:
        assert len(owed(carmen)) == 7  # one is to begin the fair of the fixtures
    assert len(three) == len(one)


def test_the_calendar_has_every_date_and_nobody_s_name(as_user, begun, carmen) -> None:
    shown = text(as_user(carmen).post(f"{DESK}{begun.pk}/calendario/", {"action": "open"}))
    token = re.search(r"/procesos/([^/]+)\.ics", shown)[1]

    answered = Client().get(f"/m/puerto-claro/procesos/{token}.ics")

    events = Calendar.from_ical(answered.content).walk("VEVENT")
    assert len(events) == 8
    first = events[0]
    assert (str(first["summary"]), first["dtstart"].dt, first["dtend"].dt) == (
        "Etapa: Preparar la feria",
        MONDAY,
        date(2026, 3, 7),
    )
    assert b"Carmen" not in answered.content


def test_a_calendar_taken_back_or_of_somebody_who_left_answers_nothing(run, carmen) -> None:
    token = run_feed.open_feed(run, by=carmen)
    assert run_feed.run_of(token) == run

    carmen.memberships.update(ends_on=date(2026, 2, 1))
    assert run_feed.run_of(token) is None

    carmen.memberships.update(ends_on=None)
    run_feed.revoke(run, by=carmen)
    assert run_feed.run_of(token) is None
