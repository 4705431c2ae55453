"""The register of roles: `site/roles.py` fills it, and everything that asks «who may?» reads it."""

from collections.abc import Iterable
from typing import Any


class Role:
    """A role: what it is called, one sentence that says what it is for, what it may do.

    `in_department` says whether it is held in one department or in the whole municipality; `in_agency`, that it is held
    in an agency; `is_outside`, that a programme gives it in a municipality to somebody who is none of its people.
    """

    slug: str
    name: Any  # both are translated when they are read
    description: Any
    in_department: bool = False
    in_agency: bool = False
    is_outside: bool = False
    permissions: frozenset[str] = frozenset()


_roles: dict[str, type[Role]] = {}
_holders: dict[str, frozenset[str]] = {}


def register_roles(roles: Iterable[type[Role]]) -> None:
    _roles.update({role.slug: role for role in roles})
    for permission in {permission for role in _roles.values() for permission in role.permissions}:
        _holders[permission] = frozenset(slug for slug, role in _roles.items() if permission in role.permissions)


def roles() -> dict[str, type[Role]]:
    return dict(_roles)


def roles_with(permission: str) -> frozenset[str]:
    return _holders.get(permission, frozenset())


def outside_roles() -> frozenset[str]:
    """Roles that only an assignment of a programme gives."""
    return frozenset(slug for slug, role in _roles.items() if role.is_outside)


def home_roles() -> dict[str, type[Role]]:
    """Roles that a municipality gives to its own people."""
    return {slug: role for slug, role in _roles.items() if not role.is_outside and not role.in_agency}


def agency_roles() -> dict[str, type[Role]]:
    """Roles that are held in an agency."""
    return {slug: role for slug, role in _roles.items() if role.in_agency}
