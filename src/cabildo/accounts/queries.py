"""Which roles does a person hold today, on their own or standing in for someone?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

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
from cabildo.accounts.roles import outside_roles
from cabildo.accounts.scoping import current_municipality
from cabildo.db.folded import matching


@dataclass(frozen=True)
class ActiveRole:
    """A role in force today. `standing_in_for` is the absent person's id, if any."""

    role: str
    department_id: int | None
    standing_in_for: int | None = None


def in_force(today: date) -> Q:
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def active_roles(user: User, today: date | None = None) -> tuple[ActiveRole, ...]:
    """Roles of this person in the municipality of the scope; one query, kept on the object."""
    today = today or timezone.localdate()
    cache = user.__dict__.setdefault("_active_roles", {})
    key = (current_municipality().pk, today)
    if key not in cache:
        cache[key] = _read_roles(user, today)
    return cache[key]


# Asked by every page of every official: the ORM takes longer to compose it than a database to answer it.
ROLES_IN_FORCE = """
SELECT m.user_id, m.role, m.department_id
FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
WHERE m.municipality_id = %(municipality)s AND u.is_active
  AND m.starts_on <= %(today)s AND (m.ends_on IS NULL OR m.ends_on >= %(today)s)
  AND (m.user_id = %(user)s OR m.user_id IN (
    SELECT s.absent_id FROM accounts_substitution s
    WHERE s.municipality_id = %(municipality)s AND s.substitute_id = %(user)s
      AND s.starts_on <= %(today)s AND (s.ends_on IS NULL OR s.ends_on >= %(today)s)))
ORDER BY m.id
"""


def _read_roles(user: User, today: date) -> tuple[ActiveRole, ...]:
    day = connection.ops.adapt_datefield_value(today)
    asked = {"municipality": current_municipality().pk, "user": user.pk, "today": day}
    with connection.cursor() as cursor:
        cursor.execute(ROLES_IN_FORCE, asked)
        return tuple(
            ActiveRole(role, department_id, None if user_id == user.pk else user_id)
            for user_id, role, department_id in cursor.fetchall()
        )


def department_ids(user: User) -> frozenset[int]:
    """Departments this person works in today, including those of whom they stand in for."""
    return frozenset(role.department_id for role in active_roles(user) if role.department_id)


def same_person(user: User) -> frozenset[int]:
    """The accounts of this person, their own at least: those with the RUN they proved or that is declared of them.

    No query for who has none; one for the others, kept on the object.
    """
    indexes = [index for index in (user.run_index, user.declared_run_index) if index]
    if not indexes:
        return frozenset([user.pk])
    if "_same_person" not in user.__dict__:
        theirs = User.objects.filter(Q(run_index__in=indexes) | Q(declared_run_index__in=indexes))
        user.__dict__["_same_person"] = frozenset([user.pk, *theirs.values_list("pk", flat=True)])
    found: frozenset[int] = user.__dict__["_same_person"]
    return found


def home_municipalities(user: User) -> QuerySet[Municipality]:
    """Municipalities where this person holds a role today: the only question across tenants here."""
    today = timezone.localdate()
    ids = Membership.objects.with_scopes_disabled().filter(in_force(today), user=user).values("municipality_id")
    return Municipality.objects.filter(pk__in=ids).order_by("name")


def members_of(department: Department | None, roles: Iterable[str] = ()) -> QuerySet[User]:
    """Active people of a department today, of these roles or of any; of None, those of the whole municipality."""
    memberships = Membership.objects.filter(in_force(timezone.localdate()), department=department)
    if roles:
        memberships = memberships.filter(role__in=list(roles))
    return User.objects.filter(is_active=True, pk__in=memberships.values("user_id")).order_by("full_name")


def stand_ins(user_ids: Iterable[int], today: date) -> dict[int, int]:
    """Absent person -> who receives their work and alerts today."""
    rows = Substitution.objects.filter(in_force(today), absent_id__in=list(user_ids)).order_by("starts_on", "pk")
    return dict(rows.values_list("absent_id", "substitute_id"))


def preference(user: User, key: str) -> dict:
    value = Preference.objects.filter(user=user, key=key).values_list("value", flat=True).first()
    return value or {}


def acting_for(user: User, department_id: int | None) -> int | None:
    """The absent person for whom this one acts in a department, when only a substitution gives the role."""
    here = [role for role in active_roles(user) if role.department_id in (department_id, None)]
    if not here or any(role.standing_in_for is None for role in here):
        return None
    return here[0].standing_in_for


def open_memberships(user: User, today: date) -> QuerySet[Membership]:
    """Roles of this person here that last beyond a day, begun or not."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    return Membership.objects.filter(lasting, user=user).select_related("department").order_by("starts_on", "pk")


def memberships_of(user: User) -> QuerySet[Membership]:
    """Every role this person has had here, the latest first."""
    return Membership.objects.filter(user=user).select_related("department").order_by("-starts_on", "-pk")


def is_last_holder(membership: Membership, among: Iterable[str]) -> bool:
    """Would nobody hold any of these roles without this one?"""
    wanted = list(among)
    if membership.role not in wanted:
        return False
    today = timezone.localdate()
    others = Membership.objects.filter(in_force(today), role__in=wanted, user__is_active=True)
    return not others.exclude(user_id=membership.user_id).exists()


def officials(*, words: str = "", role: str = "", department: str = "", active: bool | None = None) -> QuerySet[User]:
    """People of the municipality, now or before, that match; each with `held`: the roles in force today.

    Those whom only a programme sends are not of the municipality: `from_outside` has them.
    """
    today = timezone.localdate()
    mine = Membership.objects.exclude(role__in=outside_roles())
    if role or department:
        mine = mine.filter(in_force(today))
    mine = mine.filter(**{k: v for k, v in {"role": role, "department__code": department}.items() if v})
    people = User.objects.filter(pk__in=mine.values("user_id"))
    people = people.filter(matching(words, "full_name", "email"))
    if active is not None:
        people = people.filter(is_active=active)
    held = Membership.objects.filter(in_force(today)).select_related("department").order_by("pk")
    return people.prefetch_related(Prefetch("memberships", queryset=held, to_attr="held"))


def from_outside(today: date) -> QuerySet[Membership]:
    """Who works here for a programme on this day, by name."""
    held = Membership.objects.filter(in_force(today), role__in=outside_roles(), user__is_active=True)
    return held.select_related("user").order_by("user__full_name", "pk")


def roles_in_agency(user: User, agency: Agency) -> frozenset[str]:
    """Roles of this person in an agency today; one query, kept on the object."""
    cache = user.__dict__.setdefault("_agency_roles", {})
    today = timezone.localdate()
    if (agency.pk, today) not in cache:
        held = AgencyMembership.objects.filter(in_force(today), agency=agency, user=user)
        cache[agency.pk, today] = frozenset(held.values_list("role", flat=True))
    found: frozenset[str] = cache[agency.pk, today]
    return found


def home_agencies(user: User) -> QuerySet[Agency]:
    """Agencies in which this person holds a role today, by name."""
    held = AgencyMembership.objects.filter(in_force(timezone.localdate()), user=user)
    return Agency.objects.filter(pk__in=held.values("agency_id")).order_by("name")


def agency_memberships(agency: Agency) -> QuerySet[AgencyMembership]:
    """Who holds or held a role in the agency, by name, the latest first."""
    found = AgencyMembership.objects.filter(agency=agency).select_related("user")
    return found.order_by("user__full_name", "user_id", "-starts_on", "-pk")


def people_of_agency(agency: Agency, roles: Iterable[str]) -> QuerySet[User]:
    """Active people who hold one of these roles in the agency today, by name."""
    held = AgencyMembership.objects.filter(in_force(timezone.localdate()), agency=agency, role__in=list(roles))
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("full_name", "pk")


def departments() -> QuerySet[Department]:
    """All departments by name with `people`: how many work there today."""
    working = Count("memberships__user", filter=_in_force_there(timezone.localdate()), distinct=True)
    return Department.objects.select_related("parent").annotate(people=working).order_by("name")


def departments_without_people() -> QuerySet[Department]:
    """Departments in which nobody holds a role today."""
    staffed = Membership.objects.filter(in_force(timezone.localdate()), user__is_active=True, department__isnull=False)
    return Department.objects.exclude(pk__in=staffed.values("department_id"))


def _in_force_there(today: date) -> Q:
    ends = Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=today)
    return Q(memberships__starts_on__lte=today) & ends & Q(memberships__user__is_active=True)


def substitutions_between(absent: User, starts_on: date, ends_on: date) -> QuerySet[Substitution]:
    return Substitution.objects.filter(absent=absent, starts_on__lte=ends_on, ends_on__gte=starts_on)


def stood_in_between(substitute: User, starts_on: date, ends_on: date) -> QuerySet[Substitution]:
    """For whom this person stands in on any of those days."""
    days = Substitution.objects.filter(substitute=substitute, starts_on__lte=ends_on, ends_on__gte=starts_on)
    return days.select_related("absent").order_by("starts_on", "pk")


def substitutions(*, past: bool, today: date) -> QuerySet[Substitution]:
    """Those over, the latest first; or those in force and to come, the next first."""
    found = Substitution.objects.select_related("absent", "substitute")
    if past:
        return found.filter(ends_on__lt=today).order_by("-ends_on", "-pk")
    return found.filter(ends_on__gte=today).order_by("starts_on", "pk")


def people_here(among: Collection[str] | None = None) -> QuerySet[User]:
    """Active people with a role of the municipality today: who can be chosen. Those a programme sends are left out.

    `among` narrows them to those who hold one of these roles.
    """
    held = Membership.objects.filter(in_force(timezone.localdate())).exclude(role__in=outside_roles())
    if among is not None:
        held = held.filter(role__in=among)
    holders = held.values("user_id")
    return User.objects.filter(is_active=True, pk__in=holders).order_by("full_name", "pk")


def roles_here() -> QuerySet[Membership]:
    """The roles that the same people hold today, with who and where, by name."""
    held = Membership.objects.filter(in_force(timezone.localdate()), user__is_active=True)
    held = held.exclude(role__in=outside_roles()).select_related("user", "department")
    return held.order_by("user__full_name", "user_id", "pk")


def on_duty(roles: Collection[str]) -> QuerySet[User]:
    """Who acts today in these roles of the whole municipality: their holders or, while away, who stands in for them."""
    today = timezone.localdate()
    held = Membership.objects.filter(in_force(today), department=None, role__in=roles, user__is_active=True)
    away = Substitution.objects.filter(in_force(today), absent__in=held.values("user"))
    present = Q(pk__in=held.values("user")) & ~Q(pk__in=away.values("absent"))
    return User.objects.filter(present | Q(pk__in=away.values("substitute")), is_active=True).order_by("pk")


def arms_png(municipality: Municipality) -> bytes | None:
    png = Arms.objects.filter(municipality=municipality).values_list("png", flat=True).first()
    return bytes(png) if png else None
