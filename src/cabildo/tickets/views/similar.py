"""Before sending: is it one of these? To adhere to another's request, and to follow it by one's own link."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import public
from cabildo.tickets import drafts, following, throttle
from cabildo.tickets.actions import adhering
from cabildo.tickets.actions.satisfaction import CITIZEN
from cabildo.tickets.choices import Channel, State
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.forms.joining import AdhesionForm
from cabildo.tickets.forms.portal import InformationForm
from cabildo.tickets.models import Adhesion, Category, Ticket
from cabildo.tickets.queries import duplicates
from cabildo.tickets.queries.duplicates import Spot
from cabildo.tickets.views.portal_steps import Draft, after_other_ways
from cabildo.tickets.wording import WHERE_ADHERED

ADHESIONS_PER_HOUR = 10


@public
@after_other_ways
def similar(request: HttpRequest, category: Category, name: str, draft: Draft) -> HttpResponse:
    """Between the place and the contact: what others already asked near there; nothing near, straight on."""
    offers = duplicates.offers(category, _spot(draft.get("place", {})), timezone.now())
    if not offers:
        return redirect(drafts.address("tickets:contact", category, name))
    context = {
        "category": category,
        "name": name,
        "offers": [(offer, _adhere_address(offer.ticket, name)) for offer in offers],
        "contact_url": drafts.address("tickets:contact", category, name),
    }
    return render(request, "tickets/portal/similar.html", context)


def _adhere_address(ticket: Ticket, name: str) -> str:
    return drafts.named(reverse("tickets:adhere", args=[following.offer_token(ticket)]), name)


def _spot(place: dict[str, Any]) -> Spot:
    return Spot(place.get("latitude"), place.get("longitude"), place.get("place") or "")


def _offered(token: str) -> Ticket:
    ticket = following.offered_ticket(token)
    if ticket is None:
        raise Http404
    return ticket


@public
def adhere(request: HttpRequest, token: str) -> HttpResponse:
    """Who adheres, and how to tell them; only to a request that was offered."""
    ticket = _offered(token)
    form = AdhesionForm(request.POST or None, category=ticket.category)
    if form.is_valid():
        if not throttle.allows(request, "adhere", limit=ADHESIONS_PER_HOUR, seconds=3600):
            form.add_error(None, _("Hubo muchas adhesiones desde su conexión. Espere una hora y pruebe otra vez."))
        else:
            return _join(request, ticket, form, token)
    return _adhesion_page(request, ticket, form)


def _adhesion_page(request: HttpRequest, ticket: Ticket, form: AdhesionForm) -> HttpResponse:
    context = {"offer": duplicates.offer_of(ticket), "form": form, "category": ticket.category}
    return render(request, "tickets/portal/adhere.html", context)


def _join(request: HttpRequest, ticket: Ticket, form: AdhesionForm, token: str) -> HttpResponse:
    joining = adhering.Joining(form.contact, Channel.WEB, form.cleaned_data["is_follower_only"], form.sent_key)
    try:
        adhesion = adhering.adhere(ticket, joining, by=CITIZEN)
    except TicketsError as refusal:
        form.add_error(None, refusal.sentence)
        return _adhesion_page(request, ticket, form)
    drafts.drop(request, drafts.said_name(request))
    done = _("Listo. Guarde la dirección de esta página: sólo usted la tiene.")
    messages.success(request, done, extra_tags=f"solicitud-{ticket.category.code}")
    return redirect("tickets:adhesion", token=following.adhesion_token(adhesion))


def _adhesion(token: str) -> Adhesion:
    adhesion = following.adhesion_of(token)
    if adhesion is None:
        raise Http404
    return adhesion


@public
def adhesion(request: HttpRequest, token: str) -> HttpResponse:
    """How the request one adhered to goes: where it is and by when; nothing another person wrote in private."""
    joined = _adhesion(token)
    main = joined.ticket.merged_into or joined.ticket
    form = InformationForm(request.POST or None)
    if form.is_valid() and main.is_open:
        adhering.add_word(joined, text=form.cleaned_data["text"], by=CITIZEN, key=form.sent_key)
        messages.success(request, _("Agregamos su información. La verá quien responde."))
        return redirect("tickets:adhesion", token=token)
    where = str(WHERE_ADHERED[State(main.state)]).format(department=main.department or _("la municipalidad"))
    context = {
        "offer": duplicates.offer_of(main),
        "where": where,
        "form": form if main.is_open else None,
        "token": token,
    }
    return render(request, "tickets/portal/adhesion.html", context)


@public
@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Stop following: the link stops working too."""
    adhering.leave(_adhesion(token), by=CITIZEN)
    return render(request, "tickets/portal/left.html")
