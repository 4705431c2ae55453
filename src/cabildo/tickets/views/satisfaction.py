"""How it went: the neighbour says so once, and the desk prints the invitation for who has no mail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, public, requires
from cabildo.tickets import letters, throttle
from cabildo.tickets.actions import satisfaction
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.forms.portal import InvitationForm, SatisfactionForm
from cabildo.tickets.models import Satisfaction, Ticket
from cabildo.tickets.queries.satisfaction import invitation_now, may_give_opinion
from cabildo.tickets.queries.visibility import visible_ticket
from cabildo.ui.parts import Crumb

TOO_MANY = gettext_lazy("Hubo muchos intentos desde su conexión. Espere cinco minutos y pruebe otra vez.")
TYPED, OPENED = 10, 60  # tries of one connection in five minutes: a code has fewer than fifty bits


@public
def find(request: HttpRequest) -> HttpResponse:
    """The code of the paper leads to the questions; too many tries have to wait."""
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        if not throttle.allows(request, "satisfaction", limit=TYPED, seconds=300):
            form.add_error(None, TOO_MANY)
        elif _asked(form.cleaned_data["code"]) is None:
            form.add_error("code", _("No hay una invitación con ese código. Cópielo tal como está en la hoja."))
        else:
            return redirect("tickets:satisfaction", token=form.cleaned_data["code"])
    return render(request, "tickets/portal/rate_find.html", {"form": form})


def _asked(token: str) -> Satisfaction | None:
    return Satisfaction.objects.filter(token_index=satisfaction.token_index(token)).select_related("ticket").first()


@public
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Once per closing: solved or not, a grade, and why when it is low. Codes are not tried out here either."""
    if not throttle.allows(request, "opinion", limit=OPENED, seconds=300):
        messages.error(request, TOO_MANY)
        return redirect("tickets:satisfaction_find")
    asked = _asked(token)
    if asked is None:
        raise Http404
    if not may_give_opinion(request.user):
        return render(request, "tickets/portal/rate_official.html", {"ticket": asked.ticket}, status=403)
    if asked.answered_at is not None:
        return render(request, "tickets/portal/rated.html", {"ticket": asked.ticket})
    form = SatisfactionForm(request.POST or None)
    if form.is_valid():
        try:
            satisfaction.answer(token, **form.opinion)
        except TicketsError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            asked.ticket.refresh_from_db()
            return render(request, "tickets/portal/rated.html", {"ticket": asked.ticket})
    return render(request, "tickets/portal/rate.html", {"form": form, "ticket": asked.ticket})


def _invited(user: object, folio: str) -> Ticket:
    """The request with the invitation of its present closing; Http404 when nobody was invited."""
    ticket = visible_ticket(user, folio)
    ticket.invitation = invitation_now(ticket)  # type: ignore[attr-defined]
    if ticket.invitation is None:  # type: ignore[attr-defined]
        raise Http404
    return ticket


def _invitation(ticket: Ticket) -> Satisfaction:
    invitation: Satisfaction = ticket.invitation  # type: ignore[attr-defined]
    return invitation


@requires(TicketPermission.WORK, on=_invited)
def slip(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    """The page from which the invitation is printed, for who left no mail."""
    crumbs = [
        Crumb(_("Solicitudes"), reverse("tickets:list")),
        Crumb(ticket.folio, reverse("tickets:detail", args=[ticket.folio])),
        Crumb(_("Invitación a evaluar")),
    ]
    return render(
        request, "tickets/desk/slip.html", {"ticket": ticket, "invitation": _invitation(ticket), "crumbs": crumbs}
    )


@require_POST
@requires(TicketPermission.WORK, on=_invited)
def print_slip(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    """The sheet as PDF. Who printed it stays on record."""
    try:
        invitation = satisfaction.print_invitation(_invitation(ticket), by=request.user)
    except TicketsError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("tickets:slip", folio=ticket.folio)
    pdf = HttpResponse(letters.slip_pdf(invitation), content_type="application/pdf")
    pdf["Content-Disposition"] = f'attachment; filename="evaluacion-{ticket.folio}.pdf"'
    return pdf
