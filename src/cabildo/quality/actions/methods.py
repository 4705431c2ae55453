"""How is it declared who takes part in each stage and how it is run, and how progress is followed?"""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.db.revised import first_revision, refuse_stale, touch, write
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.choices import CONDUCTED
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, FollowUp, InterventionMethod, MethodDepartment

INVOLVED = "departments"


@transaction.atomic
def declare_method(
    cycle: Cycle, stage: str, *, departments: Collection[Department], revision: int, by: User, **wanted: Any
) -> InterventionMethod:
    """Write how a stage is run, as seen at `revision` (0 when nothing was declared); `wanted` are people and how.

    QualityError cycle_closed, stage_without_method, method_departments; StaleError.
    """
    cycle = hold_open(cycle.pk)
    if stage not in CONDUCTED:
        raise QualityError("stage_without_method")
    if not departments:
        raise QualityError("method_departments")
    method = InterventionMethod.objects.filter(cycle=cycle, stage=stage).first()
    if method is None:
        method, changed = _new(cycle, stage, wanted), {*wanted, INVOLVED}
        _involve(method, departments)
    else:
        changed = {*write(method, wanted, revision=revision), *_reinvolve(method, departments, revision)}
    audit.record("method.declared", on=method, by=by, data={"stage": stage, "fields": sorted(changed)})
    return method


def _new(cycle: Cycle, stage: str, wanted: dict[str, Any]) -> InterventionMethod:
    written = first_revision(wanted)
    written["touched"][INVOLVED] = 1
    made: InterventionMethod = InterventionMethod.objects.create(
        municipality_id=cycle.municipality_id, cycle=cycle, stage=stage, **written
    )
    return made


def _reinvolve(method: InterventionMethod, departments: Collection[Department], revision: int) -> dict[str, Any]:
    """Write which departments take part; what moved, as the rows that several people edit tell it."""
    wanted = {department.pk for department in departments}
    if wanted == set(method.involved.values_list("department_id", flat=True)):
        return {}
    moved = {INVOLVED: sorted(wanted)}
    refuse_stale(method, moved, revision, names={INVOLVED: "direcciones que participan"})
    _involve(method, departments)
    touch(method, moved)
    method.save(update_fields=["revision", "touched"])
    return moved


def _involve(method: InterventionMethod, departments: Collection[Department]) -> None:
    method.involved.exclude(department__in=departments).delete()
    before = set(method.involved.values_list("department_id", flat=True))
    MethodDepartment.objects.bulk_create(
        MethodDepartment(municipality_id=method.municipality_id, method=method, department=department)
        for department in departments
        if department.pk not in before
    )


@transaction.atomic
def declare_follow_up(cycle: Cycle, *, scope: str, by: User, **values: Any) -> FollowUp:
    """Declare a review that comes again: what, reviewer, every, starts_on, when_late. QualityError cycle_closed."""
    cycle = hold_open(cycle.pk)
    written = first_revision({"scope": scope, **values})
    follow_up: FollowUp = FollowUp.objects.create(municipality_id=cycle.municipality_id, cycle=cycle, **written)
    audit.record("follow_up.declared", on=follow_up, by=by, data={"scope": scope})
    return follow_up


@transaction.atomic
def change_follow_up(follow_up: FollowUp, *, revision: int, by: User, **wanted: Any) -> FollowUp:
    """Write it as seen at `revision`. QualityError cycle_closed; StaleError."""
    hold_open(follow_up.cycle_id)
    follow_up = FollowUp.objects.get(pk=follow_up.pk)
    changed = sorted(write(follow_up, wanted, revision=revision))
    audit.record("follow_up.changed", on=follow_up, by=by, data={"fields": changed})
    return follow_up


@transaction.atomic
def remove_follow_up(follow_up: FollowUp, *, by: User) -> None:
    """Take out a review that is no longer made. QualityError cycle_closed."""
    hold_open(follow_up.cycle_id)
    FollowUp.objects.filter(pk=follow_up.pk).delete()
    audit.record("follow_up.removed", on=follow_up, by=by, data={"scope": follow_up.scope})
