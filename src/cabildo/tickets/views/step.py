"""One step on a request: its own page, its own form, nothing lost when it is refused."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cabildo.accounts.access import requires
from cabildo.kit.errors import DomainError
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.visibility import visible_ticket
from cabildo.tickets.views.steps import BY_CODE, Step, available
from cabildo.ui.parts import Crumb


def _ticket_and_step(user: Any, folio: str, step: str) -> Ticket:
    ticket = visible_ticket(user, folio)
    wanted = BY_CODE.get(step)
    if wanted is None or wanted not in available(user, ticket):
        raise Http404
    ticket.step = wanted  # type: ignore[attr-defined]
    return ticket


@requires(TicketPermission.VIEW, on=_ticket_and_step)
def take(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Show the step, or take it; only those `available` offers exist."""
    step: Step = ticket.step  # type: ignore[attr-defined]
    form = _form(step, request, ticket)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            step.run(ticket, request.user, form.cleaned_data if form else {})
        except DomainError as refusal:
            if form is None:
                messages.error(request, refusal.sentence)
                return redirect("tickets:detail", folio=ticket.folio)
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Listo: %s.") % str(step.label).lower())
            return redirect("tickets:detail", folio=ticket.folio)
    return render(request, "tickets/desk/step.html", _context(step, form, ticket))


def _form(step: Step, request: HttpRequest, ticket: Ticket) -> Any:
    if step.form is None:
        return None
    options = {"ticket": ticket, **(step.form_options or {})}
    return step.form(request.POST or None, initial={"version": ticket.version}, **options)


def _context(step: Step, form: Any, ticket: Ticket) -> dict[str, Any]:
    return {
        "heading": step.label,
        "lead": step.lead,
        "form": form,
        "ticket": ticket,
        "submit_label": step.label,
        "crumbs": [Crumb(_("Solicitudes"), "../../.."), Crumb(ticket.folio, "../.."), Crumb(str(step.label))],
    }
