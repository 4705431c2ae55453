"""How municipalities, departments, roles and substitutions come to be and change."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts import hooks, links, queries
from cabildo.accounts.access import managing_roles, roles, roles_with
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.errors import AccountsError
from cabildo.accounts.models import (
    Agency,
    AgencyMembership,
    Arms,
    Department,
    Membership,
    Municipality,
    Preference,
    Substitution,
    User,
)
from cabildo.accounts.roles import agency_roles, outside_roles
from cabildo.accounts.runs import run_index
from cabildo.accounts.scoping import current_municipality, is_in_one_municipality
from cabildo.db.locking import lock_rows


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
    """Give a role from a date on, in a department or in the whole municipality.

    AccountsError unknown_role, department_needed; role_from_outside and role_of_agency: those are not hers to give.
    """
    known = roles().get(role)
    if known is None:
        raise AccountsError("unknown_role", role=role)
    if known.is_outside:
        raise AccountsError("role_from_outside", role=known.name)
    if known.in_agency:
        raise AccountsError("role_of_agency", role=known.name)
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
    """The role is held until that day, included; the past stays on record. AccountsError role_from_outside."""
    if membership.role in outside_roles():
        raise AccountsError("role_from_outside", role=roles()[membership.role].name)
    if on_date < membership.starts_on:
        raise AccountsError("ends_before_start")
    if queries.is_last_holder(membership, managing_roles()):
        raise AccountsError("last_administrator", user=str(membership.user))
    membership.ends_on = on_date
    membership.save(update_fields=["ends_on"])
    audit.record("membership.ended", on=membership, by=by, data={"user": membership.user_id, "role": membership.role})


@transaction.atomic
def assign_from_outside(*, user: User, role: str, starts_on: date, by: User | audit.Actor) -> Membership:
    """A programme sends somebody into the present municipality, with a role that only it gives; twice changes nothing.

    Called by what assigns (a professional, a validator, a consultant), never by a page of people. AccountsError
    unknown_role, role_held_at_home.
    """
    known = roles().get(role)
    if known is None or not known.is_outside:
        raise AccountsError("role_held_at_home" if known else "unknown_role", role=known.name if known else role)
    user.__dict__.pop("_active_roles", None)
    lasting = queries.open_memberships(user, starts_on).filter(role=role).first()
    if lasting is not None and lasting.starts_on <= starts_on:
        return lasting
    membership, _created = Membership.objects.update_or_create(
        municipality=current_municipality(),
        user=user,
        role=role,
        department=None,
        starts_on=starts_on,
        defaults={"ends_on": None},
    )
    audit.record("membership.assigned", on=membership, by=by, data={"user": user.pk, "role": role})
    return membership


@transaction.atomic
def withdraw_from_outside(*, user: User, role: str, on_date: date, by: User | audit.Actor) -> None:
    """The assignment ends: that day is the last; one that had not begun is as if it never was."""
    for membership in queries.open_memberships(user, on_date).filter(role=role, role__in=outside_roles()):
        audit.record("membership.withdrawn", on=membership, by=by, data={"user": user.pk, "role": role})
        if membership.starts_on > on_date:
            membership.delete()
        else:
            membership.ends_on = on_date
            membership.save(update_fields=["ends_on"])
    user.__dict__.pop("_active_roles", None)


@transaction.atomic
def create_agency(*, slug: str, name: str, by: User | audit.Actor, **more: Any) -> Agency:
    """An organisation with a desk of its own, at /a/<slug>/. AccountsError agency_slug_taken; ValidationError."""
    if Agency.objects.filter(slug=slug).exists():
        raise AccountsError("agency_slug_taken", slug=slug)
    agency = Agency(slug=slug, name=name, **more)
    agency.full_clean()
    agency.save()
    audit.record("agency.created", on=agency, by=by)
    return agency


@transaction.atomic
def grant_agency_role(
    agency: Agency, *, user: User, role: str, starts_on: date, by: User | audit.Actor
) -> AgencyMembership:
    """Give a role in an agency from a date on. AccountsError unknown_role, role_of_municipality."""
    known = roles().get(role)
    if known is None:
        raise AccountsError("unknown_role", role=role)
    if role not in agency_roles():
        raise AccountsError("role_of_municipality", role=known.name)
    membership, created = AgencyMembership.objects.get_or_create(
        agency=agency, user=user, role=role, starts_on=starts_on
    )
    if not created and membership.ends_on is not None:
        membership.ends_on = None
        membership.save(update_fields=["ends_on"])
    audit.record("agency_membership.granted", on=membership, by=by, data={"agency": agency.pk, "role": role})
    user.__dict__.pop("_agency_roles", None)
    return membership


@transaction.atomic
def end_agency_membership(membership: AgencyMembership, *, on_date: date, by: User | audit.Actor) -> None:
    """The role is held until that day, included. AccountsError ends_before_start, last_agency_administrator."""
    lock_rows(Agency.objects.filter(pk=membership.agency_id)).get()
    if on_date < membership.starts_on:
        raise AccountsError("ends_before_start")
    managing = roles_with(AccountsPermission.MANAGE_AGENCY_PEOPLE)
    others = queries.people_of_agency(membership.agency, managing).exclude(pk=membership.user_id)
    if membership.role in managing and not others.exists():
        raise AccountsError("last_agency_administrator", user=str(membership.user))
    membership.ends_on = on_date
    membership.save(update_fields=["ends_on"])
    audit.record("agency_membership.ended", on=membership, by=by, data={"agency": membership.agency_id})


@transaction.atomic
def substitute(
    *, absent: User, substitute: User, reason: str, starts_on: date, ends_on: date, by: User, act: str = ""
) -> Substitution:
    """Someone stands in for an absent person between two dates, both included."""
    if absent == substitute:
        raise AccountsError("substitute_is_absent")
    if ends_on < starts_on:
        raise AccountsError("ends_before_start")
    if ends_on < timezone.localdate():
        raise AccountsError("substitution_over")
    if queries.substitutions_between(absent, starts_on, ends_on).exists():
        raise AccountsError("overlapping_substitution", absent=str(absent))
    _check_chain(absent, substitute, starts_on, ends_on)
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


def _check_chain(absent: User, substitute: User, starts_on: date, ends_on: date) -> None:
    """Work goes over once: who stands in is here those days, and who leaves them stands in for nobody."""
    away = queries.substitutions_between(substitute, starts_on, ends_on).first()
    if away is not None:
        raise AccountsError("substitute_away", substitute=str(substitute), **_dates(away))
    stood_in = queries.stood_in_between(absent, starts_on, ends_on).first()
    if stood_in is not None:
        raise AccountsError("absent_stands_in", absent=str(absent), other=str(stood_in.absent), **_dates(stood_in))


def _dates(substitution: Substitution) -> dict[str, str]:
    return {"since": f"{substitution.starts_on:%d-%m-%Y}", "until": f"{substitution.ends_on:%d-%m-%Y}"}


def keep_preference(*, user: User, key: str, value: dict) -> None:
    """Remember what a person chose; no audit entry, it is theirs."""
    Preference.objects.update_or_create(
        municipality=current_municipality(), user=user, key=key, defaults={"value": value}
    )


@transaction.atomic
def save_official(*, email: str, full_name: str, by: User | audit.Actor) -> tuple[User, bool]:
    """The account of this address, made if there is none; True when it was made. A known name is not overwritten."""
    address = _address(email)
    user = User.objects.filter(email=address).first()
    if user is not None:
        return user, False
    user = User.objects.create_user(email=address, full_name=full_name.strip())
    audit.record("user.created", on=user, by=by, municipality_id=_here())
    return user, True


def _here() -> int | None:
    """The municipality whose record this belongs to; None, the installation's, in an agency."""
    return current_municipality().pk if is_in_one_municipality() else None


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise AccountsError("bad_address", address=email) from None
    return address


@transaction.atomic
def invite_user(user: User, *, by: User | audit.Actor, agency: Agency | None = None) -> None:
    """Write to somebody how to enter, here or in an agency: choosing a password, or with the one they have."""
    if not user.reads_mail:
        raise AccountsError("no_mailbox", user=str(user))
    user.invited_at = timezone.now()
    user.save(update_fields=["invited_at"])
    hooks.deliver("accounts.invitation", user.email, invitation(user, agency))
    audit.record("user.invited", on=user, by=by, municipality_id=_here())


def invitation(user: User, agency: Agency | None = None) -> dict[str, Any]:
    """What the mail of an invitation says: who, by which link, for how many days, and when it was asked for."""
    context = {
        "user": user,
        "url": links.entrance_url(user, agency),
        "is_new": not user.has_usable_password(),
        "days": links.INVITATION_DAYS,
        "at": user.invited_at,
    }
    return context if agency is None else {**context, "agency": agency}


@transaction.atomic
def choose_password(user: User, *, password: str) -> None:
    """Who was invited sets a password; the link that led here stops working."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("user.password_chosen", on=user, by=user, municipality_id=_here())


@transaction.atomic
def deactivate_user(user: User, *, on_date: date, by: User) -> None:
    """End every role that the municipality gave; the account closes only when nobody else needs it."""
    if user == by:
        raise AccountsError("not_yourself")
    for membership in queries.open_memberships(user, on_date).exclude(role__in=outside_roles()):
        if membership.starts_on > on_date:
            membership.delete()
        else:
            end_membership(membership, on_date=on_date, by=by)
    elsewhere = queries.home_municipalities(user).exclude(pk=current_municipality().pk)
    sent_here = queries.from_outside(on_date).filter(user=user)
    if not (elsewhere.exists() or sent_here.exists() or queries.home_agencies(user).exists()):
        user.is_active = False
        user.save(update_fields=["is_active"])
    audit.record("user.deactivated", on=user, by=by, municipality_id=current_municipality().pk)


@transaction.atomic
def reactivate_user(user: User, *, by: User) -> None:
    """The account opens again; roles are granted anew."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("user.reactivated", on=user, by=by, municipality_id=current_municipality().pk)


@transaction.atomic
def link_run(user: User, *, run_index: str, by: User | audit.Actor) -> None:
    """From now on this person may enter with ClaveÚnica; `run_index` is the blind index of their RUN."""
    if User.objects.filter(run_index=run_index).exclude(pk=user.pk).exists():
        raise AccountsError("run_taken")
    user.run_index = run_index
    user.save(update_fields=["run_index"])
    audit.record("user.run_linked", on=user, by=by)


@transaction.atomic
def declare_run(user: User, *, run: str, by: User) -> None:
    """Say whose account this is, so that all of a person's accounts are known as theirs; empty takes it back.

    It opens no door: only who proves a RUN with ClaveÚnica enters with it. `run` is in normal form. AccountsError
    `run_declared_elsewhere`: a person may work for two municipalities, and what one wrote down is not the other's.
    """
    here = current_municipality()
    user.refresh_from_db(from_queryset=lock_rows(User.objects.all()))
    if user.declared_run_index and user.declared_in_id != here.pk:
        raise AccountsError("run_declared_elsewhere", user=str(user))
    user.declared_run = run or None
    user.declared_run_index = run_index(run) if run else None
    user.declared_in = here if run else None
    user.save(update_fields=["declared_run", "declared_run_index", "declared_in"])
    act = "user.run_declared" if run else "user.run_forgotten"
    audit.record(act, on=user, by=by, municipality_id=here.pk)


@transaction.atomic
def end_substitution(substitution: Substitution, *, on_date: date, by: User) -> None:
    """The absent person is back after that day; one that had not begun is as if it never was."""
    audit.record("substitution.ended", on=substitution, by=by, data={"ends_on": on_date.isoformat()})
    if on_date < substitution.starts_on:
        substitution.delete()
        return
    substitution.ends_on = min(on_date, substitution.ends_on)
    substitution.save(update_fields=["ends_on"])


@transaction.atomic
def set_arms(municipality: Municipality, *, png: bytes, by: User | audit.Actor) -> None:
    """Keep the coat of arms; `png` comes out of our own encoder, never straight from a person."""
    Arms.objects.update_or_create(municipality=municipality, defaults={"png": png})
    municipality.arms_sha256 = hashlib.sha256(png).hexdigest()
    municipality.save(update_fields=["arms_sha256"])
    audit.record("municipality.arms_changed", on=municipality, by=by, municipality_id=municipality.pk)


@transaction.atomic
def remove_arms(municipality: Municipality, *, by: User) -> None:
    Arms.objects.filter(municipality=municipality).delete()
    municipality.arms_sha256 = ""
    municipality.save(update_fields=["arms_sha256"])
    audit.record("municipality.arms_removed", on=municipality, by=by, municipality_id=municipality.pk)


@transaction.atomic
def open_to_public(municipality: Municipality, *, missing: Sequence[str], by: User | audit.Actor) -> None:
    """Let neighbours in, once nothing is missing; what is, comes in words from the guided set-up."""
    if missing:
        raise AccountsError("not_ready", missing="; ".join(missing))
    if municipality.opened_at is None:
        municipality.opened_at = timezone.now()
        municipality.save(update_fields=["opened_at"])
        audit.record("municipality.opened", on=municipality, by=by, municipality_id=municipality.pk)


@transaction.atomic
def close_to_public(municipality: Municipality, *, by: User | audit.Actor) -> None:
    """Neighbours see that it is closed for now; officials keep working."""
    municipality.opened_at = None
    municipality.save(update_fields=["opened_at"])
    audit.record("municipality.closed", on=municipality, by=by, municipality_id=municipality.pk)
