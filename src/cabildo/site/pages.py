"""The front doors: of the installation, of a municipality, of its desk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control, never_cache

from cabildo.accounts.access import AgencyRequest, StaffRequest, public, requires, requires_agency
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.models import Agency, Municipality
from cabildo.accounts.queries import home_agencies, home_municipalities
from cabildo.site import first_steps
from cabildo.site.sessions import seconds_left
from cabildo.ui import brand
from cabildo.ui import gallery as components
from cabildo.workflow import duties
from cabildo.workflow.choices import DutyState
from cabildo.workflow.duties import Duty


@public
def landing(request: HttpRequest) -> HttpResponse:
    """The municipalities of the installation; to who has entered, first the desks that are theirs."""
    mine = _desks(request.user) if request.user.is_authenticated else []
    return render(request, "site/landing.html", {"municipalities": Municipality.objects.order_by("name"), "mine": mine})


@public(before_opening=True)
def after_login(request: HttpRequest) -> HttpResponse:
    """Where a person who has just entered belongs: the desk, a choice of desks, or the portal."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    desks = _desks(request.user)
    municipality = getattr(request, "municipality", None)
    here = municipality or getattr(request, "agency", None)
    if here is not None and any(desk.of == here for desk in desks):
        return redirect("desk_home")
    if municipality is not None and not desks:
        return redirect("tickets:mine")
    if len(desks) == 1:
        return redirect(desks[0].url)
    return render(request, "site/choose_desk.html", {"desks": desks})


@dataclass(frozen=True)
class Desk:
    """A place where a person holds a role today, and the address of its desk."""

    of: Municipality | Agency
    url: str


def _desks(user: Any) -> list[Desk]:
    """Agencies first: whoever works in one enters municipalities from there."""
    agencies = [Desk(agency, f"/a/{agency.slug}/") for agency in home_agencies(user)]
    return agencies + [Desk(one, f"/m/{one.slug}/mesa/") for one in home_municipalities(user)]


@public(before_opening=True)
@cache_control(public=True, max_age=86400)
def brand_stylesheet(request: HttpRequest, hue: int) -> HttpResponse:
    if hue > 359:
        raise Http404
    return HttpResponse(brand.stylesheet(hue), content_type="text/css; charset=utf-8")


@public(before_opening=True)
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", components.context())


@public(before_opening=True)
@never_cache
def session(request: HttpRequest) -> HttpResponse:
    """How long the session lasts, 0 when nobody is inside; a POST, «seguir conectado», begins its age anew.

    The token too: who entered again in another tab sends with it the form that stayed open in this one. `de` is whose
    page asks: to a page left open by somebody else the session has ended.
    """
    if not request.user.is_authenticated or request.GET.get("de", str(request.user.pk)) != str(request.user.pk):
        return JsonResponse({"seconds": 0})
    if request.method == "POST":
        request.session.modified = True
    return JsonResponse({"seconds": seconds_left(request.session), "token": get_token(request)})


@public
def portal_home(request: HttpRequest) -> HttpResponse:
    return render(request, "site/portal_home.html")


@requires(AccountsPermission.ENTER_DESK)
def desk_home(request: StaffRequest) -> HttpResponse:
    """What I must do, by what falls due: late, soon, the rest, and what waits for others."""
    owed = duties.of(request.user, timezone.localdate())
    context = {"groups": _grouped(owed), "first_steps": first_steps.of(request.user)}
    return render(request, "site/desk_home.html", context)


@requires_agency(AccountsPermission.ENTER_AGENCY)
def agency_home(request: AgencyRequest) -> HttpResponse:
    """The first page of an agency's desk: what I must do, then what I may open there, as the navigation says it."""
    owed = duties.of_agency(request.user, request.agency, timezone.localdate())
    return render(request, "site/agency_home.html", {"groups": _grouped(owed)})


def _grouped(owed: list[Duty]) -> list[dict[str, Any]]:
    groups = [{"label": label, "duties": [duty for duty in owed if belongs(duty)]} for label, belongs in GROUPS]
    return [group for group in groups if group["duties"]]


def _is(state: str) -> Callable[[Duty], bool]:
    return lambda duty: duty.group == duties.MINE and duty.state == state


GROUPS: list[tuple[Any, Callable[[Duty], bool]]] = [
    (_("Fuera de plazo"), _is(DutyState.LATE)),
    (_("Por vencer"), _is(DutyState.DUE_SOON)),
    (_("En plazo"), lambda duty: duty.group == duties.MINE and duty.state in (DutyState.ON_TIME, DutyState.STOPPED)),
    (_("Esperando a otros"), lambda duty: duty.group == duties.WAITING),
]
