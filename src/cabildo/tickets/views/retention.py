"""For how long requests keep their person, and what would be anonymised today."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import requires
from cabildo.db.counting import capped_count
from cabildo.tickets.actions import retention
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.forms.privacy import RetentionForm
from cabildo.tickets.models import RetentionRule
from cabildo.tickets.queries.retention import due

SHOWN = 10


@requires(TicketPermission.PROTECT_DATA)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules with what each reaches today, and the form that sets one. Folios, file names and dates: no persons."""
    form = RetentionForm(request.POST or None)
    by: Any = request.user
    if form.is_valid():
        retention.set_rule(**form.cleaned_data, by=by)
        messages.success(request, _("Listo. La regla vale desde esta noche."))
        return redirect("tickets:retention")
    reached = [
        {"due": one, "count": capped_count(one.records), "first": list(one.records[:SHOWN])}
        for one in due(timezone.localdate())
    ]
    return render(request, "tickets/desk/retention.html", {"form": form, "reached": reached})


@requires(TicketPermission.PROTECT_DATA)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rule away."""
    by: Any = request.user
    retention.drop_rule(get_object_or_404(RetentionRule, pk=pk), by=by)
    messages.success(request, _("Se quitó la regla."))
    return redirect("tickets:retention")
