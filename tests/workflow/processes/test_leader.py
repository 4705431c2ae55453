"""Who leads a process: named, changed with a reason, and told what waits."""

from datetime import date

import pytest

from cabildo.accounts.links import addresses
from cabildo.workflow import duties
from cabildo.workflow.processes import queries
from cabildo.workflow.processes.actions import stages, tasks
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.gates import Missing
from conftest import make_member

DESK = "/m/puerto-claro/mesa/procesos/"
FRIDAY = date(2026, 3, 6)


@pytest.fixture(autouse=True)
def _monday(time_machine) -> None:
    time_machine.move_to("2026-03-02T12:00:00-03:00")


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_leader_named_leads_that_process_alone(as_user, begun, plan, carmen, diego) -> None:
    other = plan("Otra feria")
    given = {"to": diego.pk, "reason": "Carmen está con licencia."}

    answered = as_user(carmen).post(f"{DESK}{begun.pk}/conduccion/", given)

    assert answered.status_code == 302
    shown = text(as_user(diego).get(f"{DESK}{begun.pk}/"))
    assert "Diego Soto. Carmen está con licencia." in shown
    assert f"{DESK}{begun.pk}/conduccion/" in shown
    assert as_user(diego).get(f"{DESK}{other.pk}/conduccion/").status_code == 403


def test_the_department_of_a_role_does_not_lead_the_process(as_user, plan, puerto_claro, carmen, aseo) -> None:
    head = make_member("Jefa Aseo", puerto_claro, "department_head", aseo)
    role = plan(holders={"lider": Holder(carmen, aseo)}).roles.get(code="lider")

    assert as_user(carmen).get(f"{DESK}roles/{role.pk}/").status_code == 200
    assert as_user(head).get(f"{DESK}roles/{role.pk}/").status_code == 403


def test_who_only_leads_may_not_start_another(as_user, plan, diego) -> None:
    plan("La suya", leader=diego)

    assert as_user(diego).get(f"{DESK}iniciar/").status_code == 403
    assert "iniciar/" not in text(as_user(diego).get(DESK))


def test_a_change_of_leader_without_a_reason_is_refused(as_user, begun, carmen, diego) -> None:
    answered = as_user(carmen).post(f"{DESK}{begun.pk}/conduccion/", {"to": diego.pk, "reason": ""})

    begun.refresh_from_db()
    assert "error" in text(answered)
    assert begun.leader is None


def test_only_those_who_may_lead_are_offered(as_user, begun, carmen, diego, oficina) -> None:
    shown = text(as_user(carmen).get(f"{DESK}{begun.pk}/conduccion/"))

    assert "Diego Soto" in shown
    assert ">Olga Vera<" not in shown


def test_a_stage_waits_for_the_leader_and_no_longer_for_the_department(plan, carmen, diego) -> None:
    with addresses():
        plan("Con líder", leader=diego)
        plan("Sin líder")
        waiting = {
            who: [duty.what for duty in duties.of(who, FRIDAY) if duty.folio[0] == "E"] for who in (carmen, diego)
        }

    assert waiting == {carmen: ["Preparar la feria · Sin líder"], diego: ["Preparar la feria · Con líder"]}


def folios(who, today=FRIDAY) -> list[tuple[str, str]]:
    with addresses():
        return [(duty.group, duty.what) for duty in duties.of(who, today) if duty.folio[0] == "T"]


def test_a_task_that_nobody_answers_for_falls_to_who_leads(plan, stage, carmen, diego) -> None:
    stages.begin_stage(stage("preparar", plan("Sola", leader=diego, holders={})), by=carmen, today=FRIDAY)

    assert ("mine", "Reservar la plaza · Sola") in folios(diego)
    assert folios(carmen) == []


def test_who_leads_waits_for_the_late_tasks_of_others_and_sees_them(plan, stage, carmen, diego) -> None:
    begun = plan("Ajena", leader=diego)
    stages.begin_stage(stage("preparar", begun), by=carmen, today=FRIDAY)
    role = begun.roles.get(code="visita")
    tasks.assign_role(role, to=Holder(make_member("Olga Sol", begun.municipality, "quality_committee")), by=carmen)

    assert [group for group, _what in folios(diego, date(2026, 3, 2))] == []
    assert ("waiting", "Llamar a vendedores · Ajena") in folios(diego, date(2026, 3, 30))


def test_the_roles_without_anybody_are_those_that_owe_something_now(plan, stage, carmen) -> None:
    begun = plan(holders={})
    assert [role.code for role in queries.roles_without_holder(begun)] == ["lider", "visita"]

    tasks.assign_role(begun.roles.get(code="lider"), to=Holder(carmen), by=carmen)

    assert [role.code for role in queries.roles_without_holder(begun)] == ["visita"]


def test_what_a_check_says_of_a_gate_goes_before_what_its_pack_says(as_user, begun, permits, carmen) -> None:
    permits.append(Missing("El permiso de uso", ""))
    assert "Pida los permisos que faltan." in text(as_user(carmen).get(f"{DESK}{begun.pk}/"))
    permits[:] = [Missing("El permiso de uso", "", "Ya se pidió: espere la firma.")]

    shown = text(as_user(carmen).get(f"{DESK}{begun.pk}/"))

    assert "Ya se pidió: espere la firma." in shown
    assert "Pida los permisos que faltan." not in shown
