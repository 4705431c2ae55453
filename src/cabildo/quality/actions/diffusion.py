"""Stage 7: the validated plan told to several departments in one meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.db.revised import StaleError, first_revision, write
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, DiffusionReach


@dataclass(frozen=True)
class ReachOf:
    """How many people of a department were told, as seen at `revision` (0: nothing noted)."""

    department: Department
    revision: int
    staff: int
    reached: int


@transaction.atomic
def save_reaches(cycle: Cycle, told: Sequence[ReachOf], *, how: str, on: date, today: date, by: User) -> int:
    """Several departments, told in the same way on the same day: all of them, or none. How many they were.

    QualityError cycle_closed, in_future, nobody_noted, more_than_staff, and reach_known of one that somebody else noted
    since it was seen; the fact `field` of the last two says which.
    """
    cycle = hold_open(cycle.pk)
    must_have_come(today, on=on)
    if not told:
        raise QualityError("nobody_noted")
    departments = [one.department for one in told]
    held = {one.department_id: one for one in DiffusionReach.objects.filter(cycle=cycle, department__in=departments)}
    fresh = [_put(cycle, one, held.get(one.department.pk), {"how": how, "on": on}) for one in told]
    DiffusionReach.objects.bulk_create([row for row in fresh if row is not None])
    data = {"departments": sorted(one.pk for one in departments)}
    audit.record("diffusion_reach.saved_many", on=cycle, by=by, data=data)
    return len(told)


def _put(cycle: Cycle, one: ReachOf, held: DiffusionReach | None, meeting: dict[str, Any]) -> DiffusionReach | None:
    """The row to be made; None when it was there, and is written."""
    field = f"reached_{one.department.code}"
    if one.reached > one.staff:
        raise QualityError("more_than_staff", staff=one.staff, field=field)
    wanted = {"staff": one.staff, "reached": one.reached, **meeting}
    if held is None:
        kept = {"municipality_id": cycle.municipality_id, "cycle": cycle, "department": one.department}
        return DiffusionReach(**kept, **first_revision(wanted))
    try:
        write(held, wanted, revision=one.revision)
    except StaleError as stale:
        raise QualityError("reach_known", department=one.department, field=field) from stale
    return None
