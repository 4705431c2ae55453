"""A commune of the demonstration and who works in it: how it is founded, how they are hired and found again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from cabildo import audit
from cabildo.accounts import actions as accounts
from cabildo.accounts.models import Department, Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.content import actions as packs
from cabildo.content.queries import pack_named, version_of
from cabildo.tickets.actions import catalogue

type Cast = Sequence[dict[str, Any]]

PASSWORD = "puerto-claro-2026"  # noqa: S105 - the demonstration's own, printed at start
SINCE = date(2024, 1, 2)


def found(slug: str, name: str, *, hue: int, notice: str) -> Municipality:
    """The municipality, open to the public, with the subjects of requests that it uses."""
    municipality = accounts.create_municipality(
        slug=slug, name=name, hue=hue, notice=notice, opened_at=timezone.now(), by=audit.SYSTEM
    )
    with in_municipality(municipality):
        version = version_of(pack_named("tickets", "oirs-chile"))
        packs.adopt(municipality=municipality, version=version, follows_updates=True, by=audit.SYSTEM)
        catalogue.confirm_terms(by=audit.SYSTEM)
    return municipality


def commune(
    slug: str, name: str, *, hue: int, notice: str, cast: Sequence[dict[str, Any]], domain: str
) -> Municipality:
    """The municipality as it is, or founded with everybody who works in it."""
    known = Municipality.objects.filter(slug=slug).first()
    if known is not None:
        return known
    made = found(slug, name, hue=hue, notice=notice)
    with in_municipality(made):
        for person in cast:
            hire(person, domain)
    return made


def official(name: str) -> User:
    """By the first part of their mail address, which no two of them share."""
    return User.objects.get(email__startswith=f"{name}@")


def hire(person: dict[str, Any], domain: str) -> None:
    """An account with its role in the municipality of the scope."""
    email = f"{person['email']}@{domain}"
    user = User.objects.filter(email=email).first()
    user = user or User.objects.create_user(email, person["name"], PASSWORD)
    department = Department.objects.get(code=person["department"]) if "department" in person else None
    accounts.grant_role(
        user=user,
        role=person["role"],
        department=department,
        position=person["position"],
        starts_on=SINCE,
        by=audit.SYSTEM,
    )
