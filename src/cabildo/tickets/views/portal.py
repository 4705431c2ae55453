"""A neighbour asks for something: what, details, where, who, receipt."""

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cabildo.accounts.access import public
from cabildo.documents.errors import DocumentsError
from cabildo.tickets import attachments, drafts, links, maps, redirects
from cabildo.tickets.actions import intake
from cabildo.tickets.choices import Channel
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.forms.portal import ContactForm, DetailsForm, PlaceForm
from cabildo.tickets.forms.questions import PREFIX
from cabildo.tickets.models import Category, Ticket
from cabildo.tickets.queries import catalogue
from cabildo.tickets.rules import folio as folios
from cabildo.tickets.views.portal_steps import (
    Draft,
    after_details,
    after_other_ways,
    category_of,
    steps_of,
    with_draft,
)

WEB_SOURCE = "web"


@public
def choose(request: HttpRequest) -> HttpResponse:
    """Step one: what is it about?"""
    query = request.GET.get("q", "")[:100]
    categories = catalogue.open_categories()
    found = catalogue.matching(query, categories) if query else None
    context = {
        "query": query,
        "groups": catalogue.grouped(categories),
        "found": found,
        "other": catalogue.other_matter(categories) if found is not None else None,
        "redirects": redirects.recognised(query),
    }
    return render(request, "tickets/portal/choose.html", context)


@public
def details(request: HttpRequest, code: str) -> HttpResponse:
    """Step two: what happens, and the questions of the category; first, which law of its own it follows."""
    category = category_of(code)
    regime = redirects.of_category(category)
    if regime is not None and regime.has_own_form:
        return redirect(regime.url)
    form = DetailsForm(request.POST or None, category=category, initial=_details(request, category))
    ways = _other_ways(request.POST.get("text", ""), regime)
    if form.is_valid():
        name = drafts.name_to_write(request, category)
        drafts.keep(request, category, name, **form.kept, ways=[way.id for way in ways])
        return redirect(after_details(category, name, drafts.read_named(request, name)))
    context = {
        "category": category,
        "form": form,
        "form_name": drafts.name_of_page(request, category),
        "notices": category.definition.get("notices", []),
        "regime": regime,
        "redirects": ways,
        "steps": steps_of(category),
    }
    return render(request, "tickets/portal/details.html", context)


def _details(request: HttpRequest, category: Category) -> Draft:
    _name, draft = drafts.read(request, category)
    answers = {PREFIX + name: value for name, value in draft.get("answers", {}).items()}
    return {name: draft[name] for name in ("kind", "text") if name in draft} | answers


def _other_ways(text: str, own: redirects.Regime | None) -> list[redirects.Regime]:
    """The regimes its words give away, but for the one of its subject, already explained."""
    return [way for way in redirects.recognised(text) if own is None or way.id != own.id]


@public
@with_draft
def other_way(request: HttpRequest, category: Category, name: str, draft: Draft) -> HttpResponse:
    """Between the second step and the third, once: its words belong to another regime; go there, or go on here."""
    ways = [regime for regime in redirects.regimes() if regime.id in draft.get("ways", [])]
    if request.method == "POST" or not ways:
        drafts.keep(request, category, name, went_on=draft.get("ways", []))
        return redirect(after_details(category, name, drafts.read_named(request, name)))
    addressed = [(way, drafts.named(way.url, name) if way.has_own_form else way.url) for way in ways]
    return render(request, "tickets/portal/other_way.html", {"category": category, "name": name, "ways": addressed})


@public
@after_other_ways
def place(request: HttpRequest, category: Category, name: str, draft: Draft) -> HttpResponse:
    """Step three: where?"""
    must_say = category.definition.get("location") == "required"
    form = PlaceForm(request.POST or None, required=must_say, initial=draft.get("place"))
    if form.is_valid():
        drafts.keep(request, category, name, place=form.cleaned_data)
        return redirect(drafts.address("tickets:similar", category, name))
    context = {"category": category, "name": name, "form": form, "map_data": maps.picker()}
    return render(request, "tickets/portal/place.html", context)


@public
@after_other_ways
def contact(request: HttpRequest, category: Category, name: str, draft: Draft) -> HttpResponse:
    """Last step: who asks; a look at it all; send."""
    form = ContactForm(request.POST or None, request.FILES or None, category=category)
    if form.is_valid():
        return _send(request, category, name, draft, form)
    return _contact_page(request, category, name, draft, form)


def _contact_page(request: HttpRequest, category: Category, name: str, draft: Draft, form: ContactForm) -> HttpResponse:
    place = draft.get("place", {})
    department = catalogue.department_at(category, place.get("latitude"), place.get("longitude"))
    context = {"category": category, "name": name, "form": form, "draft": draft, "department": department}
    return render(request, "tickets/portal/contact.html", {**context, "steps": steps_of(category)})


def _send(request: HttpRequest, category: Category, name: str, draft: Draft, form: ContactForm) -> HttpResponse:
    try:
        received = attachments.receive_with_photo(_asked(category, draft, form), form.cleaned_data.get("photo"))
    except IntegrityError:
        first = _sent_before(draft["key"])
        if first is None:
            raise
        drafts.finish(request, category, name, ticket_pk=first.pk, secret="")  # sent twice: the first one stands
    except (TicketsError, DocumentsError) as refusal:
        form.add_error("photo" if isinstance(refusal, DocumentsError) else None, refusal.sentence)
        return _contact_page(request, category, name, draft, form)
    else:
        drafts.finish(request, category, name, ticket_pk=received.ticket.pk, secret=received.secret)
    return redirect(drafts.named(reverse("tickets:receipt"), name))


def _asked(category: Category, draft: Draft, form: ContactForm) -> intake.Intake:
    return intake.Intake(
        category=category,
        kind=draft["kind"],
        text=draft["text"],
        channel=Channel.WEB,
        contact=form.contact,
        answers=draft.get("answers", {}),
        wants_reserve=bool(form.cleaned_data.get("reserve")),
        source=WEB_SOURCE,
        external_id=draft["key"],
        **{name: value for name, value in draft.get("place", {}).items() if value is not None},
    )


def _sent_before(key: str) -> Ticket | None:
    return Ticket.objects.filter(source=WEB_SOURCE, external_id=key).first()


@public
def receipt(request: HttpRequest) -> HttpResponse:
    """The folio, the secret, who must answer and by when; shown in this browser only."""
    name, ticket, secret = _receipt(request)
    context = {
        "ticket": ticket,
        "secret": folios.shown_secret(secret),
        "url": links.tracking_url(ticket),
        "pdf_url": drafts.named(reverse("tickets:receipt_pdf"), name),
    }
    return render(request, "tickets/portal/receipt.html", context)


@public
def receipt_pdf(request: HttpRequest) -> HttpResponse:
    """The same receipt on paper."""
    _name, ticket, secret = _receipt(request)
    return attachments.receipt_response(ticket, secret)


def _receipt(request: HttpRequest) -> tuple[str, Ticket, str]:
    name, kept = drafts.receipt(request)
    ticket = Ticket.objects.select_related("category", "department").filter(pk=kept.get("ticket")).first()
    if ticket is None:
        raise Http404
    return name, ticket, kept["secret"]
