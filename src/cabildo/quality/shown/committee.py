"""What the page of stage 2 shows: each gate with what is missing, and what is there of each part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cabildo.meetings.models import Member
from cabildo.plans.models import PlanNode
from cabildo.quality import queries
from cabildo.quality.choices import CONDUCTED, Stage
from cabildo.quality.models import Cycle, FollowUp, InterventionMethod
from cabildo.quality.queries.committee import Formation, Launch
from cabildo.quality.queries.working_plans import WorkingPlan
from cabildo.quality.rules.dates import next_review
from cabildo.quality.shown.lacking import lacking
from cabildo.ui.parts import Fact, Step
from cabildo.ui.spanish import long_date, number
from cabildo.workflow.processes import queries as processes


def steps(cycle: Cycle, *codes: str) -> list[Step]:
    """The gates of the stage of the cycle that has one of these codes, done or with what is missing."""
    run = queries.run_of(cycle)
    stage = next((one for one in processes.stages_of(run) if one.code in codes), None) if run else None
    if stage is None:
        return []
    return [
        Step(
            verdict.gate.label,
            "done" if verdict.holds else "current",
            missing=lacking(cycle, verdict.missing) if cycle.closed_on is None else [],
        )
        for verdict in processes.verdicts(stage)
    ]


def decree_facts(formation: Formation) -> list[Fact]:
    if formation.committee is None:
        return []
    body = formation.committee.body
    words = _("Decreto alcaldicio N° %(number)s, %(day)s")
    return [
        Fact(_("Nombrado por"), words % {"number": body.act_number, "day": long_date(body.act_on)}),
        Fact(_("Lo encabeza"), formation.chair or _("nadie todavía")),
    ]


@dataclass(frozen=True)
class Seat:
    """A member in force: may they answer in the programme, and if not, what they lack."""

    member: Member
    lacks: str


def seats(formation: Formation) -> list[Seat]:
    """Those in force, who leads first."""
    without = {one.pk for one in formation.without_role}
    order = {"chair": 0, "secretary": 1}
    members = sorted(formation.members, key=lambda one: (order.get(one.role, 2), one.full_name))
    return [Seat(one, _lack(one) if one.pk in without else "") for one in members]


def _lack(member: Member) -> str:
    return _("le falta el rol") if member.user_id else _("no tiene cuenta")


@dataclass(frozen=True)
class PlaceShown:
    """A place of a plan, with how many of its activities have who answers and dates."""

    node: PlanNode
    activities: int
    settled: int

    @property
    def state(self) -> tuple[str, str]:
        if self.settled:
            return "on_time", _("completa") if self.settled == self.activities else _("cumple lo mínimo")
        return ("neutral", _("falta decir quién y cuándo")) if self.activities else ("neutral", _("sin actividades"))


def places(plan: WorkingPlan | None) -> list[PlaceShown]:
    found = plan.places if plan else ()
    return [PlaceShown(place.node, len(place.activities), len(place.settled)) for place in found]


@dataclass(frozen=True)
class MethodShown:
    """A stage to come and how it is run, or nothing yet."""

    stage: Stage
    method: InterventionMethod | None

    @property
    def departments(self) -> str:
        return ", ".join(str(one) for one in self.method.departments.all()) if self.method else ""


def methods(declared: Mapping[str, InterventionMethod]) -> list[MethodShown]:
    return [MethodShown(stage, declared.get(stage)) for stage in CONDUCTED]


@dataclass(frozen=True)
class FollowUpShown:
    """A review, and the next day on which it is due."""

    follow_up: FollowUp
    next_on: date


def follow_ups(found: list[FollowUp], today: date) -> list[FollowUpShown]:
    return [FollowUpShown(one, next_review(one.starts_on, one.every, today)) for one in found]


def launch_facts(launch: Launch | None) -> list[Fact]:
    if launch is None:
        return []
    meeting = launch.meeting
    came = _("%(came)s personas; se esperaba a %(expected)s") % {
        "came": number(launch.came),
        "expected": number(launch.expected),
    }
    return [
        Fact(_("Cuándo"), long_date(meeting.started_at or meeting.planned_start_at)),
        Fact(_("Dónde"), meeting.place or meeting.link),
        Fact(_("Estado"), meeting.get_state_display()),
        Fact(_("Asistencia"), came if launch.was_held else _("se esperan %s personas") % number(launch.expected)),
    ]
