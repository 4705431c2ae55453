"""Who may? Roles are read from one file, `can()` is the only checker, `@requires` the only door."""

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cabildo import audit
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.models import Agency, Municipality, User
from cabildo.accounts.queries import active_roles, roles_in_agency
from cabildo.accounts.roles import Role, register_roles, roles, roles_with
from cabildo.accounts.scoping import current_municipality

__all__ = [
    "AgencyRequest",
    "Role",
    "StaffRequest",
    "can",
    "can_in_agency",
    "departments_where",
    "holds_everywhere",
    "is_closed_to",
    "lacks_second_factor",
    "log_reads",
    "managing_roles",
    "public",
    "register_predicate",
    "register_roles",
    "requires",
    "requires_agency",
    "roles",
    "roles_with",
    "saw",
    "would_open",
]

View = Callable[..., HttpResponseBase]
Predicate = Callable[[Any, Any], bool]


class StaffRequest(HttpRequest):
    """A request that passed `@requires`: who asks, and where, is known."""

    user: User
    municipality: Municipality


class AgencyRequest(HttpRequest):
    """A request that passed `@requires_agency`: who asks, and from which agency, is known."""

    user: User
    agency: Agency


_predicates: dict[str, Predicate] = {}
_unnarrowed: dict[str, Callable[[Any], bool]] = {}


def register_predicate(
    permission: str, predicate: Predicate, *, unless: Callable[[Any], bool] = lambda _user: False
) -> None:
    """`predicate(user, obj)` narrows a permission to some objects, for everybody but those of whom `unless(user)`."""
    _predicates[permission], _unnarrowed[permission] = predicate, unless


def managing_roles() -> frozenset[str]:
    """Roles that may give and end roles: somebody must always hold one."""
    return roles_with(AccountsPermission.MANAGE_PEOPLE)


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


def can_in_agency(user: Any, permission: str, agency: Agency | None) -> bool:
    """May this person do this in this agency? Deny by default; no role of a municipality helps here."""
    if agency is None or not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    return not roles_with(permission).isdisjoint(roles_in_agency(user, agency))


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


def requires(permission: str, on: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Let in only who holds the permission; fetch the object and refuse it if it is not theirs.

    `on(user, **url_arguments)` returns the object or raises Http404, and takes the place of the
    address's arguments. Personal data noted with `saw()` is logged in one write after the view.
    """

    def door(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            if on is None:
                allowed, positional = can(request.user, permission), tuple[Any, ...]()
            else:
                fetched = on(request.user, **arguments)
                allowed, positional, arguments = can(request.user, permission, fetched), (fetched,), {}
            if not allowed:
                raise PermissionDenied
            if lacks_second_factor(request):
                return redirect("second_factor")
            response = view(request, *positional, **arguments)
            log_reads(request, purpose=view.__name__)
            return response

        guarded.access, guarded.finds = permission, on  # type: ignore[attr-defined]
        return guarded

    return door


def would_open(user: Any, view: Any, arguments: Mapping[str, Any]) -> bool:
    """Would the door of this view let the person in? What it is about is fetched only where that decides."""
    permission, finds = getattr(view, "access", "public"), getattr(view, "finds", None)
    if permission == "public" or hasattr(view, "in_agency"):
        return True
    if not can(user, permission) or permission not in _predicates or finds is None:
        return can(user, permission)
    try:
        return _unnarrowed[permission](user) or can(user, permission, finds(user, **arguments))
    except Http404:
        return False


def requires_agency(permission: str, on: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """The door of the desks of agencies: let in only who holds the permission in the agency of the address.

    `on(agency, **url_arguments)` returns what the page is about, of what the agency may see, or raises Http404.
    """

    def door(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            agency = getattr(request, "agency", None)
            if agency is None or not can_in_agency(request.user, permission, agency):
                raise PermissionDenied
            if lacks_second_factor(request):
                return redirect("second_factor")
            return view(request, **arguments) if on is None else view(request, on(agency, **arguments))

        guarded.access = permission  # type: ignore[attr-defined]
        guarded.in_agency = True  # type: ignore[attr-defined]
        return guarded

    return door


def public(view: View | None = None, *, before_opening: bool = False) -> Any:
    """A page that anyone may open. Said aloud, because every other view is refused.

    While the municipality has not opened to the public, its officials alone see it, to prepare it;
    `before_opening` marks what must answer even then: entering, styles, errors.
    """
    if view is None:
        return functools.partial(public, before_opening=before_opening)

    @functools.wraps(view)
    def open_page(request: HttpRequest, *positional: Any, **arguments: Any) -> HttpResponseBase:
        if not before_opening and is_closed_to(request):
            return render(request, "accounts/not_open.html", status=503)
        return view(request, *positional, **arguments)

    open_page.access = "public"  # type: ignore[attr-defined]
    return open_page


def is_closed_to(request: HttpRequest) -> bool:
    """Has this municipality yet to open, and is who asks none of its officials?"""
    municipality = getattr(request, "municipality", None)
    if municipality is None or municipality.opened_at is not None:
        return False
    user = getattr(request, "user", None)
    return user is None or not user.is_authenticated or not active_roles(user)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Does the municipality or agency ask its people for a second step that this session has not taken?"""
    institution = getattr(request, "agency", None) or current_municipality()
    if not institution.requires_second_factor:
        return False
    taken = {record.get("method") for record in request.session.get("account_authentication_methods", [])}
    # whoever has a second step set up was asked for it on entering, or set it up in this session
    return "mfa" not in taken and not is_mfa_enabled(request.user)


def log_reads(request: HttpRequest, *, purpose: str) -> None:
    """Write down, in one insert, the persons noted with `saw()` during this request."""
    if persons := request.__dict__.pop("persons_seen", None):
        user = request.user if request.user.is_authenticated else None
        audit.record_reads(persons, by=user, municipality_id=current_municipality().pk, purpose=purpose)
