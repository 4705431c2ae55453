"""How do the two living plans of stage 2 begin, and whom does each channel reach?"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.plans.actions import planning, tree
from cabildo.plans.kinds import PlanKind
from cabildo.plans.models import Plan, PlanNode
from cabildo.quality import queries
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.choices import CONDUCTED, WORKED
from cabildo.quality.errors import QualityError
from cabildo.quality.models import ChannelReach, Cycle
from cabildo.quality.plans import STRATEGY, WORK_PLAN, proposal
from cabildo.quality.queries.working_plans import channel_of, plan_of
from cabildo.quality.rules.dates import part_of
from cabildo.workflow.processes import queries as processes

type Days = tuple[date, date]


@transaction.atomic
def start_work_plan(cycle: Cycle, *, with_proposal: bool, today: date, by: User) -> Plan:
    """Begin the Plan de Trabajo: a place for each stage, with the activities proposed within its days.

    QualityError cycle_closed, plan_exists.
    """
    spans = _spans(cycle, today)
    whole = (min(today, *(begins for begins, _ends in spans.values())), max(spans[stage][1] for stage in WORKED))
    plan = _start(cycle, WORK_PLAN, _("Plan de Trabajo del Comité de Mejora · %s"), whole, by)
    if with_proposal:
        _propose(plan, spans, by)
    return plan


@transaction.atomic
def start_strategy(cycle: Cycle, *, with_proposal: bool, today: date, by: User) -> Plan:
    """Begin the Estrategia Comunicacional Interna: a place for each content, until the plan is carried out.

    QualityError cycle_closed, plan_exists.
    """
    spans = _spans(cycle, today)
    whole = (today, max(ends for _begins, ends in spans.values()))
    plan = _start(cycle, STRATEGY, _("Estrategia Comunicacional Interna · %s"), whole, by)
    if with_proposal:
        _propose(plan, dict.fromkeys(proposal(plan.kind), whole), by)
    return plan


def _spans(cycle: Cycle, today: date) -> dict[str, Days]:
    """The days that the process plans for each stage to come; from today on when they are past or unknown."""
    run = queries.run_of(cycle)
    planned = {stage.code: stage for stage in processes.stages_of(run)} if run else {}
    spans = dict.fromkeys(map(str, CONDUCTED), (today, today))
    for code in spans.keys() & planned.keys():
        begins = max(today, planned[code].expected_starts_on)
        spans[code] = (begins, max(begins, planned[code].expected_ends_on))
    return spans


def _start(cycle: Cycle, kind: PlanKind, title: str, days: Days, by: User) -> Plan:
    cycle = hold_open(cycle.pk)
    before = plan_of(cycle, kind.code)
    if before is not None:
        raise QualityError("plan_exists", title=before.title)
    starts_on, ends_on = days
    return planning.create_plan(
        title=title % cycle,
        kind=kind.code,
        levels=kind.levels,
        starts_on=starts_on,
        ends_on=ends_on,
        on=cycle,
        by=by,
    )


def _propose(plan: Plan, spans: dict[str, Days], by: User) -> None:
    """The activities proposed for each place, dated within its days; nobody answers for them yet."""
    for place in plan.nodes.filter(level=0):
        for activity in proposal(plan.kind).get(place.place, ()):
            tree.add_node(plan, parent=place, by=by, **_fields(activity, spans[place.place]))


def _fields(activity: Any, span: Days) -> dict[str, Any]:
    first, last = activity["during"]
    starts_on, ends_on = part_of(*span, (first, last))
    words = {name: value for name, value in activity.items() if name != "during"}
    return {**words, "starts_on": starts_on, "ends_on": ends_on}


@transaction.atomic
def declare_reach(cycle: Cycle, channel: PlanNode, *, departments: Collection[Department], by: User) -> None:
    """Write which departments a channel reaches. QualityError cycle_closed, not_a_channel, nobody_reached."""
    cycle = hold_open(cycle.pk)
    if channel_of(cycle, channel.pk) is None:
        raise QualityError("not_a_channel")
    if not departments:
        raise QualityError("nobody_reached")
    ChannelReach.objects.filter(channel=channel).exclude(department__in=departments).delete()
    known = set(ChannelReach.objects.filter(channel=channel).values_list("department_id", flat=True))
    ChannelReach.objects.bulk_create(
        ChannelReach(municipality_id=cycle.municipality_id, channel=channel, department=department)
        for department in departments
        if department.pk not in known
    )
    data = {"node": channel.pk, "departments": sorted(department.pk for department in departments)}
    audit.record("channel_reach.declared", on=cycle, by=by, data=data)
