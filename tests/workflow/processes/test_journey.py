"""A fair from its first plan to the one of next year."""

from datetime import date

import pytest

from cabildo import audit
from cabildo.content import actions as content
from cabildo.content.validation import checked
from cabildo.workflow.processes import queries
from cabildo.workflow.processes.actions import runs, stages, tasks
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.choices import RunState, TaskState
from cabildo.workflow.processes.gates import Missing
from cabildo.workflow.processes.models import ProcessEvent
from cabildo.workflow.rules.errors import WorkflowError
from workflow.processes import fair

NEXT_MARCH = date(2027, 3, 1)


@pytest.fixture
def ended(ready_to_close, stage, finish, carmen):
    """The whole fair, one stage after the other."""
    stages.close_stage(stage("preparar"), by=carmen, today=fair.MONDAY)
    stages.begin_stage(stage("hacer"), by=carmen, today=fair.MONDAY)
    finish("abrir")
    finish("limpiar")
    stages.close_stage(stage("hacer"), by=carmen, today=fair.MONDAY)
    stages.begin_stage(stage("rendir"), by=carmen, today=fair.MONDAY)
    stages.close_stage(stage("rendir"), by=carmen, today=fair.MONDAY)
    ready_to_close.refresh_from_db()
    return ready_to_close


def test_a_fair_is_planned_refused_at_its_gate_closed_and_planned_again(begun, finish, stage, permits, carmen) -> None:
    finish("reservar")
    finish("llamar")
    stages.pass_gate(stage("preparar"), "equipo", said="Decreto 12", by=carmen)
    permits.append(Missing("Falta el permiso sanitario", "/permisos/"))
    with pytest.raises(WorkflowError) as refused:
        stages.close_stage(stage("preparar"), by=carmen, today=fair.MONDAY)
    assert [item.url for item in refused.value.facts["missing"]] == ["/permisos/"]

    permits.clear()
    stages.close_stage(stage("preparar"), by=carmen, today=fair.MONDAY)
    stages.begin_stage(stage("hacer"), by=carmen, today=fair.MONDAY)

    assert [found.state for found in queries.stages_of(begun)] == ["closed", "running", "to_begin"]


def test_the_run_ends_with_its_last_stage(ended) -> None:
    assert (ended.state, ended.ended_on) == (RunState.ENDED, fair.MONDAY)
    assert ProcessEvent.objects.filter(run=ended).latest("pk").kind == "ended"


def test_a_new_cycle_copies_who_answers_and_resets_states(ended, task, carmen, obras) -> None:
    following = runs.new_cycle(ended, planned_start_on=NEXT_MARCH, by=carmen)

    assert (following.cycle, following.previous, following.department) == (2, ended, obras)
    again = task("llamar", following)
    assert (again.responsible, again.state, again.planned_starts_on) == (carmen, TaskState.PENDING, date(2027, 3, 3))
    assert [role.responsible for role in queries.roles_of(following)] == [carmen, None]


def test_a_new_cycle_keeps_who_was_given_a_single_task(begun, task, carmen, diego) -> None:
    tasks.reassign(task("abrir"), to=Holder(diego), by=carmen)
    runs.withdraw(begun, reason="Se hará el otro año.", by=carmen)

    following = runs.new_cycle(begun, planned_start_on=NEXT_MARCH, by=carmen)

    assert task("abrir", following).responsible == diego


def test_a_new_cycle_takes_the_last_version_and_the_old_one_stays_pinned(ended, version, carmen) -> None:
    longer = fair.body(stages=[fair.PREPARE, fair.stage(fair.HOLD, days=15), fair.SETTLE])
    longer["pack"] = {**fair.HEADER, "version": 2}
    content.publish(body=checked(longer), by=audit.SYSTEM)

    following = runs.new_cycle(ended, planned_start_on=NEXT_MARCH, by=carmen)

    ended.refresh_from_db()
    assert (ended.pack_version.version, following.pack_version.version) == (1, 2)


def test_an_open_run_has_no_next_cycle_and_an_ended_one_has_one(ended, plan, carmen) -> None:
    runs.new_cycle(ended, planned_start_on=NEXT_MARCH, by=carmen)

    with pytest.raises(WorkflowError, match="run_has_next"):
        runs.new_cycle(ended, planned_start_on=NEXT_MARCH, by=carmen)
    with pytest.raises(WorkflowError, match="run_open"):
        runs.new_cycle(plan("Otra"), planned_start_on=NEXT_MARCH, by=carmen)


def test_a_run_that_ended_is_under_way_again_when_a_stage_is_opened(ended, stage, carmen) -> None:
    stages.reopen_stage(stage("rendir"), reason="Faltó una boleta.", by=carmen)

    ended.refresh_from_db()
    assert (ended.state, ended.ended_on) == (RunState.RUNNING, None)


def test_a_run_with_a_next_cycle_is_not_opened_again(ended, stage, carmen) -> None:
    runs.new_cycle(ended, planned_start_on=NEXT_MARCH, by=carmen)

    with pytest.raises(WorkflowError, match="run_has_next"):
        stages.reopen_stage(stage("rendir"), reason="Faltó una boleta.", by=carmen)
