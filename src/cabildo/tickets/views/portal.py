"""A neighbour asks for something: what, details, where, who, receipt."""

from typing import Any

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

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

WEB_SOURCE = "web"


@public
def choose(request: HttpRequest) -> HttpResponse:
    """Step one: what is it about?"""
    query = request.GET.get("q", "")[:100]
    categories = catalogue.open_categories()
    context = {
        "query": query,
        "groups": catalogue.grouped(categories),
        "found": catalogue.matching(query, categories) if query else None,
        "redirects": redirects.recognised(query),
    }
    return render(request, "tickets/portal/choose.html", context)


def _category(code: str) -> Category:
    return get_object_or_404(catalogue.open_categories(), code=code)


@public
def details(request: HttpRequest, code: str) -> HttpResponse:
    """Step two: what happens, and the questions of the category."""
    category = _category(code)
    drafts.start(request, category)
    form = DetailsForm(request.POST or None, category=category, initial=_details(request))
    if form.is_valid():
        given = form.cleaned_data
        drafts.keep(request, kind=given["kind"], text=given["text"], answers=given["answers"])
        return redirect("tickets:place" if _asks_place(category) else "tickets:contact", code=code)
    context = {
        "category": category,
        "form": form,
        "notices": category.definition.get("notices", []),
        "redirects": redirects.recognised(request.POST.get("text", "")),
    }
    return render(request, "tickets/portal/details.html", context)


def _details(request: HttpRequest) -> dict[str, Any]:
    draft = drafts.read(request)
    answers = {PREFIX + name: value for name, value in draft.get("answers", {}).items()}
    return {"kind": draft.get("kind"), "text": draft.get("text"), **answers}


def _asks_place(category: Category) -> bool:
    return category.definition.get("location", "none") != "none"


@public
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Step three: where?"""
    category = _category(code)
    if "text" not in drafts.read(request):
        return redirect("tickets:details", code=code)
    must_say = category.definition.get("location") == "required"
    form = PlaceForm(request.POST or None, required=must_say, initial=drafts.read(request).get("place"))
    if form.is_valid():
        drafts.keep(request, place=form.cleaned_data)
        return redirect("tickets:similar", code=code)
    context = {"category": category, "form": form, "map_data": maps.picker()}
    return render(request, "tickets/portal/place.html", context)


@public
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Last step: who asks; a look at it all; send."""
    category = _category(code)
    draft = drafts.read(request)
    if "text" not in draft:
        done = drafts.receipt(request)
        return redirect("tickets:receipt") if done else redirect("tickets:details", code=code)
    form = ContactForm(request.POST or None, request.FILES or None, category=category)
    if form.is_valid():
        return _send(request, category, draft, form)
    return _contact_page(request, category, draft, form)


def _contact_page(request: HttpRequest, category: Category, draft: dict[str, Any], form: ContactForm) -> HttpResponse:
    place = draft.get("place", {})
    department = catalogue.department_at(category, place.get("latitude"), place.get("longitude"))
    context = {"category": category, "form": form, "draft": draft, "department": department}
    return render(request, "tickets/portal/contact.html", context)


def _send(request: HttpRequest, category: Category, draft: dict[str, Any], form: ContactForm) -> HttpResponse:
    asked = intake.Intake(
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
    try:
        received = attachments.receive_with_photo(asked, form.cleaned_data.get("photo"))
    except IntegrityError:
        first = _sent_before(draft["key"])
        if first is None:
            raise
        drafts.finish(request, first.pk, secret="")  # the same draft, sent twice: the first one stands
        return redirect("tickets:receipt")
    except (TicketsError, DocumentsError) as refusal:
        form.add_error("photo" if isinstance(refusal, DocumentsError) else None, refusal.sentence)
        return _contact_page(request, category, draft, form)
    drafts.finish(request, received.ticket.pk, received.secret)
    return redirect("tickets:receipt")


def _sent_before(key: str) -> Ticket | None:
    return Ticket.objects.filter(source=WEB_SOURCE, external_id=key).first()


@public
def receipt(request: HttpRequest) -> HttpResponse:
    """The folio, the secret, who must answer and by when; shown in this browser only."""
    ticket, secret = _receipt(request)
    context = {"ticket": ticket, "secret": folios.shown_secret(secret), "url": links.tracking_url(ticket)}
    return render(request, "tickets/portal/receipt.html", context)


@public
def receipt_pdf(request: HttpRequest) -> HttpResponse:
    """The same receipt on paper."""
    ticket, secret = _receipt(request)
    return attachments.receipt_response(ticket, secret)


def _receipt(request: HttpRequest) -> tuple[Ticket, str]:
    kept = drafts.receipt(request)
    ticket = Ticket.objects.select_related("category", "department").filter(pk=kept.get("ticket")).first()
    if ticket is None:
        raise Http404
    return ticket, kept["secret"]
