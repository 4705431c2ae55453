"""The dates of a run as an iCalendar feed (RFC 5545), at a secret address of whoever asked for it."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.access import can
from cabildo.accounts.models import User
from cabildo.db.fields import blind
from cabildo.workflow.processes import queries
from cabildo.workflow.processes.choices import ProcessPermission
from cabildo.workflow.processes.models import ProcessRun, RunFeed, StageRun, TaskRun

PURPOSE = "workflow.run_feed"
ONE_DAY = timedelta(days=1)


def feed_of(run: ProcessRun, user: User) -> RunFeed | None:
    """The address in use of this person for this run, if any."""
    return RunFeed.objects.filter(run=run, user=user, revoked_at=None).order_by("-pk").first()


def run_of(token: str) -> ProcessRun | None:
    """Whose dates a secret address shows; None when it is unknown, revoked, or of somebody who may see them no more."""
    found = RunFeed.objects.filter(token_index=blind(PURPOSE, token), revoked_at=None)
    feed = (
        found.select_related("user", "run__municipality", "run__pack_version__pack")
        .defer("run__pack_version__body")
        .first()
    )
    if feed is None or not can(feed.user, ProcessPermission.VIEW, feed.run):
        return None
    return feed.run


@transaction.atomic
def open_feed(run: ProcessRun, *, by: User) -> str:
    """The secret of a new address; the one before stops working. It is shown once and kept only as an index."""
    revoke(run, by=by)
    token = secrets.token_urlsafe(24)
    feed = RunFeed.objects.create(
        municipality_id=run.municipality_id,
        run=run,
        user=by,
        token_index=blind(PURPOSE, token),
        created_at=timezone.now(),
    )
    audit.record("run_feed.opened", on=feed, by=by)
    return token


@transaction.atomic
def revoke(run: ProcessRun, *, by: User) -> None:
    """From now on the address of this person answers nothing."""
    for feed in RunFeed.objects.filter(run=run, user=by, revoked_at=None):
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        audit.record("run_feed.revoked", on=feed, by=by)


def calendar_of(run: ProcessRun, *, now: datetime, place: str) -> bytes:
    """A day event for each stage and task, on the days that hold now; what was done keeps its true days."""
    from icalendar import Calendar

    drawn = Calendar()
    drawn.add("prodid", "-//Cabildo//Procesos//ES")
    drawn.add("version", "2.0")
    drawn.add("x-wr-calname", run.title)
    drawn.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for stage in queries.stages_of(run):
        drawn.add_component(_event(stage, _("Etapa: %s") % stage.label, now, f"etapa-{stage.pk}@{place}"))
        for task in _dated(stage.tasks.all()):
            drawn.add_component(_event(task, _worded(task), now, f"tarea-{task.pk}@{place}"))
    return bytes(drawn.to_ical())


def _dated(tasks: Iterable[TaskRun]) -> list[TaskRun]:
    return [task for task in tasks if task.state != "skipped"]


def _worded(task: TaskRun) -> str:
    return (_("Visita: %s") if task.is_visit else _("Tarea: %s")) % task.label


def _event(row: StageRun | TaskRun, summary: str, now: datetime, uid: str) -> Any:
    """What and when; never who."""
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("sequence", row.revision)
    event.add("summary", summary)
    first, last = _days(row)
    event.add("dtstart", first)
    event.add("dtend", last + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _days(row: StageRun | TaskRun) -> tuple[date, date]:
    first = row.started_on or row.expected_starts_on
    return first, max(first, row.ended_on or row.expected_ends_on)
