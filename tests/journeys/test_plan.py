"""A plan from its draft to its end: approved by decree, late, put right, moved, and closed with its proofs."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from cabildo.accounts.links import addresses
from cabildo.audit.models import Entry
from cabildo.indicators.rules import Light
from cabildo.plans.actions import planning, progress, tree
from cabildo.plans.actions.planning import Act
from cabildo.plans.models import Plan, PlanNode
from cabildo.plans.queries.curves import moments
from cabildo.plans.queries.snapshot import last_version
from cabildo.plans.queries.tree import Standing, standing, thresholds
from cabildo.plans.queries.tree import tree as grown
from cabildo.plans.rules.errors import PlansError
from cabildo.workflow import duties
from conftest import make_member

JANUARY, MAY, JUNE, DECEMBER = date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 30), date(2026, 12, 31)


@pytest.fixture
def planner(puerto_claro):
    return make_member("Paz Plan", puerto_claro, "planning_office")


@pytest.fixture
def plan(planner, alcaldesa, obras, diego) -> Plan:
    """Written by the planning office, approved by decree, and begun."""
    draft = planning.create_plan(
        title="Plan anual",
        kind="general",
        levels=["Área", "Actividad"],
        starts_on=JANUARY,
        ends_on=DECEMBER,
        by=planner,
    )
    area = tree.add_node(draft, label="Personas", by=planner)
    dated = {"starts_on": JANUARY, "verification": "Acta", "department": obras, "responsible": diego, "by": planner}
    tree.add_node(draft, parent=area, label="Encuestar", ends_on=JUNE, **dated)
    tree.add_node(draft, parent=area, label="Dictar el curso", ends_on=DECEMBER, **dated)
    planning.submit(draft, by=planner)
    planning.approve(draft, act=Act("decree", "88", JANUARY), by=alcaldesa)
    return planning.start(draft, by=planner)


def stands(plan: Plan, today: date) -> Standing:
    return standing(grown(plan).part, thresholds(plan), today)


def activity(label: str) -> PlanNode:
    return PlanNode.objects.get(label=label)


def owed(user, today: date) -> list[str]:
    with addresses():
        return [duty.folio for duty in duties.of(user, today) if duty.folio.startswith("1.")]


def finish(node: PlanNode, day: date, diego) -> None:
    proof = ContentFile(node.label.encode(), name="acta.txt")
    progress.attach_evidence(node, file=proof, proves="Acta", by=diego)
    progress.close_activity(node, on=day, by=diego, today=day)


def test_a_plan_goes_from_its_draft_to_its_end(plan, planner, diego, alcaldesa) -> None:
    survey = activity("Encuestar")
    progress.report_progress(survey, on=MAY, percent=Decimal(30), text="Pocas respuestas", by=diego, today=MAY)
    assert (stands(plan, MAY).light, owed(diego, MAY)) == (Light.RED, ["1.1", "1.2"])

    measure = progress.decide_measure(survey, what="Encuestar por teléfono", responsible=diego, due_on=JUNE, by=planner)
    tree.change_node(survey, revision=1, by=planner, ends_on=DECEMBER, reason="Faltaban respuestas")
    assert (activity("Encuestar").approved_ends_on, stands(plan, MAY).light) == (JUNE, Light.RED)
    version = planning.new_version(plan, act=Act("decree", "301", JUNE), by=alcaldesa)
    progress.finish_measure(measure, outcome="Llegaron todas", on=JUNE, by=diego, today=JUNE)

    for node in (survey, activity("Dictar el curso")):
        finish(node, DECEMBER, diego)
    ended = planning.close(plan, by=planner)

    assert (ended.state, version.number, owed(diego, DECEMBER)) == ("closed", 2, [])
    assert (stands(plan, DECEMBER).actual, stands(plan, DECEMBER).light) == (100, Light.GREEN)


def test_the_approved_curve_stays_when_the_plan_moves(plan, planner) -> None:
    tree.change_node(activity("Encuestar"), revision=1, by=planner, ends_on=DECEMBER, reason="Faltaban respuestas")

    june = next(one for one in moments(grown(plan), JUNE) if one.point.day == JUNE)

    assert june.approved > june.point.planned
    assert last_version(plan).number == 1


def test_nothing_ends_without_its_proof(plan, diego, planner) -> None:
    with pytest.raises(PlansError, match="verification_missing"):
        progress.close_activity(activity("Encuestar"), on=MAY, by=diego, today=MAY)
    with pytest.raises(PlansError, match="plan_unfinished"):
        planning.close(plan, by=planner)
    assert not Entry.objects.filter(action="plan.closed").exists()
