"""A small plan in each of its states: one area, one line, two activities of Obras."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from cabildo.plans.actions import planning, progress, tree
from cabildo.plans.actions.planning import Act
from cabildo.plans.models import Plan, PlanNode
from conftest import make_member

JANUARY, JUNE, DECEMBER = date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)
DECREE = Act("decree", "1.234", date(2026, 1, 15))
LEVELS = ["Área de mejora", "Línea de acción", "Actividad"]


@pytest.fixture
def planner(puerto_claro):
    return make_member("Paz Plan", puerto_claro, "planning_office")


@pytest.fixture
def draft(planner) -> Plan:
    """A draft with nothing in it."""
    return planning.create_plan(
        title="Plan de mejora", kind="general", levels=LEVELS, starts_on=JANUARY, ends_on=DECEMBER, by=planner
    )


@pytest.fixture
def nodes(draft, planner, obras, diego) -> dict[str, PlanNode]:
    """Its tree, complete: by code."""
    area = tree.add_node(draft, label="Personas", by=planner)
    line = tree.add_node(draft, parent=area, label="Capacitación", by=planner, weight=Decimal(2))
    dated = {"starts_on": JANUARY, "ends_on": JUNE, "verification": "Acta firmada", "department": obras}
    made = [
        tree.add_node(draft, parent=line, label="Detectar necesidades", by=planner, responsible=diego, **dated),
        tree.add_node(draft, parent=line, label="Dictar el curso", by=planner, weight=Decimal(3), **dated),
    ]
    return {node.code: node for node in (area, line, *made)}


@pytest.fixture
def approved(draft, nodes, planner, alcaldesa) -> Plan:
    planning.submit(draft, by=planner)
    planning.approve(draft, act=DECREE, by=alcaldesa)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def running(approved, planner) -> Plan:
    return planning.start(approved, by=planner)


@pytest.fixture
def prove(diego):
    """Attach a means of verification to a node."""

    def attach(node: PlanNode, text: str = "acta"):
        return progress.attach_evidence(node, file=ContentFile(text.encode(), name="acta.txt"), proves="Acta", by=diego)

    return attach
