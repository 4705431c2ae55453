"""What the demonstration writes of stages 5 and 7 passes their gates, and leads into the next cycle."""

import pytest

from cabildo.accounts.models import Department, User
from cabildo.plans.queries.tree import tree
from cabildo.quality.actions.next_cycle import next_cycle
from cabildo.quality.gates import implementation as seventh
from cabildo.quality.gates import improvement as fifth
from cabildo.quality.models import ImmediateAction, Option
from cabildo.quality.queries import implementation as reached
from cabildo.quality.queries import improvement as queries
from cabildo.site.demo import quality_plan
from cabildo.workflow.processes.choices import RunState
from cabildo.workflow.processes.models import ProcessRun
from conftest import make_member
from factories.assessment_models import model, publish_model
from quality.improvement_cases import TODAY, assess, issue, let_it_be_approved

__all__ = ["model", "publish_model"]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("cabildo.site.urls_municipality")]
CAST = {"calidad": "quality_counterpart", "alcaldia": "mayor", "control": "control_unit", "dideco": "department_head"}
FIFTH = (
    fifth.feedback_disseminated, fifth.methodologies_prioritised, fifth.plan_feasible, fifth.plan_lines_complete,
)  # fmt: skip
SEVENTH = (
    seventh.plan_validation_diffused, seventh.follow_up_declared, seventh.plan_actions_evidenced,
    seventh.before_after_compared,
)  # fmt: skip


@pytest.fixture
def lead(puerto_claro) -> User:
    for name, role in CAST.items():
        person = make_member(name, puerto_claro, role)
        User.objects.filter(pk=person.pk).update(email=f"{name}@puertoclaro.example")
    for code in quality_plan.LEADING:
        Department.objects.create(municipality=puerto_claro, code=code, name=f"Dirección {code}")
    return User.objects.get(email="calidad@puertoclaro.example")


@pytest.fixture
def validated(cycle, model, lead):
    assess(cycle, model, lead)
    issue(cycle, lead, score=1)
    return cycle


def test_the_plan_of_the_demonstration_is_whole(validated, lead) -> None:
    quality_plan.design(validated, TODAY, lead)

    assert [one.what for check in FIFTH for one in check(validated)] == []
    assert Option.objects.filter(is_chosen=True, line__isnull=False).count() == quality_plan.CHOSEN
    assert ImmediateAction.objects.count() == len(quality_plan.AT_ONCE)


def test_half_way_one_activity_is_proved_and_another_has_its_measure(validated, lead) -> None:
    quality_plan.design(validated, TODAY, lead)
    let_it_be_approved(validated)
    quality_plan.carry_out(validated, TODAY, lead)
    activities = [branch.node for branch in tree(queries.plan_of(validated)).activities]

    assert [node.closed_on for node in activities[:2]] == [TODAY, None]
    assert activities[1].measures.count() == 1
    assert [one.what for check in SEVENTH[:2] for one in check(validated)] == []


def test_carried_out_to_the_end_it_is_compared_and_another_cycle_begins(validated, lead) -> None:
    quality_plan.design(validated, TODAY, lead)
    let_it_be_approved(validated)
    quality_plan.carry_out(validated, TODAY, lead)
    quality_plan.finish(validated, TODAY, lead)
    validated.refresh_from_db()
    assert [one.what for check in SEVENTH for one in check(validated)] == []
    compared = reached.before_and_after(validated, queries.baseline_of(validated))
    assert {row.is_reached for row in compared.rows} == {True, False}

    ProcessRun.objects.update(state=RunState.ENDED, ended_on=TODAY)
    following = next_cycle(validated, today=TODAY, by=lead)

    assert (following.previous, queries.plan_of(following)) == (validated, None)
