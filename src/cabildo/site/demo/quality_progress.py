"""How the Plan de Mejoras of Puerto Claro went, month after month: on time, late with a measure, and measured."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from cabildo.accounts.models import User
from cabildo.indicators import actions as indicators
from cabildo.indicators.actions import Reading
from cabildo.plans.actions import progress
from cabildo.plans.models import NodeIndicator, Plan, PlanNode
from cabildo.plans.queries.tree import tree
from cabildo.quality.actions import immediate
from cabildo.quality.models import Cycle, ImmediateAction
from cabildo.site.demo import clock, quality_stages
from cabildo.site.demo.quality_plan import BEHIND, prove

SLIPS = (0, -3, 12, 0, 28, -5, 6)  # days that each activity took more than planned, in turn
LATE = 10  # from so many days on, a measure is decided
REVIEWED = 45  # days between one report of progress and the next
UNITS = 14  # municipal units that an indicator counts
OUTCOME = "Las dos direcciones prestaron a una persona y la actividad se terminó."
DONE_AT_ONCE = "Quedó hecho y las jefaturas lo confirmaron."
type Step = Callable[[], object]


@dataclass(frozen=True)
class Course:
    """When an activity was planned to end and when it did."""

    node: PlanNode
    ended_on: date

    @property
    def is_late(self) -> bool:
        return self.node.ends_on is not None and (self.ended_on - self.node.ends_on).days >= LATE


def go_on(cycle: Cycle, plan: Plan, until: date, lead: User) -> None:
    """Everything that happened, each thing on its day and in its order; at the end every activity is closed."""
    activities = [branch.node for branch in tree(plan).activities]
    found = [*_immediate(cycle, lead), *_measurements(plan, until, lead)]
    for place, node in enumerate(activities):
        found += _course(Course(node, _end_of(node, place, until)), lead)
    for day, step in sorted(found, key=lambda one: one[0]):
        with clock.on(day):
            step()


def _end_of(node: PlanNode, place: int, until: date) -> date:
    planned = node.ends_on or until
    return min(quality_stages.workday(planned + timedelta(days=SLIPS[place % len(SLIPS)])), until)


def _course(course: Course, lead: User) -> Iterator[tuple[date, Step]]:
    """Reports while it went on; when it was late, the measure and what came of it; its proof and its closing."""
    node, ended_on = course.node, course.ended_on
    begins = node.starts_on or ended_on
    whole = max((ended_on - begins).days, 1)
    for days in range(REVIEWED, whole, REVIEWED):
        day = quality_stages.workday(begins + timedelta(days=days))
        percent = Decimal(round(100 * days / whole))
        told = f"Se avanzó según lo acordado en la revisión: {percent} %."
        yield day, partial(progress.report_progress, node, on=day, percent=percent, text=told, by=lead, today=day)
    if course.is_late:
        yield node.ends_on or ended_on, partial(_mend, node, ended_on, lead)
    yield ended_on, partial(_close, node, ended_on, lead)


def _mend(node: PlanNode, due_on: date, lead: User) -> None:
    progress.decide_measure(node, what=BEHIND, responsible=lead, due_on=due_on, by=lead)


def _close(node: PlanNode, day: date, lead: User) -> None:
    for measure in node.measures.filter(done_on=None):
        progress.finish_measure(measure, outcome=OUTCOME, on=day, by=lead, today=day)
    prove(node, day, lead)


def _immediate(cycle: Cycle, lead: User) -> Iterator[tuple[date, Step]]:
    for one in ImmediateAction.objects.filter(cycle=cycle, done_on=None):
        day = quality_stages.workday(one.due_on)
        yield day, partial(immediate.finish_immediate, one, done_on=day, note=DONE_AT_ONCE, today=day, by=lead)


def _measurements(plan: Plan, until: date, lead: User) -> Iterator[tuple[date, Step]]:
    """Every quarter more units apply what the line asks for; the last line stops short of its target."""
    links = NodeIndicator.objects.filter(node__plan=plan).select_related("indicator").order_by("pk")
    for place, link in enumerate(links):
        for quarter in range(1, 4):
            day = quality_stages.workday(plan.starts_on + timedelta(days=90 * quarter))
            if day > until:
                break
            reading = Reading(Decimal(min(UNITS, 2 + (4 - place % 2) * quarter)), Decimal(UNITS))
            yield day, partial(indicators.measure, link.indicator, reading, cut_off=day, by=lead, today=day)
