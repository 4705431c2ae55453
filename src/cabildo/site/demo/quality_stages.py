"""How a stage of the process goes by: it begins, its tasks are done one by one, and it closes with its gates."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.meetings.actions import minutes, signing
from cabildo.meetings.choices import SigningMethod
from cabildo.meetings.models import Meeting
from cabildo.meetings.queries.signing import acta_in_force, present, still_to_sign
from cabildo.quality import queries
from cabildo.quality.models import Cycle
from cabildo.site.demo import clock
from cabildo.site.demo.people import official
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.actions import stages
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.actions.tasks import assign_role, finish_task
from cabildo.workflow.processes.choices import OPEN_TASKS
from cabildo.workflow.processes.models import StageRun, TaskRun

HOLDERS = {
    "alcaldia": "alcaldia",
    "contrapartes": "calidad",
    "comite": "comite",
    "profesional_programa": "profesional",
    "consultor": "consultora",
    "validador": "valida1",
}
TALKED = "Se revisó lo preparado y el comité estuvo de acuerdo."


def stage_of(cycle: Cycle, code: str) -> StageRun:
    run = queries.run_of(cycle)
    if run is None:
        raise LookupError(cycle)
    return next(stage for stage in processes.stages_of(run) if stage.code == code)


def hand_out(cycle: Cycle) -> None:
    """Who holds each role of the process that somebody of the cast holds; a next cycle keeps them."""
    run = queries.run_of(cycle)
    if run is None:
        raise LookupError(cycle)
    for role in processes.roles_of(run):
        if role.code in HOLDERS:
            assign_role(role, to=Holder(official(HOLDERS[role.code])), by=official("calidad"))


def begin(cycle: Cycle, code: str, day: date, lead: User) -> None:
    with clock.on(day, hour=9):
        stages.begin_stage(stage_of(cycle, code), by=lead, today=day)


def close(cycle: Cycle, code: str, day: date, lead: User) -> None:
    """Its tasks were done since it began, and nothing is missing: else it is refused, here as anywhere."""
    stage = stage_of(cycle, code)
    do_tasks(stage, stage.started_on or day, day, lead)
    with clock.on(day, hour=17):
        stages.close_stage(stage_of(cycle, code), by=lead, today=day)


def do_tasks(stage: StageRun, since: date, until: date, lead: User) -> None:
    """The tasks that are open, spread over those days in their order.

    Those that a record ends once the one before is done are left as the record dates them.
    """
    waiting = list(TaskRun.objects.filter(stage=stage, state__in=OPEN_TASKS).order_by("position"))
    with clock.on(until, hour=16), transaction.atomic(), audit.gathering():
        for turn, task in enumerate(waiting, start=1):
            ended_on = workday(since + (until - since) * turn / len(waiting))
            if TaskRun.objects.filter(pk=task.pk, state__in=OPEN_TASKS).exists():
                finish_task(task, ended_on=max(since, ended_on), by=lead, today=until)


def workday(day: date) -> date:
    """The day itself, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def sign(meeting: Meeting, lead: User, *, words: str = TALKED) -> None:
    """What is still blank in the minutes is written, the acta is closed, and whoever must sign does."""
    for item in meeting.items.filter(minute=None):
        minutes.write_minute(item, {"text": words}, base=0, by=lead)
    minutes.close_minutes(Meeting.objects.get(pk=meeting.pk), at=timezone.now(), by=lead)
    sign_acta(meeting)


def sign_acta(meeting: Meeting) -> None:
    """Whoever must sign does."""
    acta = acta_in_force(meeting)
    if acta is None:
        raise LookupError(meeting)
    for seat in still_to_sign(acta, present(acta)):
        if seat.user is not None:
            signing.sign(acta, seat, method=SigningMethod.ACCOUNT, by=seat.user)
