"""Around entering: the first password, the second step, the coat of arms."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from cabildo.accounts import actions, links, queries
from cabildo.accounts.access import public
from cabildo.accounts.forms import PasswordForm
from cabildo.accounts.scoping import current_municipality


@public(before_opening=True)
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who was invited chooses a password; the link serves once and for two weeks."""
    user = links.invited_user(token)
    if user is None:
        return render(request, "accounts/invitation_over.html", status=404)
    form = PasswordForm(request.POST or None, user=user)
    if form.is_valid():
        actions.choose_password(user, password=form.cleaned_data["password"])
        messages.success(request, _("Su clave quedó guardada. Entre con su correo y esa clave."))
        return redirect("account_login")
    context = {"form": form, "invited": user, "heading": _("Elija su clave")}
    return render(request, "accounts/invitation.html", context, status=422 if form.is_bound else 200)


@public(before_opening=True)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why the desk does not open yet, and what to do."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("desk_home"), reverse("account_login"))
    return render(request, "accounts/second_factor.html")


@public(before_opening=True)
def mine(request: HttpRequest) -> HttpResponse:
    """What a person may change of their own account."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    return render(request, "accounts/mine.html")


@public(before_opening=True)
@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)
def arms(request: HttpRequest, digest: str) -> HttpResponse:
    """The coat of arms; its address changes with the image."""
    png = queries.arms_png(current_municipality())
    if png is None:
        raise Http404
    return HttpResponse(png, content_type="image/png")
