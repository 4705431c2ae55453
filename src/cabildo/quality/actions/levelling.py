"""What a municipality below the threshold does before it repeats the diagnosis, in the same stage of the same cycle."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.content.models import PackVersion
from cabildo.db.revised import first_revision, write
from cabildo.instruments import actions as instruments
from cabildo.quality import queries
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.choices import Line
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, LevellingActivity


@transaction.atomic
def plan_activity(cycle: Cycle, *, by: User, **values: Any) -> LevellingActivity:
    """Plan one: what, when, who gives it. QualityError not_levelling, cycle_closed."""
    held = _levelling(cycle.pk)
    planned: LevellingActivity = LevellingActivity.objects.create(
        municipality_id=held.municipality_id, cycle=held, diagnosis_id=held.diagnosis_id, **first_revision(values)
    )
    audit.record("levelling.planned", on=planned, by=by)
    return planned


@transaction.atomic
def change_activity(activity: LevellingActivity, *, revision: int, by: User, **wanted: Any) -> LevellingActivity:
    """Write one as seen at `revision`. QualityError levelling_done, not_levelling, cycle_closed; StaleError."""
    held = _undone(activity)
    changed = sorted(write(held, wanted, revision=revision))
    audit.record("levelling.changed", on=held, by=by, data={"fields": changed})
    return held


@transaction.atomic
def remove_activity(activity: LevellingActivity, *, by: User) -> None:
    """Take out one that was not done. QualityError levelling_done, not_levelling, cycle_closed."""
    held = _undone(activity)
    audit.record("levelling.removed", on=held, by=by)
    LevellingActivity.objects.filter(pk=held.pk).delete()


@transaction.atomic
def finish_activity(
    activity: LevellingActivity, *, done_on: date, attendance: str, today: date, by: User
) -> LevellingActivity:
    """It was held, and who came. QualityError attendance_missing, in_future, levelling_done, not_levelling."""
    held = _undone(activity)
    must_have_come(today, done_on=done_on)
    if not attendance.strip():
        raise QualityError("attendance_missing")
    held.done_on, held.attendance = done_on, attendance.strip()
    held.revision += 1
    held.save(update_fields=["done_on", "attendance", "revision"])
    audit.record("levelling.finished", on=held, by=by, data={"on": done_on.isoformat()})
    return held


@transaction.atomic
def repeat_diagnosis(cycle: Cycle, *, by: User) -> Cycle:
    """Open a new diagnosis in the cycle, on the questionnaire now in use; the one before stays as it was answered.

    QualityError not_levelling, levelling_pending, no_questionnaire, cycle_closed.
    """
    held = _levelling(cycle.pk)
    activities = queries.levelling_of(held)
    if not activities or any(one.done_on is None for one in activities):
        raise QualityError("levelling_pending")
    adopted = queries.questionnaire_in_use()
    if adopted is None:
        raise QualityError("no_questionnaire")
    held.diagnosis = instruments.open_assessment(
        version=PackVersion.objects.get(pk=adopted.version_id),
        title=_("Diagnóstico del ciclo %s, después de la nivelación") % held.number,
        on=held,
        by=by,
        previous=held.diagnosis,
    )
    held.band = held.proposed_line = ""
    held.save(update_fields=["diagnosis", "band", "proposed_line"])
    audit.record("diagnosis.repeated", on=held, by=by)
    return held


def _levelling(cycle_id: int) -> Cycle:
    """The cycle, held, while its line in force is levelling."""
    held = hold_open(cycle_id)
    decision = queries.standing_decision(held)
    if decision is None or decision.line != Line.LEVELLING:
        raise QualityError("not_levelling")
    return held


def _undone(activity: LevellingActivity) -> LevellingActivity:
    _levelling(activity.cycle_id)
    now: LevellingActivity = LevellingActivity.objects.get(pk=activity.pk)
    if now.done_on is not None:
        raise QualityError("levelling_done")
    return now
