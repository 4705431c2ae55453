"""Who may? Roles are read from one file, `can()` is the only checker, `@requires` the only door."""

import functools
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cabildo import audit
from cabildo.accounts.queries import active_roles
from cabildo.accounts.scoping import current_municipality

View = Callable[..., HttpResponse]
Predicate = Callable[[Any, Any], bool]


class Role:
    """A role: what it is called, one sentence that says what it is for, what it may do.

    `in_department` says whether it is held in one department or in the whole municipality.
    """

    slug: str
    name: str
    description: str
    in_department: bool = False
    permissions: frozenset[str] = frozenset()


_roles: dict[str, type[Role]] = {}
_predicates: dict[str, Predicate] = {}


def register_roles(roles: Iterable[type[Role]]) -> None:
    _roles.update({role.slug: role for role in roles})


def register_predicate(permission: str, predicate: Predicate) -> None:
    """`predicate(user, obj)` narrows a permission to some objects."""
    _predicates[permission] = predicate


def roles() -> dict[str, type[Role]]:
    return dict(_roles)


def roles_with(permission: str) -> frozenset[str]:
    return frozenset(slug for slug, role in _roles.items() if permission in role.permissions)


def can(user: Any, permission: str, on: Model | None = None) -> bool:
    """May this person do this, here, on this object? Deny by default."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    if on is not None and getattr(on, "municipality_id", None) != current_municipality().pk:
        return False
    held = roles_with(permission)
    if not any(active.role in held for active in active_roles(user)):
        return False
    predicate = _predicates.get(permission)
    return predicate is None or on is None or predicate(user, on)


def departments_where(user: Any, permission: str) -> frozenset[int]:
    """Departments in which a role of this person grants the permission."""
    held = roles_with(permission)
    return frozenset(a.department_id for a in active_roles(user) if a.role in held and a.department_id)


def holds_everywhere(user: Any, permission: str) -> bool:
    """Does a role without department grant the permission, so that it holds in all of them?"""
    held = roles_with(permission)
    return any(a.role in held and a.department_id is None for a in active_roles(user))


def saw(request: HttpRequest, subjects: Iterable[Model | tuple[str, str]]) -> None:
    """Note whose personal data this answer shows; the door writes them down at once."""
    noted: list[tuple[str, str]] = request.__dict__.setdefault("persons_seen", [])
    noted.extend(s if isinstance(s, tuple) else (s._meta.label_lower, str(s.pk)) for s in subjects)


def requires(permission: str, on: Callable[..., Model] | None = None) -> Callable[[View], View]:
    """Let in only who holds the permission; fetch the object and refuse it if it is not theirs.

    `on(user, **url_arguments)` returns the object or raises Http404, and takes the place of the
    address's arguments. Personal data noted with `saw()` is logged in one write after the view.
    """

    def door(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            if on is None:
                allowed, positional = can(request.user, permission), ()
            else:
                fetched = on(request.user, **arguments)
                allowed, positional, arguments = can(request.user, permission, fetched), (fetched,), {}
            if not allowed:
                raise PermissionDenied
            response = view(request, *positional, **arguments)
            log_reads(request, purpose=view.__name__)
            return response

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return door


def public(view: View) -> View:
    """A page that anyone may open. Said aloud, because every other view is refused."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def log_reads(request: HttpRequest, *, purpose: str) -> None:
    """Write down, in one insert, the persons noted with `saw()` during this request."""
    if persons := request.__dict__.pop("persons_seen", None):
        user = request.user if request.user.is_authenticated else None
        audit.record_reads(persons, by=user, municipality_id=current_municipality().pk, purpose=purpose)
