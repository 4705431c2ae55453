"""A plan under way with one of everything that hangs from a node."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from cabildo.accounts.models import Department, User
from cabildo.indicators import actions as indicators
from cabildo.plans.actions import parts, planning, progress, tree
from cabildo.plans.models import Plan, PlanNode
from e2e.site_map import Values

LEVELS = ["Área de mejora", "Línea de acción", "Actividad"]


def gather(head: User, mayor: User, today: date) -> Values:
    """The places of its addresses. The head's department leads it, so that the head may change it."""
    lead = Department.objects.get(code="operaciones")
    plan = planning.create_plan(
        title="Plan de mejora del alumbrado",
        kind="general",
        levels=LEVELS,
        starts_on=today - timedelta(days=200),
        ends_on=today + timedelta(days=200),
        department=lead,
        by=head,
    )
    activity = grow(plan, lead, head)
    money = {"concept": "Luminarias", "source": "FNDR", "year": today.year, "amount_clp": 12_500_000}
    line = parts.save_budget_line(activity, by=head, **money)
    milestone = parts.add_milestone(activity, label="Contrato firmado", due_on=today, by=head)
    link = parts.link_indicator(activity, indicator=_indicator(head, today), by=head)
    planning.submit(plan, by=head)
    planning.approve(plan, act=planning.Act("decree", "1.204", today), by=mayor)
    planning.start(plan, by=head)
    measure = progress.decide_measure(activity, what="Pedir refuerzo", responsible=head, due_on=today, by=head)
    carry_out(activity, head, today)
    return {
        "plan_id": [plan.pk],
        "node_id": [activity.pk],
        "milestone_id": [milestone.pk],
        "line_id": [line.pk],
        "measure_id": [measure.pk],
        "link_id": [link.pk],
    }


def grow(plan: Plan, lead: Department, head: User) -> PlanNode:
    area = tree.add_node(plan, label="Espacio público", by=head)
    line = tree.add_node(plan, parent=area, label="Recambio de luminarias", by=head)
    dated = {"starts_on": plan.starts_on, "ends_on": plan.ends_on, "department": lead, "by": head}
    first = tree.add_node(plan, parent=line, label="Licitar", verification="Contrato", responsible=head, **dated)
    tree.add_node(plan, parent=line, label="Instalar", weight=Decimal(3), verification="Acta de recepción", **dated)
    return first


def _indicator(head: User, today: date):
    indicator = indicators.define_indicator(
        by=head,
        label="Luminarias cambiadas",
        formula="Luminarias cambiadas sobre las que había que cambiar.",
        numerator="Cambiadas",
        denominator="Por cambiar",
        unit="%",
        periodicity="monthly",
        source="Inspección técnica",
    )
    indicators.set_target(indicator, due_on=today, value=Decimal(80), by=head)
    indicators.measure(indicator, indicators.Reading(Decimal(45), Decimal(90)), cut_off=today, by=head, today=today)
    return indicator


def carry_out(activity: PlanNode, head: User, today: date) -> None:
    for days, percent in ((120, 20), (60, 35), (5, 40)):
        told = {"text": "Se avanzó en las bases.", "by": head, "today": today}
        progress.report_progress(activity, on=today - timedelta(days=days), percent=Decimal(percent), **told)
    proof = ContentFile(b"Bases aprobadas", name="bases.txt")
    progress.attach_evidence(activity, file=proof, proves="Bases aprobadas", by=head)
    later = activity.ends_on - timedelta(days=10)
    tree.change_node(activity, revision=1, by=head, ends_on=later, reason="Se adelantó la licitación")
