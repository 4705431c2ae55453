"""Stages 5 and 7 in Puerto Claro: what was chosen and planned for the gaps, and how it was carried out."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from cabildo.accounts.models import Department, User
from cabildo.indicators import actions as indicators
from cabildo.indicators.choices import Aim, Periodicity
from cabildo.instruments.rules.scoring import Mark
from cabildo.meetings.actions import holding, planning
from cabildo.meetings.actions.bodies import Who
from cabildo.meetings.actions.holding import Noted
from cabildo.meetings.choices import Role, Sector
from cabildo.plans.actions import parts, progress, tree
from cabildo.plans.actions import planning as plans
from cabildo.plans.choices import ActKind
from cabildo.plans.models import Plan, PlanNode
from cabildo.plans.queries.tree import tree as grown
from cabildo.plans.rules.states import State
from cabildo.quality.actions import immediate, implementation, improvement, improvement_plan, methods
from cabildo.quality.choices import Every, Scope
from cabildo.quality.models import Cycle
from cabildo.quality.plan_kind import LINE
from cabildo.quality.queries import improvement as queries
from cabildo.quality.queries.implementation import expected_in, reach_by_department
from cabildo.quality.queries.improvement import Offer
from cabildo.quality.rules.programme import ANNUAL_MONTHS, last_day
from cabildo.site.demo.people import official

CHOSEN, WEIGHED = 3, 6
STAFF = 8  # departments have from three people to two more than these
TITLE = "Plan de Mejoras de la Municipalidad de Puerto Claro"
PRESENT = {"alcaldia": Role.CHAIR, "calidad": Role.SECRETARY, "control": Role.MEMBER, "dideco": Role.MEMBER}
LEADING = ("social", "operaciones", "dom")
AT_ONCE = (
    ("Publicar en el acceso los horarios y requisitos de cada trámite", "dideco", 20),
    ("Reunir en una carpeta los decretos vigentes de cada dirección", "control", 45),
    ("Fijar el día del mes en que cada dirección revisa sus metas", "calidad", 75),
)
BEHIND = "Pedir a dos direcciones que presten una persona por dos semanas."
WHEN_LATE = "La contraparte lo avisa a la alcaldía y se decide una medida con persona y fecha."


def design(cycle: Cycle, today: date, lead: User, *, starts_on: date | None = None) -> Plan:
    """Stage 5: the feedback told, the matrix filled in, the plan written whole, what is done at once noted.

    The plan begins today unless another day is given.
    """
    _tell(cycle, today, lead)
    _weigh(cycle, lead)
    begins = starts_on or today
    plan = improvement_plan.write_plan(
        cycle, title=TITLE, starts_on=begins, ends_on=last_day(begins, ANNUAL_MONTHS * 2), by=lead
    )
    _complete(plan, today, lead)
    for what, name, days in AT_ONCE:
        told: dict[str, Any] = {"what": what, "begins_on": today, "due_on": today + timedelta(days=days)}
        immediate.add_immediate(cycle, responsible=official(name), by=lead, **told)
    return plan


def _tell(cycle: Cycle, today: date, lead: User) -> None:
    starts_at = timezone.make_aware(datetime.combine(today, time(10))) - timedelta(days=1)
    meeting = improvement.plan_dissemination(cycle, starts_at=starts_at, place="Salón de reuniones", by=lead)
    for name, role in PRESENT.items():
        planning.invite(meeting, Who(user=official(name), sector=Sector.MUNICIPAL), role=role, by=lead)
    times = {"started_at": starts_at, "ended_at": starts_at + timedelta(hours=2)}
    holding.note_times(meeting, **times, now=max(timezone.now(), times["ended_at"]), by=lead)
    holding.take_attendance(meeting, {one.pk: Noted("came") for one in meeting.attendances.all()}, by=lead)


def _weigh(cycle: Cycle, lead: User) -> None:
    """Values for the methodologies that win back most; the last of them does not fit in twelve months."""
    baseline = queries.baseline_of(cycle)
    offers = queries.offers_of(cycle, baseline) if baseline else []
    offers.sort(key=lambda offer: (-offer.points, offer.code))
    for place, offer in enumerate(offers[:WEIGHED]):
        fits = place < WEIGHED - 1
        improvement.value_option(
            cycle, offer.code, revision=0, by=lead, is_feasible=fits, is_chosen=place < CHOSEN, **_values(offer, place)
        )


def _values(offer: Offer, place: int) -> dict[str, Any]:
    """What is chosen is what comes out first."""
    is_chosen = place < CHOSEN
    return {
        "relevance": 5 if is_chosen else 3,
        "feasibility": 4 if offer.methodology["months"] <= ANNUAL_MONTHS // 2 else 3,
        "impact": 5 if is_chosen and offer.points >= Fraction(10) else 4,
        "cost": 6 - offer.methodology["cost"],
        "note": "Acordado por el comité." if is_chosen else "",
    }


def _complete(plan: Plan, today: date, lead: User) -> None:
    """Who answers, who takes part, how it is measured and paid."""
    departments = list(Department.objects.filter(code__in=LEADING).order_by("code"))
    lines = [branch for branch in grown(plan).walk() if branch.node.level == LINE]
    for place, line in enumerate(lines):
        told: dict[str, Any]
        department = departments[place % len(departments)]
        others = [one for one in departments if one != department]
        for branch in line.walk():
            node = branch.node
            told = {"department": department, "participants": others}
            if branch.is_activity and not node.verification:
                told["verification"] = "Acta de la reunión en que se mostró lo hecho"
            tree.change_node(node, revision=node.revision, by=lead, **told)
        _measure(line.node, today, lead)
        money: dict[str, Any] = {
            "concept": "Talleres y material",
            "source": "Presupuesto municipal",
            "year": today.year,
        }
        parts.save_budget_line(line.node, by=lead, amount_clp=1_200_000 * (place + 1), **money)


def _measure(line: PlanNode, today: date, lead: User) -> None:
    indicator = indicators.define_indicator(
        label=f"Unidades que aplican: {line.label}"[:200],
        formula="Unidades que lo aplican, dividido por las unidades municipales.",
        unit="%",
        direction=Aim.UP,
        periodicity=Periodicity.QUARTERLY,
        source="Registro de la contraparte de calidad",
        baseline=Decimal(10),
        baseline_on=today,
        by=lead,
    )
    indicators.set_target(indicator, due_on=last_day(today, ANNUAL_MONTHS), value=Decimal(80), by=lead)
    parts.link_indicator(line, indicator=indicator, by=lead)


def carry_out(cycle: Cycle, today: date, lead: User) -> None:
    """Stage 7, a plan half way: told to everybody, followed, one activity proved, another behind with its measure."""
    plan = begin(cycle, today, lead)
    first, second, *_others = [branch.node for branch in grown(plan).activities]
    prove(first, today, lead)
    progress.report_progress(second, on=today, percent=Decimal(25), text="Se reunió a la mitad.", by=lead, today=today)
    progress.decide_measure(second, what=BEHIND, responsible=lead, due_on=today + timedelta(days=30), by=lead)


def begin(cycle: Cycle, today: date, lead: User) -> Plan:
    """Approved with its baseline, told to every department, with who reviews it."""
    plan = queries.plan_of(cycle)
    if plan is None:
        plan = design(cycle, today, lead)
    mayor = official("alcaldia")
    if plan.state == State.DRAFT:
        plans.submit(plan, by=lead)
    plans.approve(plan, act=plans.Act(ActKind.DECREE, "2.118", today), by=mayor)
    for place, (department, _reach) in enumerate(reach_by_department(cycle)):
        staff = 3 + place % STAFF
        told: dict[str, Any] = {"staff": staff, "reached": staff - (place % 4 == 0), "how": "Reunión de la dirección"}
        implementation.save_reach(cycle, department, revision=0, on=today, today=today, by=lead, **told)
    follow: dict[str, Any] = {"what": "Avance de cada actividad y sus medios de verificación", "when_late": WHEN_LATE}
    methods.declare_follow_up(
        cycle, scope=Scope.PLAN, reviewer=lead, every=Every.MONTH, starts_on=today, by=lead, **follow
    )
    plans.start(plan, by=lead)
    return plan


def prove(node: PlanNode, today: date, lead: User) -> None:
    paper = ContentFile(f"Medio de verificación de demostración: {node.verification}".encode(), name="acta.txt")
    progress.attach_evidence(node, file=paper, proves=node.verification[:250], by=lead)
    progress.close_activity(node, on=today, by=lead, today=today)


def finish(cycle: Cycle, today: date, lead: User) -> None:
    """The rest of stage 7: every activity proved and closed, the plan closed, what was reached declared."""
    plan = queries.plan_of(cycle)
    if plan is None:
        return
    with transaction.atomic():
        for branch in grown(plan).activities:
            if branch.node.closed_on is None:
                prove(branch.node, today, lead)
    plans.close(plan, by=lead)
    expected = expected_in(cycle).approved
    short = next(iter(expected), "")  # one element stayed a level below what was expected
    marks = {element: Mark(target - (element == short)) for element, target in expected.items()}
    implementation.record_reached(cycle, marks=marks, by=lead)
