"""The letters that answer a request: for officials who sign them, and for who receives them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, can, public, requires, saw
from cabildo.documents.models import SignedDocument
from cabildo.documents.views import TOKEN
from cabildo.kit.errors import DomainError
from cabildo.tickets import letters as composition
from cabildo.tickets import links
from cabildo.tickets.actions import letters
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.forms.letters import SignedLetterForm
from cabildo.tickets.models import Answer, SilenceAct, Ticket
from cabildo.tickets.queries.letters import certificate_of, letter_of, sent_answers, unsealed_copy
from cabildo.tickets.queries.visibility import may_see_identity, visible_ticket
from cabildo.ui.parts import Crumb


def _signable(user: Any, folio: str, answer_id: int) -> Ticket:
    """The request of a sent answer, which it carries; Http404 when it is not one of its answers."""
    ticket = visible_ticket(user, folio)
    ticket.letter_answer = get_object_or_404(sent_answers(), pk=answer_id, ticket=ticket)  # type: ignore[attr-defined]
    return ticket


def _answer(ticket: Ticket) -> Answer:
    answer: Answer = ticket.letter_answer  # type: ignore[attr-defined]
    return answer


@requires(TicketPermission.VIEW, on=visible_ticket)
def listing(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    """Each answer with its letter, the state of its signature and what can be done."""
    return _page(request, ticket, SignedLetterForm())


def _page(request: StaffRequest, ticket: Ticket, form: forms.Form) -> HttpResponse:
    rows = [
        {"answer": answer, "letter": letter_of(answer), "copy": unsealed_copy(answer)}
        for answer in sent_answers().filter(ticket=ticket).order_by("-sent_at")
    ]
    context = {
        "ticket": ticket,
        "rows": rows,
        "form": form,
        "may_open": may_see_identity(request.user, ticket),
        "may_sign": can(request.user, TicketPermission.CLOSE, on=ticket),
        "crumbs": [
            Crumb(_("Solicitudes"), reverse("tickets:list")),
            Crumb(ticket.folio, reverse("tickets:detail", args=[ticket.folio])),
            Crumb(_("Cartas")),
        ],
    }
    return render(request, "tickets/desk/letters.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(TicketPermission.CLOSE, on=_signable)
def prepare(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    """Reserve a copy to be signed with the official's own certificate."""
    letters.prepare_copy(_answer(ticket), by=request.user)
    messages.success(request, _("La copia está lista: descárguela, fírmela y súbala."))
    return redirect("tickets:letters", folio=ticket.folio)


@requires(TicketPermission.CLOSE, on=_signable)
def copy(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    """The PDF to be signed; not issued until it comes back."""
    answer = _answer(ticket)
    if unsealed_copy(answer) is None:
        raise Http404
    if ticket.requester is not None:
        saw(request, [ticket.requester])
    pdf = HttpResponse(letters.hand_out_copy(answer, by=request.user), content_type="application/pdf")
    pdf["Content-Disposition"] = f'attachment; filename="{composition.answer_name(answer)}"'
    return pdf


@require_POST
@requires(TicketPermission.CLOSE, on=_signable)
def sign(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    """The signed PDF comes back and takes the letter's place."""
    form = SignedLetterForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            sealed = letters.take_signed_letter(_answer(ticket), form.cleaned_data["file"], by=request.user)
        except DomainError as refusal:
            form.add_error("file", refusal.sentence)
        else:
            messages.success(request, _("La carta firmada reemplazó a la anterior: %s.") % sealed.get_state_display())
            return redirect("tickets:letters", folio=ticket.folio)
    return _page(request, ticket, form)


@public
def received(request: HttpRequest, token: str, answer_id: int) -> HttpResponse:
    """The neighbour's letter; this address is good from the moment the answer leaves."""
    ticket = links.ticket_of(token)
    if ticket is None:
        raise Http404
    answer = get_object_or_404(sent_answers(), pk=answer_id, ticket=ticket)
    return _opened(request, letter_of(answer), ticket, token)


@public
def certificate(request: HttpRequest, token: str, act_id: int) -> HttpResponse:
    """The neighbour's certificate that nobody answered in time."""
    ticket = links.ticket_of(token)
    if ticket is None:
        raise Http404
    return _opened(request, certificate_of(get_object_or_404(SilenceAct, pk=act_id, ticket=ticket)), ticket, token)


def _opened(request: HttpRequest, paper: SignedDocument | None, ticket: Ticket, token: str) -> HttpResponse:
    """The paper, or that it is still being made."""
    if paper is None or paper.document is None:
        return render(request, "tickets/portal/letter_soon.html", {"ticket": ticket, "token": token}, status=202)
    address = reverse("documents:download", args=[paper.document.public_id])
    return redirect(f"{address}?{urlencode({TOKEN: token})}")
