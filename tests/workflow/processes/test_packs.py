"""What a pack of a process may not say."""

import pytest

from cabildo.content.validation import validate
from cabildo.workflow.processes import blueprint
from workflow.processes import fair


def problems(**changes) -> list[tuple[str, tuple]]:
    found = validate(fair.body(**changes))[1]
    assert all(problem.message and problem.fix for problem in found)
    return [(problem.code, problem.path) for problem in found]


def of_stage(**changes) -> list[tuple[str, tuple]]:
    return problems(stages=[fair.stage(fair.PREPARE, **changes)])


def task(**changes) -> dict:
    return {"id": "una", "label": "Una tarea", "role": "lider", "days": 1, **changes}


def test_the_fair_may_be_published() -> None:
    assert problems() == []


def test_a_role_that_is_not_in_the_process_is_refused_with_the_nearest() -> None:
    whole = fair.body(stages=[fair.stage(fair.PREPARE, tasks=[task(role="lidre")])])

    (found,) = validate(whole)[1]

    assert (found.code, found.path) == ("unknown_id", ("stages", 0, "tasks", 0, "role"))
    assert "lider" in found.fix


def test_a_task_of_another_stage_is_no_dependency() -> None:
    here = [task(after=["abrir"])]

    assert problems(stages=[fair.stage(fair.PREPARE, tasks=here), fair.HOLD]) == [
        ("unknown_id", ("stages", 1, "tasks", 0, "after", 0))
    ]


def test_tasks_that_wait_for_each_other_are_refused() -> None:
    round_and_round = [task(after=["dos"]), task(id="dos", after=["una"])]

    assert of_stage(tasks=round_and_round) == [("cycle", ("stages", 0, "tasks"))]


@pytest.mark.parametrize("duration", [{}, {"weeks": 1, "days": 5}])
def test_a_stage_says_its_weeks_or_its_days(duration) -> None:
    bare = {key: value for key, value in fair.SETTLE.items() if key != "days"}

    assert problems(stages=[{**bare, **duration}]) == [("duration_form", ("stages", 0))]


def test_tasks_that_do_not_fit_in_their_stage_are_refused() -> None:
    assert of_stage(tasks=[task(days=3), task(id="dos", days=2, wait_days=1, after=["una"])]) == [
        ("too_long", ("stages", 0))
    ]


def test_tasks_that_fill_their_stage_to_the_day_are_allowed() -> None:
    assert of_stage(tasks=[task(days=3), task(id="dos", days=2, after=["una"])]) == []


def test_no_two_tasks_gates_stages_or_roles_share_an_id() -> None:
    again = fair.stage(fair.HOLD, gates=[fair.TEAM], tasks=[task(id="reservar")])

    assert problems(stages=[fair.PREPARE, again]) == [
        ("repeated_id", ("stages", 1, "tasks", 0, "id")),
        ("repeated_id", ("stages", 1, "gates", 0, "id")),
    ]


def test_no_two_stages_share_a_place() -> None:
    assert problems(stages=[fair.PREPARE, fair.stage(fair.HOLD, order=1)]) == [
        ("repeated_order", ("stages", 1, "order"))
    ]


def test_effort_is_written_in_quarters_of_a_day() -> None:
    assert of_stage(tasks=[task(effort_days="0.3")]) == [("pattern", ("stages", 0, "tasks", 0, "effort_days"))]


def test_stages_are_read_in_their_order_whatever_their_files_are_called() -> None:
    whole = validate(fair.body(stages=[fair.SETTLE, fair.HOLD, fair.PREPARE]))[0]

    process = blueprint.read(whole)

    assert [stage.code for stage in process.stages] == ["preparar", "hacer", "rendir"]
    assert process.stage("preparar").plan.days == 5
    assert str(process.stage("hacer").tasks[0].effort_days) == "0.5"
