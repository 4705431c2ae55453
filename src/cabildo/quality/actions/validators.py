"""How does somebody enter the register of validators, get sent to a cycle, declare, and stop?"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.actions import assign_from_outside, withdraw_from_outside
from cabildo.accounts.models import Agency, User
from cabildo.db.locking import lock_rows
from cabildo.db.revised import first_revision, write
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, Validator, ValidatorAssignment
from cabildo.quality.queries import validators as queries
from cabildo.quality.queries.consultancy import is_consultant

type By = User | audit.Actor


@transaction.atomic
def register_validator(agency: Agency, *, user: User, today: date, by: By, **values: Any) -> Validator:
    """Put a trained person in the register; a consultant never is.

    QualityError validator_registered, validator_dates, validator_is_consultant, in_future.
    """
    lock_rows(Agency.objects.filter(pk=agency.pk)).get()
    _must_be_dated(today, values["trained_on"], values["valid_until"])
    if Validator.objects.filter(agency=agency, user=user).exists():
        raise QualityError("validator_registered")
    lock_rows(User.objects.filter(pk=user.pk)).get()
    if is_consultant(user):
        raise QualityError("validator_is_consultant", name=str(user))
    validator = Validator.objects.create(agency=agency, **first_revision({"user": user, **values}))
    audit.record("validator.registered", on=validator, by=by, data={"agency": agency.pk, "user": user.pk})
    return validator


@transaction.atomic
def change_validator(validator: Validator, *, revision: int, today: date, by: By, **wanted: Any) -> Validator:
    """Renew the training, correct the employer. QualityError validator_dates, in_future; StaleError."""
    validator = lock_rows(Validator.objects.filter(pk=validator.pk)).get()
    dates = {name: wanted.get(name, getattr(validator, name)) for name in ("trained_on", "valid_until")}
    _must_be_dated(today, **dates)
    changed = sorted(write(validator, wanted, revision=revision))
    audit.record("validator.changed", on=validator, by=by, data={"fields": changed})
    return validator


def _must_be_dated(today: date, trained_on: date, valid_until: date) -> None:
    must_have_come(today, trained_on=trained_on)
    if valid_until < trained_on:
        raise QualityError("validator_dates")


@transaction.atomic
def assign(
    cycle: Cycle, *, validator: Validator, today: date, by: By, replaces: ValidatorAssignment | None = None
) -> ValidatorAssignment:
    """Send a validator of the register to the cycle, for its self-assessment and its plan; they declare first.

    QualityError cycle_closed, validator_out_of_date, validator_not_of_body, validator_of_municipality,
    validator_of_consultancy, validator_assigned; validators_settled once they agreed their marks, where it is nobody's
    replacement.
    """
    cycle = hold_open(cycle.pk)
    if replaces is None and not queries.takes_another(cycle):
        raise QualityError("validators_settled")
    code = queries.why_not(validator, cycle, today)
    if code:
        raise QualityError(code, name=str(validator), until=validator.valid_until)
    assign_from_outside(user=validator.user, role=queries.ROLE, starts_on=today, by=by)
    assignment: ValidatorAssignment = ValidatorAssignment.objects.create(
        municipality_id=cycle.municipality_id,
        cycle=cycle,
        validator=validator,
        assigned_on=today,
        assigned_by=by if isinstance(by, User) else None,
        replaces=replaces,
    )
    audit.record("validator.assigned", on=assignment, by=by, data={"cycle": cycle.pk, "validator": validator.pk})
    return assignment


@transaction.atomic
def declare(assignment: ValidatorAssignment, *, has_conflict: bool, declaration: str, by: User) -> ValidatorAssignment:
    """The validator says in writing whether they have a conflict of interest; with one they never act.

    QualityError assignment_ended, not_acting (somebody else's), already_declared, declaration_missing.
    """
    assignment = _held(assignment)
    if assignment.validator.user_id != by.pk:
        raise QualityError("not_acting")
    if assignment.declared_at is not None:
        raise QualityError("already_declared")
    if not declaration.strip():
        raise QualityError("declaration_missing")
    assignment.has_conflict, assignment.declaration = has_conflict, declaration.strip()
    assignment.declared_at = timezone.now()
    assignment.save(update_fields=["has_conflict", "declaration", "declared_at"])
    audit.record("validator.declared", on=assignment, by=by, data={"has_conflict": has_conflict})
    return assignment


@transaction.atomic
def end_assignment(assignment: ValidatorAssignment, *, on: date, reason: str, today: date, by: By) -> None:
    """The validating body takes a validator off a cycle, by conflict or force majeure, in writing.

    QualityError assignment_ended, force_majeure_missing, in_future, ends_before_assigned.
    """
    assignment = _held(assignment)
    must_have_come(today, on=on)
    if not reason.strip():
        raise QualityError("force_majeure_missing")
    if on < assignment.assigned_on:
        raise QualityError("ends_before_assigned", assigned_on=assignment.assigned_on)
    _end(assignment, on, reason.strip(), by)
    audit.record("validator.ended", on=assignment, by=by, data={"cycle": assignment.cycle_id})


def _end(assignment: ValidatorAssignment, on: date, reason: str, by: By) -> None:
    assignment.ended_on, assignment.end_reason = on, reason
    assignment.ended_by = by if isinstance(by, User) else None
    assignment.save(update_fields=["ended_on", "end_reason", "ended_by"])
    if not ValidatorAssignment.objects.filter(validator__user=assignment.validator.user, ended_on=None).exists():
        withdraw_from_outside(user=assignment.validator.user, role=queries.ROLE, on_date=on, by=by)


@transaction.atomic
def replace(
    assignment: ValidatorAssignment, *, validator: Validator, reason: str, today: date, by: By
) -> ValidatorAssignment:
    """Another validator takes over by force majeure; the reports say who, whom and why. As `assign` and `end`."""
    end_assignment(assignment, on=today, reason=reason, today=today, by=by)
    made = assign(assignment.cycle, validator=validator, today=today, by=by, replaces=assignment)
    audit.record("validator.replaced", on=made, by=by, data={"replaces": assignment.pk})
    return made


@transaction.atomic
def release(cycle: Cycle, *, on: date, reason: str, by: By) -> None:
    """The cycle is over: its validators go home, and their role in the municipality ends that day."""
    for assignment in lock_rows(ValidatorAssignment.objects.filter(cycle=cycle, ended_on=None)):
        _end(assignment, on, reason, by)
        audit.record("validator.released", on=assignment, by=by, data={"cycle": cycle.pk})


def _held(assignment: ValidatorAssignment) -> ValidatorAssignment:
    found = lock_rows(ValidatorAssignment.objects.filter(pk=assignment.pk)).select_related("validator__user").get()
    hold_open(found.cycle_id)
    if found.ended_on is not None:
        raise QualityError("assignment_ended")
    return found
