"""Who works in the demonstration: how they are hired, and how they are found again."""

from datetime import date
from typing import Any

from cabildo import audit
from cabildo.accounts import actions as accounts
from cabildo.accounts.models import Department, User

PASSWORD = "puerto-claro-2026"  # noqa: S105 - the demonstration's own, printed at start
SINCE = date(2024, 1, 2)


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
