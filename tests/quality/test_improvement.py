"""Stage 5: gaps of the right scores, the matrix with its hard gate, the plan made of what was chosen."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cabildo.audit.models import Entry
from cabildo.db.revised import StaleError
from cabildo.plans.actions import tree
from cabildo.plans.models import PlanNode
from cabildo.plans.queries.tree import tree as grown
from cabildo.quality.actions import immediate, improvement, improvement_plan
from cabildo.quality.errors import QualityError
from cabildo.quality.models import ImmediateAction, Option
from cabildo.quality.plan_kind import targets_of
from cabildo.quality.queries import improvement as queries
from factories.assessment_models import element_ids, model, publish_model
from quality.improvement_cases import ENDS, TODAY, assess, issue, offered, value, write_plan

__all__ = ["model", "publish_model"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def assessed(cycle, model, counterpart):
    assess(cycle, model, counterpart)
    return cycle


@pytest.fixture
def planned(assessed, counterpart):
    write_plan(assessed, counterpart)
    return assessed


def refusal(action, *args, **kwargs) -> str:
    with pytest.raises((QualityError, StaleError)) as refused:
        action(*args, **kwargs)
    assert refused.value.sentence
    return refused.value.code


def test_gaps_come_from_declared_scores_until_the_feedback_report_goes_out(assessed, counterpart) -> None:
    declared = queries.baseline_of(assessed)
    assert (declared.is_validated, {gap.score for gap in declared.gaps}) == (False, {2})

    issue(assessed, counterpart, score=1)
    validated = queries.baseline_of(assessed)

    assert (validated.is_validated, {gap.score for gap in validated.gaps}) == (True, {1})
    assert sum(gap.points for gap in validated.gaps) == validated.result.maximum - validated.result.points


def test_the_model_offers_only_methodologies_that_close_a_gap(assessed, counterpart) -> None:
    offers = queries.offers_of(assessed, queries.baseline_of(assessed))

    assert {element for one in offers for element in one.methodology["closes"]} == set(element_ids())
    assert all(one.points > 0 for one in offers)
    issue(assessed, counterpart, score=5)
    assert offered(assessed) == []


def test_without_scores_nothing_is_offered_nor_told(cycle, counterpart) -> None:
    assert queries.baseline_of(cycle) is None
    assert refusal(value, cycle, "cualquiera", counterpart) == "scores_missing"


def test_what_does_not_fit_in_twelve_months_is_not_chosen_and_ranks_last(assessed, counterpart) -> None:
    best, other = offered(assessed)[:2]
    assert refusal(value, assessed, best, counterpart, is_feasible=False, is_chosen=True) == "not_feasible"
    assert refusal(value, assessed, best, counterpart, is_feasible=None, is_chosen=True) == "not_feasible"
    assert not Option.objects.exists()

    value(assessed, best, counterpart, is_feasible=False, relevance=5)
    value(assessed, other, counterpart, relevance=1)
    offers = queries.offers_of(assessed, queries.baseline_of(assessed))
    ranked = queries.ranking(offers, queries.weights_of(assessed))

    assert [(offer.code, one.place) for one, offer in ranked] == [(other, 1), (best, None)]


def test_an_unknown_value_is_no_zero_and_keeps_from_choosing(assessed, counterpart) -> None:
    code = offered(assessed)[0]
    assert refusal(value, assessed, code, counterpart, cost=None, is_chosen=True) == "not_valued"

    value(assessed, code, counterpart, cost=None)
    offers = queries.offers_of(assessed, queries.baseline_of(assessed))

    assert queries.ranking(offers, queries.weights_of(assessed)) == []


def test_the_database_refuses_what_was_chosen_without_fitting(assessed, counterpart) -> None:
    kept = value(assessed, offered(assessed)[0], counterpart)

    for broken in ({"is_feasible": False}, {"cost": None}, {"impact": 6}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Option.objects.filter(pk=kept.pk).update(is_chosen=True, **broken)


def test_the_example_of_the_matrix_ranks_as_published(assessed, counterpart) -> None:
    names = offered(assessed)[:3]
    rows = [(5, 4, 3, 2), (4, 5, 5, 4), (3, 2, 5, 5)]
    for code, row in zip(names, rows, strict=True):
        values = dict(zip(("relevance", "feasibility", "impact", "cost"), row, strict=True))
        value(assessed, code, counterpart, **values)

    offers = queries.offers_of(assessed, queries.baseline_of(assessed))
    ranked = queries.ranking(offers, queries.weights_of(assessed))

    assert [(offer.code, float(one.score)) for one, offer in ranked] == [
        (names[1], 4.5), (names[0], 4.0), (names[2], 3.3),
    ]  # fmt: skip


def test_two_people_on_one_methodology_are_told_of_each_other(assessed, counterpart) -> None:
    code = offered(assessed)[0]
    value(assessed, code, counterpart, relevance=5)

    assert refusal(value, assessed, code, counterpart, relevance=1) == "stale"
    changed = value(assessed, code, counterpart, revision=1, relevance=1)

    assert (changed.relevance, changed.revision) == (1, 2)


def test_weights_add_up_to_a_hundred_and_serve_the_cycles_that_follow(assessed, counterpart) -> None:
    wanted = {"relevance": 25, "feasibility": 25, "impact": 40, "cost": 10}
    assert refusal(improvement.save_weights, assessed, revision=0, by=counterpart, **{**wanted, "cost": 11}) == (
        "weights_not_whole"
    )
    improvement.save_weights(assessed, revision=0, by=counterpart, **wanted)
    assessed.closed_on = TODAY
    assessed.save()
    following = type(assessed).objects.create(
        municipality=assessed.municipality, number=2, opened_on=TODAY, previous=assessed
    )

    inherited = queries.weights_of(following)

    assert {name: getattr(inherited, name) for name in wanted} == wanted
    assert inherited.pk is None


def test_the_plan_has_a_line_for_each_choice_with_its_steps_dated_and_proved(planned) -> None:
    plan = queries.plan_of(planned)
    area, line, *steps = [branch.node for branch in grown(plan).walk()]
    offer = next(one for one in queries.offers_of(planned, queries.baseline_of(planned)) if one.option)

    assert (area.label, line.label) == (offer.criterion["label"], offer.methodology["label"])
    assert offer.option.line_id == line.pk
    assert len(steps) == len(offer.methodology["steps"])
    assert all(step.verification and step.label and "Producto" not in step.label for step in steps)
    assert steps[0].starts_on == line.starts_on == TODAY
    assert steps[-1].ends_on == line.ends_on
    assert targets_of(line.expected_effect) == {gap.element: 3 for gap in offer.gaps}


def test_what_is_chosen_later_is_added_once(planned, counterpart) -> None:
    assert refusal(improvement_plan.add_chosen, planned, by=counterpart) == "nothing_chosen"
    assert refusal(write_plan_again, planned, counterpart) == "plan_written"
    value(planned, offered(planned)[1], counterpart, is_chosen=True)

    added = improvement_plan.add_chosen(planned, by=counterpart)

    assert len(added) == 1
    assert PlanNode.objects.filter(plan=queries.plan_of(planned), level=0).count() == 1
    assert refusal(improvement_plan.add_chosen, planned, by=counterpart) == "nothing_chosen"


def write_plan_again(cycle, by):
    return improvement_plan.write_plan(cycle, title="Otro", starts_on=TODAY, ends_on=ENDS, by=by)


def test_what_is_a_line_of_the_plan_stays_chosen_until_the_line_goes(planned, counterpart) -> None:
    option = Option.objects.get()
    again = {"revision": 1, "is_chosen": False}
    assert refusal(value, planned, option.methodology, counterpart, **again) == "line_in_plan"

    tree.remove_node(option.line, by=counterpart, today=TODAY)

    assert not value(planned, option.methodology, counterpart, **again).is_chosen


def test_an_expected_score_stays_inside_its_scale(planned, counterpart) -> None:
    line = Option.objects.get().line
    element = next(iter(targets_of(line.expected_effect)))
    told = {"revision": line.revision, "by": counterpart}
    assert refusal(improvement_plan.expect, line, targets={element: 6}, **told) == "target_outside"
    assert refusal(improvement_plan.expect, line, targets={"otro": 1}, **told) == "target_unknown"

    changed = improvement_plan.expect(line, targets={element: 5}, **told)

    assert targets_of(changed.expected_effect) == {element: 5}


def test_an_immediate_action_takes_three_months_at_most_and_says_what_came_of_it(cycle, counterpart) -> None:
    told = {"what": "Señalizar el mesón", "responsible": counterpart, "begins_on": TODAY, "by": counterpart}
    late = TODAY + timedelta(days=93)
    assert refusal(immediate.add_immediate, cycle, due_on=late, **told) == "due_too_late"
    assert refusal(immediate.add_immediate, cycle, due_on=TODAY - timedelta(days=1), **told) == "due_before_beginning"
    action = immediate.add_immediate(cycle, due_on=TODAY + timedelta(days=92), **told)
    done = {"today": TODAY, "by": counterpart}
    assert refusal(immediate.finish_immediate, action, done_on=TODAY, note=" ", **done) == "outcome_missing"

    immediate.finish_immediate(action, done_on=TODAY, note="Señalizado.", **done)

    assert refusal(immediate.remove_immediate, action, by=counterpart) == "immediate_done"
    assert Entry.objects.get(action="immediate_action.done").data == {"on": TODAY.isoformat()}
    assert ImmediateAction.objects.get().note == "Señalizado."
