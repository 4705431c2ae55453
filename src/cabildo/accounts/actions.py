"""How municipalities, departments, roles and substitutions come to be and change."""

from datetime import date
from typing import Any

from django.db import transaction

from cabildo import audit
from cabildo.accounts.access import roles
from cabildo.accounts.errors import AccountsError
from cabildo.accounts.models import Department, Membership, Municipality, Preference, Substitution, User
from cabildo.accounts.scoping import current_municipality


@transaction.atomic
def create_municipality(*, slug: str, name: str, by: User | audit.Actor, **more: Any) -> Municipality:
    """Create a tenant, closed to the public until its set-up says nothing is missing."""
    if Municipality.objects.filter(slug=slug).exists():
        raise AccountsError("slug_taken", slug=slug)
    municipality = Municipality(slug=slug, name=name, **more)
    municipality.full_clean()
    municipality.save()
    audit.record("municipality.created", on=municipality, by=by, municipality_id=municipality.pk)
    return municipality


@transaction.atomic
def update_municipality(municipality: Municipality, *, by: User, **changes: Any) -> Municipality:
    """Change name, hue, commune or notice; the record names the fields, not their values."""
    for field, value in changes.items():
        setattr(municipality, field, value)
    municipality.full_clean()
    municipality.save(update_fields=list(changes))
    audit.record(
        "municipality.updated", on=municipality, by=by, municipality_id=municipality.pk, data={"fields": list(changes)}
    )
    return municipality


@transaction.atomic
def save_department(*, code: str, name: str, by: User | audit.Actor, **more: Any) -> Department:
    """Create the department with this code in the present municipality, or change it."""
    department, created = Department.objects.update_or_create(
        code=code, municipality=current_municipality(), defaults={"name": name, **more}
    )
    audit.record("department.created" if created else "department.updated", on=department, by=by)
    return department


@transaction.atomic
def grant_role(
    *, user: User, role: str, by: User | audit.Actor, starts_on: date, department: Department | None = None, **more: Any
) -> Membership:
    """Give a role from a date on, in a department or in the whole municipality."""
    known = roles().get(role)
    if known is None:
        raise AccountsError("unknown_role", role=role)
    if known.in_department and department is None:
        raise AccountsError("department_needed", role=known.name)
    membership, created = Membership.objects.get_or_create(
        municipality=current_municipality(),
        user=user,
        role=role,
        department=department if known.in_department else None,
        starts_on=starts_on,
        defaults=more,
    )
    if created:
        audit.record("membership.granted", on=membership, by=by, data={"user": user.pk, "role": role})
    user.__dict__.pop("_active_roles", None)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, on_date: date, by: User) -> None:
    """The role is held until that day, included; the past stays on record."""
    if on_date < membership.starts_on:
        raise AccountsError("ends_before_start")
    membership.ends_on = on_date
    membership.save(update_fields=["ends_on"])
    audit.record("membership.ended", on=membership, by=by, data={"user": membership.user_id, "role": membership.role})


@transaction.atomic
def substitute(
    *, absent: User, substitute: User, reason: str, starts_on: date, ends_on: date, by: User, act: str = ""
) -> Substitution:
    """Someone stands in for an absent person between two dates, both included."""
    if absent == substitute:
        raise AccountsError("substitute_is_absent")
    if ends_on < starts_on:
        raise AccountsError("ends_before_start")
    substitution = Substitution.objects.create(
        municipality=current_municipality(),
        absent=absent,
        substitute=substitute,
        reason=reason,
        act=act,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    audit.record(
        "substitution.created", on=substitution, by=by, data={"absent": absent.pk, "substitute": substitute.pk}
    )
    return substitution


def keep_preference(*, user: User, key: str, value: dict) -> None:
    """Remember what a person chose; no audit entry, it is theirs."""
    Preference.objects.update_or_create(
        municipality=current_municipality(), user=user, key=key, defaults={"value": value}
    )
