"""Subrogancias: who stands in for whom, between which days, by which act."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts import actions, queries
from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.errors import AccountsError
from cabildo.accounts.forms import SubstitutionForm
from cabildo.accounts.models import Substitution
from cabildo.ui.parts import Crumb

MANAGE = AccountsPermission.MANAGE_PEOPLE
PAST_SHOWN = 50


def find_substitution(user: Any, substitution_id: int) -> Substitution:
    return get_object_or_404(Substitution.objects.select_related("absent", "substitute"), pk=substitution_id)


@requires(MANAGE)
def substitutions(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "current": list(queries.substitutions(past=False, today=today)),
        "past": list(queries.substitutions(past=True, today=today)[:PAST_SHOWN]),
        "today": today,
    }
    return render(request, "accounts/substitutions.html", context)


@requires(MANAGE)
def add(request: StaffRequest) -> HttpResponse:
    form = SubstitutionForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.substitute(by=request.user, **form.cleaned_data)
        except AccountsError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            names = {"substitute": made.substitute, "absent": made.absent}
            messages.success(request, _("%(substitute)s subrogará a %(absent)s.") % names)
            return redirect("accounts:substitutions")
    back = reverse("accounts:substitutions")
    context = {
        "heading": _("Registrar una subrogación"),
        "form": form,
        "submit_label": _("Registrar"),
        "cancel_url": back,
        "crumbs": [Crumb(_("Subrogancias"), back), Crumb(_("Registrar"))],
    }
    return render(request, "ui/form_page.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(MANAGE, on=find_substitution)
def end(request: StaffRequest, substitution: Substitution) -> HttpResponse:
    """The absent person came back before: yesterday was the last day."""
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.end_substitution(substitution, on_date=yesterday, by=request.user)
    messages.success(request, _("La subrogación de %s terminó.") % substitution.absent)
    return redirect("accounts:substitutions")
