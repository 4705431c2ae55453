"""A neighbour follows a request without an account: by folio and secret, or by a signed link."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cabildo.accounts.access import public
from cabildo.documents.errors import DocumentsError
from cabildo.documents.queries import documents_for_requester
from cabildo.tickets import attachments, links, term_words, throttle
from cabildo.tickets.actions.intake import secret_index
from cabildo.tickets.actions.own_withdrawal import withdraw_own
from cabildo.tickets.actions.satisfaction import CITIZEN
from cabildo.tickets.choices import ANSWERING_OUTCOMES, State
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.forms.portal import AdditionForm, TrackingForm
from cabildo.tickets.models import SilenceAct, Ticket
from cabildo.tickets.queries import joined, tracking
from cabildo.tickets.queries.letters import sent_answers
from cabildo.tickets.queries.stops import stop_of
from cabildo.tickets.wording import WHERE, WHERE_JOINED, WHERE_UNANSWERED
from cabildo.workflow.queries import calendar as municipal_calendar


@public
def find(request: HttpRequest) -> HttpResponse:
    """Folio and secret lead to the signed page; too many tries have to wait."""
    form = TrackingForm(request.POST or None)
    if form.is_valid():
        if not throttle.allows(request, "tracking", limit=10, seconds=300):
            form.add_error(None, _("Hubo muchos intentos desde su conexión. Espere cinco minutos y pruebe otra vez."))
        elif ticket := _matching(form.cleaned_data):
            return redirect("tickets:tracking", token=links.tracking_token(ticket))
        else:
            form.add_error(None, _("No hay una solicitud con ese folio y esa clave. Revise su comprobante."))
    return render(request, "tickets/portal/find.html", {"form": form})


def _matching(typed: dict[str, str]) -> Ticket | None:
    return tracking.by_secret(typed["folio"], secret_index(typed["folio"], typed["secret"]))


def _ticket(token: str) -> Ticket:
    ticket = links.ticket_of(token)
    if ticket is None:
        raise Http404
    return ticket


@public
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where it is, who must answer, by when, what happened; and a way to add information."""
    ticket = _ticket(token)
    form = AdditionForm(request.POST or None, request.FILES or None)
    if _takes_information(ticket) and form.is_valid() and _added(ticket, form):
        done = _("Agregamos su información. La verá quien responde.")
        messages.success(request, done, extra_tags=f"informacion-{ticket.folio}")
        return redirect("tickets:tracking", token=token)
    return render(request, "tickets/portal/tracking.html", _context(ticket, form, token))


def _added(ticket: Ticket, form: AdditionForm) -> bool:
    """Whether it was kept; a refused file is told at its field, and nothing of the form is kept then."""
    given = form.cleaned_data
    try:
        attachments.add_information(
            ticket,
            text=given["text"],
            papers=given["papers"],
            by=CITIZEN,
            today=timezone.localdate(),
            key=form.sent_key,
        )
    except DocumentsError as refusal:
        form.add_error("papers", refusal.sentence)
        return False
    return True


def _takes_information(ticket: Ticket) -> bool:
    main = ticket.merged_into
    return ticket.is_open or (main is not None and main.is_open)


def _context(ticket: Ticket, form: AdditionForm, token: str) -> dict[str, Any]:
    main = ticket.merged_into
    today = timezone.localdate()
    stop = stop_of(ticket, today, municipal_calendar(today))
    sentence = _sentence(ticket)
    where = str(sentence).format(department=(main or ticket).department or _("la municipalidad"))
    return {
        "ticket": ticket,
        "token": token,
        "where": where,
        "stop_words": term_words.of_stop(stop) if stop and ticket.is_open else [],
        "holds_term": stop is not None and stop.holds_term,
        "timeline": tracking.public_timeline(ticket),
        "may_withdraw": not tracking.why_not_withdrawn(ticket),
        "documents": list(documents_for_requester(ticket)),
        "letters": list(sent_answers().filter(ticket=ticket)),
        "certificates": list(SilenceAct.objects.filter(ticket=ticket).order_by("-pk")),
        "form": form if _takes_information(ticket) else None,
        "joined_token": joined.own_adhesion_token(ticket),
    }


def _sentence(ticket: Ticket) -> Any:
    if ticket.merged_into is not None:
        return WHERE_JOINED
    if not ticket.is_open and ticket.outcome not in ANSWERING_OUTCOMES:
        return WHERE_UNANSWERED
    return WHERE[State(ticket.state)]


@public
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """«Ya no la necesito»: what follows, in words; once confirmed, it is closed and its department told."""
    ticket = _ticket(token)
    if request.method != "POST":
        code = tracking.why_not_withdrawn(ticket)
        refusal = TicketsError(code).sentence if code else ""
        return render(request, "tickets/portal/withdraw.html", {"ticket": ticket, "token": token, "refusal": refusal})
    try:
        withdraw_own(ticket, today=timezone.localdate())
    except TicketsError as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Listo: retiramos su solicitud y avisamos a quien la tenía."))
    return redirect("tickets:tracking", token=token)


@public
def why(request: HttpRequest, token: str) -> HttpResponse:
    """How the date was computed, day by day."""
    ticket = _ticket(token)
    clock = tracking.legal_clock(ticket)
    if clock is None:
        raise Http404
    context = {"ticket": ticket, "clock": clock, "days": list(tracking.explanation(clock)), "token": token}
    return render(request, "tickets/portal/why.html", context)
