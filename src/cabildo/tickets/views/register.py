"""An official puts on record what somebody asks at the counter, by telephone or on paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cabildo.accounts.access import requires
from cabildo.documents.errors import DocumentsError
from cabildo.kit.errors import DomainError
from cabildo.tickets import attachments
from cabildo.tickets.actions.intake import Intake
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.forms.desk import CategoryChoiceForm, RegisterForm
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries import catalogue
from cabildo.tickets.queries.visibility import visible_ticket
from cabildo.tickets.rules import folio as folios

SECRET_KEY = "desk_receipt"


@requires(TicketPermission.REGISTER)
def choose(request: HttpRequest) -> HttpResponse:
    """What is it about, and how did it come?"""
    form = CategoryChoiceForm(request.GET if request.GET else None)
    if form.is_valid():
        return redirect(
            "tickets:register_form", channel=form.cleaned_data["channel"], code=form.cleaned_data["category"].code
        )
    return render(request, "tickets/desk/register_choose.html", {"form": form})


@requires(TicketPermission.REGISTER)
def register(request: HttpRequest, channel: str, code: str) -> HttpResponse:
    """The words, the person, the paper; the receipt follows at once."""
    category = get_object_or_404(catalogue.open_categories(), code=code)
    form = RegisterForm(request.POST or None, request.FILES or None, category=category)
    if form.is_valid():
        given = form.cleaned_data
        asked = Intake(
            category=category,
            kind=given["kind"],
            text=given["text"],
            channel=channel,
            contact=form.contact,
            answers=given["answers"],
            place=given["place"],
            latitude=given["latitude"],
            longitude=given["longitude"],
            received_at=given["received_on"],
            backdated_reason=given["backdated_reason"],
            wants_reserve=given["reserve"],
        )
        try:
            received = attachments.receive_with_photo(asked, given["document"], by=request.user)
        except DomainError as refusal:
            form.add_error("document" if isinstance(refusal, DocumentsError) else None, refusal.sentence)
        else:
            request.session[SECRET_KEY] = {received.ticket.folio: received.secret}
            return redirect("tickets:desk_receipt", folio=received.ticket.folio)
    return render(request, "tickets/desk/register.html", {"form": form, "category": category, "channel": channel})


@requires(TicketPermission.REGISTER, on=visible_ticket)
def receipt(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """What the person takes away; the secret is shown once, to who registered it."""
    secret = request.session.get(SECRET_KEY, {}).get(ticket.folio)
    if request.GET.get("formato") == "pdf" and secret:
        return attachments.receipt_response(ticket, secret)
    shown = folios.shown_secret(secret) if secret else _("ya se entregó")
    return render(request, "tickets/desk/receipt.html", {"ticket": ticket, "secret": shown, "has_secret": bool(secret)})
