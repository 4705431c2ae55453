"""How is a good practice registered, and how does the whole municipality come to read it?"""

from datetime import date
from typing import Any

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.revised import first_revision, write
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, GoodPractice


@transaction.atomic
def register_practice(cycle: Cycle, *, today: date, by: User, **values: Any) -> GoodPractice:
    """Note what works in a department, since when and whom to ask; nobody else reads it yet.

    QualityError cycle_closed, in_future.
    """
    cycle = hold_open(cycle.pk)
    must_have_come(today, since_on=values.get("since_on"))
    written = first_revision(values)
    practice: GoodPractice = GoodPractice.objects.create(municipality_id=cycle.municipality_id, cycle=cycle, **written)
    audit.record("practice.registered", on=practice, by=by, data={"department": practice.department_id})
    return practice


@transaction.atomic
def change_practice(practice: GoodPractice, *, revision: int, today: date, by: User, **wanted: Any) -> GoodPractice:
    """Write it as seen at `revision`, published or not. QualityError cycle_closed, in_future; StaleError."""
    hold_open(practice.cycle_id)
    must_have_come(today, since_on=wanted.get("since_on"))
    practice = GoodPractice.objects.get(pk=practice.pk)
    changed = sorted(write(practice, wanted, revision=revision))
    audit.record("practice.changed", on=practice, by=by, data={"fields": changed})
    return practice


@transaction.atomic
def publish_practice(practice: GoodPractice, *, today: date, by: User) -> GoodPractice:
    """From now on every official of the municipality reads it. QualityError cycle_closed, practice_published."""
    practice = _held(practice)
    if practice.published_on is not None:
        raise QualityError("practice_published")
    return _set(practice, "practice.published", published_on=today, published_by=by, by=by)


@transaction.atomic
def withdraw_practice(practice: GoodPractice, *, by: User) -> GoodPractice:
    """Only who leads the cycle reads it again. QualityError cycle_closed, practice_unpublished."""
    practice = _held(practice)
    if practice.published_on is None:
        raise QualityError("practice_unpublished")
    return _set(practice, "practice.withdrawn", published_on=None, published_by=None, by=by)


@transaction.atomic
def remove_practice(practice: GoodPractice, *, by: User) -> None:
    """Take out one registered by mistake. QualityError cycle_closed, practice_published."""
    practice = _held(practice)
    if practice.published_on is not None:
        raise QualityError("practice_published")
    audit.record("practice.removed", on=practice, by=by, data={"department": practice.department_id})
    GoodPractice.objects.filter(pk=practice.pk).delete()


def _held(practice: GoodPractice) -> GoodPractice:
    hold_open(practice.cycle_id)
    held: GoodPractice = GoodPractice.objects.get(pk=practice.pk)
    return held


def _set(practice: GoodPractice, verb: str, *, by: User, **values: Any) -> GoodPractice:
    for name, value in values.items():
        setattr(practice, name, value)
    practice.save(update_fields=[*values])
    audit.record(verb, on=practice, by=by)
    return practice
