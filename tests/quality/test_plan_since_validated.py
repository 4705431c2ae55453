"""The plan that was read, in its order; and what changed of it since, which an accepted recommendation explains."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.documents.reports import Grid
from cabildo.plans.actions.parts import add_milestone
from cabildo.plans.actions.planning import create_plan
from cabildo.plans.actions.tree import add_node, change_node, remove_node
from cabildo.plans.models import Plan, PlanNode
from cabildo.quality.actions import plan_validation as actions
from cabildo.quality.models import PlanValidation, Recommendation
from cabildo.quality.plan_kind import LEVELS
from cabildo.quality.plan_validation_report import report
from cabildo.quality.queries import plan_validation as queries
from cabildo.quality.queries.improvement import PLAN_KIND
from cabildo.quality.shown.since_validated import since_validated
from cabildo.quality.shown.validation_tables import plan_tables
from cabildo.ui.spanish import short_date
from factories.assessment_models import model, publish_model
from factories.validation import TODAY, agency, agreed, begun, bruno, declared, vera
from quality.test_plan_validation import approving, refusal, send

__all__ = ["agency", "agreed", "begun", "bruno", "declared", "model", "publish_model", "vera"]
pytestmark = pytest.mark.django_db
IN_ORDER = ["1", "1.1", "1.1.1", "1.1.2", "2", "2.1", "2.1.1"]
AREA, LINE, ACTIVITY = LEVELS


@pytest.fixture
def plan(agreed, cycle, counterpart) -> Plan:
    """Two areas, of a line each, with two activities and one."""
    dates = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=365)}
    made = create_plan(title="Plan de Mejoras", kind=PLAN_KIND, levels=LEVELS, on=cycle, by=counterpart, **dates)
    for area, activities in (("Dirección", ["Publicar", "Medir"]), ("Personas", ["Capacitar"])):
        above = add_node(made, parent=None, label=area, by=counterpart)
        line = add_node(made, parent=above, label=f"Línea de {area}", by=counterpart)
        for label in activities:
            add_node(made, parent=line, label=label, by=counterpart)
    return made


def part(code: str) -> PlanNode:
    return PlanNode.objects.get(code=code)


@pytest.fixture
def issued(plan, cycle, counterpart, vera, bruno) -> PlanValidation:
    """With one recommendation, of the activity 1.1.2."""
    send(cycle, counterpart, plan)
    reading = actions.begin_plan_review(cycle, by=vera.user)
    actions.recommend(reading, text="Mida cada trimestre.", node=part("1.1.2"), by=vera.user)
    actions.write_conclusion(reading, conclusion="Responde.", revision=reading.revision, by=vera.user)
    for one in (vera, bruno):
        actions.note_read(reading, by=one.user)
    actions.issue_plan_report(reading, today=TODAY, by=vera.user)
    return queries.plan_validation_of(cycle)


def change(code: str, by, **wanted) -> None:
    node = part(code)
    change_node(node, revision=node.revision, by=by, **wanted)


def decide(made: Recommendation, by, *, is_taken: bool) -> Recommendation:
    told = {"answer": "Lo hace Planificación.", "revision": Recommendation.objects.get(pk=made.pk).revision}
    return actions.answer_recommendation(made, is_taken=is_taken, today=TODAY, by=by, **told)


def test_the_plan_that_was_read_is_told_part_after_part_with_the_level_of_each(issued) -> None:
    reading = queries.reading_of(issued)
    levels = [AREA, LINE, ACTIVITY, ACTIVITY, AREA, LINE, ACTIVITY]

    paper = next(one for one in report(reading).blocks if isinstance(one, Grid))
    sheet = next(one for one in plan_tables(reading) if one.title == "Plan")

    for rows in (paper.rows, sheet.rows):
        assert [tuple(row[:2]) for row in rows] == list(zip(levels, IN_ORDER, strict=True))


def test_the_page_of_who_reads_it_keeps_the_same_order_and_so_does_the_choice_of_a_part(
    plan, cycle, counterpart, vera, as_user
) -> None:
    send(cycle, counterpart, plan)
    actions.begin_plan_review(cycle, by=vera.user)
    page = "/m/puerto-claro/mesa/calidad/1/validacion-plan/"
    shown = as_user(vera.user).get(page)
    form = as_user(vera.user).get(f"{page}recomendar/").context["form"]

    assert [line.node.code for line in shown.context["lines"]] == IN_ORDER
    assert f"{ACTIVITY} 1.1.2" in shown.content.decode()
    assert [label.split()[0] for _pk, label in form.fields["node"].choices][1:] == IN_ORDER


@pytest.mark.parametrize("asked", ["1.1.2", "1.1", "1", ""])
def test_a_change_is_explained_by_what_was_recommended_of_its_part_of_one_above_or_of_the_whole(
    issued, asked, counterpart, alcaldesa
) -> None:
    node = part(asked) if asked else None
    Recommendation.objects.update(node=node, node_label=str(node or ""))
    change("1.1.2", counterpart, label="Medir y publicar")
    assert "1.1.2 Medir" in approving(issued.plan, alcaldesa)

    decide(Recommendation.objects.get(), counterpart, is_taken=True)
    Plan.objects.update(state="draft")

    assert approving(issued.plan, alcaldesa) == ""


def test_a_recommendation_of_one_activity_explains_no_change_of_another(issued, counterpart, alcaldesa) -> None:
    decide(Recommendation.objects.get(), counterpart, is_taken=True)
    change("1.1.1", counterpart, label="Publicar todo")
    change("1.1.2", counterpart, label="Medir siempre")

    refused = approving(issued.plan, alcaldesa)

    assert ("1.1.1 Publicar" in refused, "1.1.2" in refused) == (True, False)


def test_what_was_recommended_of_a_part_explains_that_it_was_taken_out(issued, counterpart, alcaldesa) -> None:
    decide(Recommendation.objects.get(), counterpart, is_taken=True)
    remove_node(part("1.1.2"), by=counterpart, today=TODAY)

    assert approving(issued.plan, alcaldesa) == ""


def test_a_refused_approval_counts_the_parts_that_it_does_not_name(issued, counterpart, alcaldesa) -> None:
    for code in ("1", "1.1", "1.1.1", "2", "2.1"):
        change(code, counterpart, label=f"Otra {code}")

    assert "y otras 2 partes" in approving(issued.plan, alcaldesa)


def test_what_was_taken_up_stays_so_once_an_act_approved_the_plan(issued, counterpart, alcaldesa) -> None:
    made = decide(Recommendation.objects.get(), counterpart, is_taken=True)
    change("1.1.2", counterpart, label="Medir siempre")
    assert approving(issued.plan, alcaldesa) == ""

    assert refusal(decide, made, counterpart, is_taken=False) == "recommendation_approved"

    assert decide(made, counterpart, is_taken=True).is_taken is True


def test_until_the_plan_is_approved_the_municipality_may_decide_otherwise(issued, counterpart) -> None:
    made = decide(Recommendation.objects.get(), counterpart, is_taken=True)

    assert decide(made, counterpart, is_taken=False).is_taken is False


def test_who_takes_back_what_was_approved_reads_it_beside_the_question(issued, counterpart, as_user) -> None:
    made = decide(Recommendation.objects.get(), counterpart, is_taken=True)
    Plan.objects.update(state="approved")
    sent = {"is_taken": "no", "answer": "Ya no.", "revision": made.revision}

    address = f"/m/puerto-claro/mesa/calidad/1/validacion-plan/recomendaciones/{made.pk}/decidir/"
    page = as_user(counterpart).post(address, sent)

    assert "ya se aprobó con esta recomendación acogida" in str(page.context["form"].errors["is_taken"])
    assert Recommendation.objects.get().is_taken is True


def test_what_changed_tells_what_it_said_and_what_it_says(issued, counterpart, obras) -> None:
    change("1.1.1", counterpart, label="Publicar todo", department=obras, ends_on=TODAY)
    change("1.1", counterpart, expected_effect={"elements": {"e1": 3}})
    add_milestone(part("2.1.1"), label="Acta", due_on=TODAY, by=counterpart)

    told = {(row[0], row[1]): tuple(row[2:]) for row in since_validated(issued).rows}

    assert told["1.1.1 Publicar", "nombre"] == ("Publicar", "Publicar todo")
    assert told["1.1.1 Publicar", "dirección responsable"] == ("nada", obras.name)
    assert told["1.1.1 Publicar", "termina"] == ("nada", short_date(TODAY))
    assert told["1.1 Línea de Dirección", "puntajes esperados"][1].endswith(": 3")
    assert told["2.1.1 Capacitar", "hitos"][1].startswith("hito: Acta; ")


def test_what_changed_is_told_with_as_many_queries_whatever_changed(issued, counterpart, obras) -> None:
    change("1.1.1", counterpart, label="Otra")
    with CaptureQueriesContext(connection) as few:
        since_validated(queries.plan_validation_of(issued.cycle))
    for code in IN_ORDER[:2]:
        change(code, counterpart, label=f"Otra {code}", department=obras)
    with CaptureQueriesContext(connection) as more:
        since_validated(queries.plan_validation_of(issued.cycle))
    assert len(more) == len(few)
