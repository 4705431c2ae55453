"""What the page of a cycle shows: its stages with dates and what is missing, who leads, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.kit.workdays import Calendar
from cabildo.quality import stages
from cabildo.quality.choices import Scope
from cabildo.quality.models import Cycle, LineDecision
from cabildo.quality.queries import committee as asked
from cabildo.quality.queries import stages_before
from cabildo.quality.rules.dates import next_review
from cabildo.quality.shown.programme import line_words
from cabildo.quality.stages import StagePage
from cabildo.ui import parts
from cabildo.ui.parts import Fact
from cabildo.ui.spanish import local_day, short_date
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.choices import StageState
from cabildo.workflow.processes.models import ProcessRun, StageRun

MOST_DATES = 6  # what comes next, at a glance


@dataclass(frozen=True)
class StageLine:
    """A stage of the cycle: how it stands, its days, its pages, and what is missing when it is the one under way."""

    stage: StageRun
    mark: str
    days: str
    late_days: int
    pages: Sequence[tuple[StagePage, str]]
    missing: Sequence[parts.Missing]

    @property
    def url(self) -> str:
        return self.pages[0][1] if self.pages else ""

    @property
    def other_pages(self) -> Sequence[tuple[StagePage, str]]:
        return self.pages[1:]


@dataclass(frozen=True)
class NextDate:
    """Something that comes on a day."""

    on: date
    what: str
    url: str
    is_late: bool = False


def stage_lines(cycle: Cycle, run: ProcessRun, today: date, calendar: Calendar) -> list[StageLine]:
    """Every stage of the run, after those closed in a process left for it; what is missing, of the one under way."""
    found = processes.stages_of(run)
    now = processes.current_stage(found) if run.is_open else None
    every = [*stages_before(cycle, run), *found]
    return [_line(cycle, stage, stage is now, today, calendar) for stage in every]


def _line(cycle: Cycle, stage: StageRun, is_now: bool, today: date, calendar: Calendar) -> StageLine:
    due_on = stage.expected_ends_on if stage.is_open else stage.expected_starts_on
    missing = processes.missing_of(stage) if is_now and stage.is_open else []
    return StageLine(
        stage=stage,
        mark="done" if stage.state == StageState.CLOSED else "current" if is_now else "pending",
        days=_days(stage),
        late_days=max(0, calendar.count_between(due_on, today)) if is_now and due_on < today else 0,
        pages=[(page, page.url(cycle)) for page in stages.pages(stage.code)],
        missing=list(dict.fromkeys(parts.Missing(item.what, item.url) for item in missing)),
    )


def _days(stage: StageRun) -> str:
    """The days it took, or those planned for it last."""
    if stage.state == StageState.CLOSED and stage.started_on and stage.ended_on:
        return f"{short_date(stage.started_on)} – {short_date(stage.ended_on)}"
    words = {"since": short_date(stage.started_on or stage.expected_starts_on), "until": short_date(stage.due_on)}
    return _("%(since)s – %(until)s, según lo planificado") % words


def leaders(cycle: Cycle, formation: asked.Formation, decision: LineDecision | None) -> list[Fact]:
    """Who conducts the cycle, the chair of the committee and the counterparts in force; and along which line."""
    named = ", ".join(str(one.user) for one in formation.counterparts)
    return [
        Fact(_("Encabeza"), formation.chair or _("la alcaldía, cuando se nombre el comité")),
        Fact(_("Contrapartes técnicas"), named or _("sin designar")),
        Fact(_("Línea"), line_words(cycle, decision)),
    ]


def without_holder(run: ProcessRun) -> str:
    """How many roles that owe something now nobody holds, and which; empty when all have somebody. Two queries."""
    found = processes.roles_without_holder(run)
    words = ngettext("%(count)s rol sin persona: %(roles)s", "%(count)s roles sin persona: %(roles)s", len(found))
    return words % {"count": len(found), "roles": ", ".join(role.label for role in found)} if found else ""


def next_dates(cycle: Cycle, run: ProcessRun, today: date) -> list[NextDate]:
    """The tasks under way by their day, the launch and the reviews to come: the first of them."""
    owed = processes.open_tasks().filter(stage__run=run)[:MOST_DATES]
    found = [_task(one.due_on, one.label, one.pk, today) for one in owed]
    launch = asked.launch_of(cycle)
    if launch is not None and not launch.was_held:
        page = reverse("meetings:detail", args=[launch.meeting.pk])
        day = local_day(launch.meeting.planned_start_at)
        found.append(NextDate(day, _("Lanzamiento del programa"), page, day < today))
    found += _reviews(cycle, today) if cycle.closed_on is None else []
    return sorted(found, key=lambda one: (one.on, one.what))[:MOST_DATES]


def _task(due_on: date, label: str, pk: int, today: date) -> NextDate:
    return NextDate(due_on, label, reverse("processes:task", args=[pk]), due_on < today)


def _reviews(cycle: Cycle, today: date) -> list[NextDate]:
    page = reverse("quality:committee", args=[cycle.number]) + "#seguimiento"
    return [
        NextDate(next_review(one.starts_on, one.every, today), _("Revisión: %s") % one.what, page)
        for one in asked.follow_ups_of(cycle, Scope.STAGES)
    ]
