"""One step on many requests of the list: first what will happen, then what happened to each."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, requires
from cabildo.tickets.actions import bulk
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.forms.lists import BulkAssignForm, BulkDeriveForm, BulkForm, BulkNoteForm
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.visibility import visible_tickets
from cabildo.ui.parts import Crumb

LABELS = {
    "acknowledge": _("Acusar recibo"),
    "assign": _("Asignar"),
    "derive": _("Derivar"),
    "note": _("Agregar nota"),
}
CONSEQUENCES = {
    "acknowledge": _("Su dirección toma estas solicitudes. Usted queda a cargo de las que nadie tiene."),
    "assign": _("La persona que elija queda a cargo de estas solicitudes."),
    "derive": _("Otra dirección pasa a ser la que debe responder. Los vecinos lo verán, con el motivo."),
    "note": _("La misma nota interna queda en cada solicitud. Los vecinos no la ven."),
}
FORMS = {"acknowledge": BulkForm, "assign": BulkAssignForm, "derive": BulkDeriveForm, "note": BulkNoteForm}


@require_POST
@requires(TicketPermission.WORK)
def bulk_step(request: StaffRequest) -> HttpResponse:
    """Ask for confirmation, naming what each request will answer; once confirmed, take the step on each."""
    code = request.POST.get("action", "")
    tickets = _chosen(request)
    if code not in bulk.VERBS or not tickets:
        return redirect("tickets:list")
    if len(tickets) > bulk.MOST:
        return _page(request, code, [], BulkForm(tickets=[], today=None), TicketsError("too_many", most=bulk.MOST))
    confirmed = "confirmed" in request.POST
    form = FORMS[code](request.POST if confirmed else None, tickets=tickets, today=timezone.localdate())
    if confirmed and form.is_valid():
        results = bulk.run(code, tickets, by=request.user, data=form.cleaned_data)
        done = sum(result.is_done for result in results)
        context = {"label": LABELS[code], "results": results, "done": done, "crumbs": _crumbs(code)}
        return render(request, "tickets/desk/bulk_done.html", context)
    return _page(request, code, tickets, form)


def _chosen(request: StaffRequest) -> list[Ticket]:
    """The requests that were ticked and that this person sees, one over the limit at most."""
    chosen = request.POST.getlist("chosen")[: bulk.MOST + 1]
    found = visible_tickets(request.user).filter(folio__in=chosen)
    return list(found.select_related("category", "department", "assignee").order_by("pk"))


def _page(
    request: StaffRequest, code: str, tickets: list[Ticket], form: Any, refusal: TicketsError | None = None
) -> HttpResponse:
    verb = bulk.VERBS[code]
    rows = [(ticket, bulk.refusal(verb, ticket, request.user)) for ticket in tickets]
    context = {
        "code": code,
        "label": LABELS[code],
        "consequence": CONSEQUENCES[code],
        "rows": rows,
        "able": sum(not why_not for _ticket, why_not in rows),
        "form": form,
        "refusal": refusal.sentence if refusal else "",
        "crumbs": _crumbs(code),
    }
    return render(request, "tickets/desk/bulk_confirm.html", context)


def _crumbs(code: str) -> list[Crumb]:
    return [Crumb(_("Solicitudes"), ".."), Crumb(LABELS[code])]
