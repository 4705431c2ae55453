"""An official puts on record what somebody asks at the counter, by telephone or on paper."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, log_reads, requires, saw
from cabildo.accounts.models import User
from cabildo.accounts.sent_once import has_own_key
from cabildo.documents.errors import DocumentsError
from cabildo.kit.errors import DomainError
from cabildo.people.models import Requester
from cabildo.tickets import attachments, maps, redirects
from cabildo.tickets.actions.intake import Intake, Received, sent_before
from cabildo.tickets.choices import ProtocolStep, SearchPurpose, TicketPermission
from cabildo.tickets.forms.desk import STAFF_CHANNELS, CategoryChoiceForm, RegisterForm
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries import catalogue, found
from cabildo.tickets.queries.protocols import protocols_for, shown_to
from cabildo.tickets.queries.visibility import registered_ticket, visible_tickets
from cabildo.tickets.rules import folio as folios

RECEIPT = "desk_receipt"
PERSON = "persona"
KNOWN = ("name", "run", "phone", "email", "address")


@requires(TicketPermission.REGISTER)
def choose(request: StaffRequest) -> HttpResponse:
    """What is it about, and how did it come?"""
    form = CategoryChoiceForm(request.GET if "category" in request.GET else None, initial=request.GET.dict())
    if form.is_valid():
        given = form.cleaned_data
        address = reverse("tickets:register_form", args=[given["channel"], given["category"].code])
        return redirect(f"{address}?{PERSON}={given['persona']}" if given["persona"] else address)
    return render(request, "tickets/desk/register_choose.html", {"form": form})


@requires(TicketPermission.REGISTER)
@has_own_key
def register(request: StaffRequest, channel: str, code: str) -> HttpResponse:
    """The words, the person, the paper; the receipt follows at once."""
    if channel not in STAFF_CHANNELS:
        raise Http404
    category = get_object_or_404(catalogue.open_categories().select_related("department"), code=code)
    regime = redirects.of_category(category)
    if regime is not None and regime.has_own_form and _may_enter_right(request):
        return redirect("tickets:data_request_enter")
    known = _chosen(request)
    initial = {name: getattr(known, name) for name in KNOWN} if known else None
    form = RegisterForm(request.POST or None, request.FILES or None, category=category, initial=initial)
    if form.is_valid() and (ticket := _enter(request, form, channel)):
        return redirect("tickets:desk_receipt", folio=ticket.folio)
    protocols = shown_to(request.user, protocols_for(ProtocolStep.INTAKE, channel, category))
    context = {"form": form, "category": category, "channel": channel, "protocols": protocols, "known": known}
    return render(request, "tickets/desk/register.html", {**context, "regime": regime, "map_data": _map(form)})


def _map(form: RegisterForm) -> dict[str, Any] | None:
    """To mark the point, as in the portal, where the subject has a place."""
    return maps.picker() if form.asks_place else None


def _may_enter_right(request: StaffRequest) -> bool:
    """A right over personal data has its own form; what a page opened earlier sends is received all the same."""
    return request.method == "GET" and can(request.user, TicketPermission.ENTER_DATA_REQUESTS)


def _enter(request: StaffRequest, form: RegisterForm, channel: str) -> Ticket | None:
    """Put it on record once: the same form sent again gives the first request. None leaves the reason in the form."""
    asked = _asked(form, channel, request.user)
    try:
        if first := sent_before(asked, by=request.user):
            return first
        keep = partial(_keep_secret, request)
        return attachments.receive_with_photo(asked, form.cleaned_data["document"], by=request.user, also=keep).ticket
    except IntegrityError:  # the same form, sent at the same moment
        first = sent_before(asked, by=request.user)
        if first is None:
            raise
        return first
    except DomainError as refusal:
        if refusal.code == "form_used":
            form.renew_key()
        form.add_error("document" if isinstance(refusal, DocumentsError) else None, refusal.sentence)
        return None


def _asked(form: RegisterForm, channel: str, by: User) -> Intake:
    given = form.cleaned_data
    return Intake(
        category=form.category,
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
        official=given.get("official"),
        external_id=f"{by.pk}:{given['key']}" if given["key"] else None,  # each official has their own forms
    )


def _keep_secret(request: StaffRequest, received: Received) -> None:
    """Its receipt shows the secret once. Kept with the request itself: one wait for the disk, not two."""
    request.session[RECEIPT] = {received.ticket.folio: received.secret}
    request.session.save()
    request.session.modified = False


def _chosen(request: StaffRequest) -> Requester | None:
    """The person whose data fill the form: only the internal id is in the address, and the read is logged."""
    pk = _uuid(request.GET.get(PERSON, ""))
    known = found.chosen(pk) if pk and request.method == "GET" else None
    if known is not None:
        saw(request, [known])
        log_reads(request, purpose=f"caller_{SearchPurpose.INTAKE}")
    return known


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@requires(TicketPermission.REGISTER, on=registered_ticket)
def receipt(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    """What the person takes away; the secret is shown once, to who registered it."""
    secret = request.session.get(RECEIPT, {}).get(ticket.folio)
    if request.GET.get("formato") == "pdf" and secret:
        return attachments.receipt_response(ticket, secret)
    shown = folios.shown_secret(secret) if secret else _("ya se entregó")
    context = {
        "ticket": ticket,
        "secret": shown,
        "has_secret": bool(secret),
        "may_follow": visible_tickets(request.user).filter(pk=ticket.pk).exists(),
    }
    return render(request, "tickets/desk/receipt.html", context)
