"""The front doors: of the installation, of a municipality, of its desk."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control, never_cache

from cabildo.accounts.access import StaffRequest, public, requires
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.models import Municipality
from cabildo.accounts.queries import home_municipalities
from cabildo.site import first_steps
from cabildo.site.sessions import seconds_left
from cabildo.ui import brand
from cabildo.ui import gallery as components
from cabildo.workflow import duties
from cabildo.workflow.choices import DutyState
from cabildo.workflow.duties import Duty


@public
def landing(request: HttpRequest) -> HttpResponse:
    return render(request, "site/landing.html", {"municipalities": Municipality.objects.order_by("name")})


@public(before_opening=True)
def after_login(request: HttpRequest) -> HttpResponse:
    """Where a person who has just entered belongs: the desk, a choice of desks, or the portal."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    homes = list(home_municipalities(request.user))
    here = getattr(request, "municipality", None)
    if here in homes:
        return redirect("desk_home")
    if here is not None and not homes:
        return redirect("tickets:mine")
    if len(homes) == 1:
        return redirect(f"/m/{homes[0].slug}/mesa/")
    return render(request, "site/choose_municipality.html", {"municipalities": homes})


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
    groups = [{"label": label, "duties": [duty for duty in owed if belongs(duty)]} for label, belongs in GROUPS]
    context = {"groups": [group for group in groups if group["duties"]], "first_steps": first_steps.of(request.user)}
    return render(request, "site/desk_home.html", context)


def _is(state: str) -> Callable[[Duty], bool]:
    return lambda duty: duty.group == "mine" and duty.state == state


GROUPS: list[tuple[Any, Callable[[Duty], bool]]] = [
    (_("Fuera de plazo"), _is(DutyState.LATE)),
    (_("Por vencer"), _is(DutyState.DUE_SOON)),
    (_("En plazo"), lambda duty: duty.group == "mine" and duty.state in (DutyState.ON_TIME, DutyState.STOPPED)),
    (_("Esperando a otros"), lambda duty: duty.group == "waiting"),
]
