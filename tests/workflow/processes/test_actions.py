"""What may be done with a process under way, and what is refused."""

from datetime import date

import pytest
from django.db import IntegrityError

from cabildo.audit.models import Entry
from cabildo.workflow.processes import queries
from cabildo.workflow.processes.actions import planning, runs, stages, tasks
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.choices import EventKind, RunState, StageState, TaskState
from cabildo.workflow.processes.gates import Missing
from cabildo.workflow.processes.models import GatePass, ProcessEvent, RunRole, TaskRun
from cabildo.workflow.rules.errors import WorkflowError
from conftest import make_member
from workflow.processes.fair import MONDAY

FRIDAY = date(2026, 3, 6)


def refusal(act, *args, **kwargs) -> WorkflowError:
    with pytest.raises(WorkflowError) as refused:
        act(*args, **kwargs)
    assert refused.value.sentence
    return refused.value


def days(row) -> tuple[date, date]:
    return row.expected_starts_on, row.expected_ends_on


# -- starting ---------------------------------------------------------------------------------------------------------


def test_a_run_is_planned_whole_with_who_answers_for_each_task(run, carmen, obras) -> None:
    (prepare, hold, settle) = queries.stages_of(run)

    assert (run.state, run.pack_version.version) == (RunState.PLANNED, 1)
    assert [days(stage) for stage in (prepare, hold, settle)] == [
        (MONDAY, FRIDAY),
        (date(2026, 3, 9), date(2026, 3, 20)),
        (date(2026, 3, 23), date(2026, 3, 25)),
    ]
    assert [task.responsible for task in prepare.tasks.all()] == [carmen, carmen, None]


def test_a_run_needs_a_pack_of_a_process(version, carmen) -> None:
    version.pack.kind = "tickets"

    refused = refusal(runs.start, version=version, title="Nada", planned_start_on=MONDAY, by=carmen)

    assert refused.code == "process_without_stages"


def test_a_withdrawn_run_keeps_its_history_and_changes_no_more(begun, stage, carmen) -> None:
    runs.withdraw(begun, reason="Se suspendió la feria.", by=carmen)

    assert refusal(stages.close_stage, stage("preparar"), by=carmen, today=MONDAY).code == "run_not_open"
    assert ProcessEvent.objects.get(kind=EventKind.WITHDRAWN).words == "Se suspendió la feria."


def test_a_withdrawn_run_is_taken_up_where_it_was_and_its_history_tells_both(begun, stage, carmen) -> None:
    before = [(one.code, one.state, days(one)) for one in queries.stages_of(begun)]
    assert refusal(runs.resume, begun, reason="Sigue.", by=carmen).code == "run_not_withdrawn"
    withdrawn = runs.withdraw(begun, reason="Se suspendió la feria.", by=carmen)
    assert refusal(runs.resume, withdrawn, reason=" ", by=carmen).code == "reason_missing"

    again = runs.resume(withdrawn, reason="Se hace igual.", by=carmen)

    assert (again.state, again.ended_on) == (RunState.RUNNING, None)
    assert [(one.code, one.state, days(one)) for one in queries.stages_of(again)] == before
    told = ProcessEvent.objects.filter(kind__in=[EventKind.WITHDRAWN, EventKind.RESUMED]).order_by("pk")
    assert [one.words for one in told] == ["Se suspendió la feria.", "Se hace igual."]


# -- stages -----------------------------------------------------------------------------------------------------------


def test_the_first_stage_begun_sets_the_run_under_way(begun) -> None:
    assert (begun.state, begun.started_on) == (RunState.RUNNING, MONDAY)


def test_a_stage_waits_for_the_ones_before_it(begun, stage, carmen) -> None:
    refused = refusal(stages.begin_stage, stage("hacer"), by=carmen, today=MONDAY)

    assert (refused.code, refused.facts["stages"]) == ("earlier_stages_open", "Preparar la feria")


def test_closing_lists_everything_that_is_missing_with_its_address(begun, stage, task, permits, carmen) -> None:
    permits.append(Missing("Falta el permiso sanitario", "/permisos/"))

    refused = refusal(stages.close_stage, stage("preparar"), by=carmen, today=FRIDAY)

    assert refused.code == "stage_incomplete"
    assert refused.facts["missing"] == (
        Missing("Reservar la plaza", f"/m/puerto-claro/mesa/procesos/tareas/{task('reservar').pk}/"),
        Missing("Llamar a vendedores", f"/m/puerto-claro/mesa/procesos/tareas/{task('llamar').pk}/"),
        Missing("El equipo está nombrado", f"/m/puerto-claro/mesa/procesos/{begun.pk}/#requisito-equipo"),
        Missing("Falta el permiso sanitario", "/permisos/"),
    )


def test_a_stage_closes_when_nothing_is_missing_and_keeps_what_was_said(ready_to_close, stage, carmen) -> None:
    closed = stages.close_stage(stage("preparar"), by=carmen, today=FRIDAY)

    assert (closed.state, closed.ended_on) == (StageState.CLOSED, FRIDAY)
    assert list(GatePass.objects.order_by("pk").values_list("code", "check_name")) == [
        ("equipo", "manual"),
        ("permisos", "feria.permits"),
    ]


def test_a_task_that_a_requirement_ends_is_told_by_its_words_while_something_is_missing_for_it(
    begun, stage, permits, monkeypatch
) -> None:
    from cabildo.workflow.processes import gates

    monkeypatch.setattr(gates, "_ends", {"feria.permits": frozenset({"reservar"})})
    first = [one.what for one in queries.missing_of(stage("preparar"))]
    permits.append(Missing("Falta el permiso de la plaza", "/permisos/"))

    then = [one.what for one in queries.missing_of(stage("preparar"))]

    assert "Reservar la plaza" in first
    assert "Llamar a vendedores" in then
    assert ("Reservar la plaza" in then, then[-1]) == (False, "Falta el permiso de la plaza")


def test_what_two_requirements_wait_for_is_missing_once(begun, stage, permits, carmen) -> None:
    permits.extend([Missing("Firmar", "/firma/"), Missing("Firmar", "/firma/"), Missing("Firmar", "/otra/")])

    refused = refusal(stages.close_stage, stage("preparar"), by=carmen, today=FRIDAY)

    assert [(item.what, item.url) for item in refused.facts["missing"]][-2:] == [
        ("Firmar", "/firma/"),
        ("Firmar", "/otra/"),
    ]
    assert "faltan 5 cosas" in refused.sentence


def test_a_check_that_nobody_registered_does_not_open(ready_to_close, stage, carmen, monkeypatch) -> None:
    from cabildo.workflow.processes import gates

    monkeypatch.setattr(gates, "_checks", {})

    (missing,) = refusal(stages.close_stage, stage("preparar"), by=carmen, today=FRIDAY).facts["missing"]

    assert "feria.permits" in missing.what
    assert gates.unregistered(queries.process_of(ready_to_close.pack_version)) == ["feria.permits"]


def test_what_was_passed_by_hand_must_be_passed_again_in_a_stage_opened_again(ready_to_close, stage, carmen) -> None:
    stages.close_stage(stage("preparar"), by=carmen, today=FRIDAY)

    stages.reopen_stage(stage("preparar"), reason="Faltó una firma.", by=carmen)

    assert stage("preparar").state == StageState.REOPENED
    missing = refusal(stages.close_stage, stage("preparar"), by=carmen, today=FRIDAY).facts["missing"]
    assert [item.what for item in missing] == ["El equipo está nombrado"]


def test_opening_again_needs_a_reason(ready_to_close, stage, carmen) -> None:
    stages.close_stage(stage("preparar"), by=carmen, today=FRIDAY)

    assert refusal(stages.reopen_stage, stage("preparar"), reason=" ", by=carmen).code == "reason_missing"


def test_only_a_repeatable_stage_is_done_again_from_its_beginning(ready_to_close, stage, task, finish, carmen) -> None:
    stages.close_stage(stage("preparar"), by=carmen, today=FRIDAY)
    refused = refusal(stages.repeat_stage, stage("preparar"), reason="Otra vez", by=carmen, today=FRIDAY)
    stages.begin_stage(stage("hacer"), by=carmen, today=FRIDAY)
    finish("abrir", FRIDAY)
    finish("limpiar", FRIDAY)
    stages.close_stage(stage("hacer"), by=carmen, today=FRIDAY)

    stages.repeat_stage(stage("hacer"), reason="Llovió.", by=carmen, today=FRIDAY)

    assert refused.code == "stage_not_repeatable"
    assert (stage("hacer").round, task("abrir").state) == (2, TaskState.PENDING)


def test_a_gate_that_the_system_reviews_is_not_passed_by_hand(begun, stage, carmen) -> None:
    refused = refusal(stages.pass_gate, stage("preparar"), "permisos", said="Los tengo", by=carmen)

    assert refused.code == "gate_not_manual"


def test_a_gate_is_passed_once_and_can_be_taken_back(begun, stage, carmen) -> None:
    stages.pass_gate(stage("preparar"), "equipo", said="Decreto 12", by=carmen)
    again = refusal(stages.pass_gate, stage("preparar"), "equipo", said="Decreto 12", by=carmen)

    stages.withdraw_pass(stage("preparar"), "equipo", reason="El decreto se anuló.", by=carmen)
    stages.pass_gate(stage("preparar"), "equipo", said="Decreto 15", by=carmen)

    assert again.code == "gate_passed_already"
    assert list(GatePass.objects.filter(withdrawn_at=None).values_list("said", flat=True)) == ["Decreto 15"]


# -- tasks ------------------------------------------------------------------------------------------------------------


def test_a_task_waits_for_what_it_depends_on(begun, task, carmen) -> None:
    refused = refusal(tasks.finish_task, task("llamar"), ended_on=MONDAY, by=carmen, today=MONDAY)

    assert (refused.code, refused.facts["tasks"]) == ("tasks_before_open", "Reservar la plaza")


def test_a_task_of_a_stage_not_begun_is_not_done(run, task, carmen) -> None:
    refused = refusal(tasks.finish_task, task("reservar"), ended_on=MONDAY, by=carmen, today=MONDAY)

    assert refused.code == "stage_not_open"


def test_a_task_is_not_done_tomorrow_nor_before_it_began(begun, task, carmen) -> None:
    tasks.begin_task(task("reservar"), by=carmen, today=FRIDAY)

    late = refusal(tasks.finish_task, task("reservar"), ended_on=date(2026, 3, 9), by=carmen, today=FRIDAY)
    early = refusal(tasks.finish_task, task("reservar"), ended_on=MONDAY, by=carmen, today=FRIDAY)

    assert (late.code, early.code) == ("day_in_future", "day_before_start")


def test_what_does_not_apply_says_why_and_opens_the_way(begun, task, finish, carmen) -> None:
    assert refusal(tasks.skip_task, task("reservar"), reason="", by=carmen, today=MONDAY).code == "reason_missing"

    tasks.skip_task(task("reservar"), reason="La plaza es del club.", by=carmen, today=MONDAY)
    finish("llamar")

    assert (task("reservar").reason, task("llamar").state) == ("La plaza es del club.", TaskState.DONE)


def test_a_task_is_undone_only_before_what_depends_on_it(begun, task, finish, carmen) -> None:
    finish("reservar")
    finish("llamar")
    refused = refusal(tasks.undo_task, task("reservar"), by=carmen)

    tasks.undo_task(task("llamar"), by=carmen)
    undone = tasks.undo_task(task("reservar"), by=carmen)

    assert refused.code == "tasks_after_done"
    assert (undone.state, undone.ended_on) == (TaskState.PENDING, None)


def test_who_saw_an_older_revision_is_told_what_changed(begun, task, carmen, diego) -> None:
    seen = task("reservar").revision
    tasks.reassign(task("reservar"), to=Holder(diego), by=carmen)
    tasks.write_note(task("reservar"), note="Hablé con la junta.", by=diego)

    refused = refusal(tasks.write_note, task("reservar"), note="Otra", by=carmen, revision=seen)

    assert (refused.code, refused.facts["fields"]) == ("stale", "persona que responde, dirección, nota")


def test_who_saw_a_task_before_its_stage_carried_it_along_is_told_so(begun, stage, task, carmen) -> None:
    seen = task("llamar").revision
    days = {"starts_on": date(2026, 3, 3), "ends_on": date(2026, 3, 9)}
    planning.replan_stage(stage("preparar"), **days, reason="Lluvia.", by=carmen)

    refused = refusal(tasks.write_note, task("llamar"), note="Otra", by=carmen, revision=seen)

    assert refused.facts["fields"] == "sus fechas o su estado, con los de la etapa"


def test_a_role_given_to_somebody_takes_its_open_tasks_but_no_others(begun, task, finish, carmen, aseo) -> None:
    diego = make_member("Diego Soto", begun.municipality, "department_officer", aseo)
    finish("reservar")
    tasks.reassign(task("abrir"), to=Holder(None, aseo), by=carmen)

    tasks.assign_role(RunRole.objects.get(code="lider"), to=Holder(diego), by=carmen)

    names = [task(code).responsible for code in ("reservar", "llamar", "abrir")]
    assert names == [carmen, diego, None]


def test_a_task_is_given_to_somebody(begun, task, carmen) -> None:
    assert refusal(tasks.reassign, task("llamar"), to=Holder(), by=carmen).code == "nobody_chosen"


# -- dates ------------------------------------------------------------------------------------------------------------


def replan(act, row, first: date, last: date, **more):
    return act(row, starts_on=first, ends_on=last, **{"reason": "Lluvia.", **more})


def test_other_days_stay_beside_the_first_plan_and_push_what_follows(begun, stage, task, carmen) -> None:
    replan(planning.replan_stage, stage("preparar"), MONDAY, date(2026, 3, 10), by=carmen)

    prepare, hold = stage("preparar"), stage("hacer")
    assert (prepare.planned_ends_on, prepare.due_on, prepare.replan_reason) == (FRIDAY, date(2026, 3, 10), "Lluvia.")
    assert days(hold) == (date(2026, 3, 11), date(2026, 3, 24))
    assert (hold.planned_starts_on, task("abrir").planned_starts_on) == (date(2026, 3, 9), date(2026, 3, 9))
    assert days(task("abrir")) == (date(2026, 3, 11), date(2026, 3, 17))


def test_a_shorter_stage_keeps_its_tasks_inside(begun, stage, task, carmen) -> None:
    replan(planning.replan_stage, stage("preparar"), MONDAY, date(2026, 3, 4), by=carmen)

    assert days(task("llamar")) == (date(2026, 3, 4), date(2026, 3, 4))


def test_a_task_is_planned_again_only_inside_its_stage(begun, task, carmen) -> None:
    refused = refusal(replan, planning.replan_task, task("llamar"), FRIDAY, date(2026, 3, 9), by=carmen)

    moved = replan(planning.replan_task, task("llamar"), FRIDAY, FRIDAY, by=carmen)

    assert refused.code == "task_outside_stage"
    assert (days(moved), moved.planned_starts_on) == ((FRIDAY, FRIDAY), date(2026, 3, 4))


@pytest.mark.parametrize(
    ("span", "reason", "code"),
    [
        ((MONDAY, FRIDAY), "Lluvia.", "dates_unchanged"),
        ((FRIDAY, MONDAY), "Lluvia.", "dates_inverted"),
        ((MONDAY, MONDAY), " ", "reason_missing"),
    ],
)
@pytest.mark.usefixtures("begun")
def test_dates_that_say_nothing_are_refused(stage, carmen, span, reason, code) -> None:
    asked = {"reason": reason, "by": carmen}

    assert refusal(replan, planning.replan_stage, stage("preparar"), *span, **asked).code == code


# -- what is kept -----------------------------------------------------------------------------------------------------


def test_every_step_is_told_in_the_history_and_audited_without_words(begun, task, carmen) -> None:
    tasks.skip_task(task("reservar"), reason="La plaza es del club.", by=carmen, today=MONDAY)

    told = ProcessEvent.objects.filter(run=begun).order_by("pk").values_list("kind", flat=True)
    entries = Entry.objects.filter(action__startswith="process.").order_by("pk")
    assert list(told) == ["created", "stage_begun", "task_skipped"]
    assert [entry.action for entry in entries] == [f"process.{kind}" for kind in told]
    assert "club" not in str([(entry.data, entry.reason) for entry in entries])


def test_the_database_keeps_a_skipped_task_with_its_reason(run, task) -> None:
    skipped = TaskRun.objects.filter(pk=task("reservar").pk)

    with pytest.raises(IntegrityError):
        skipped.update(state=TaskState.SKIPPED, reason="", ended_on=MONDAY)
