"""One box over folio, words, place and persons; and who is calling. Every person shown is logged."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cabildo.accounts.access import can, log_reads, requires, saw
from cabildo.accounts.choices import AccountsPermission
from cabildo.tickets.choices import SearchPurpose, TicketPermission
from cabildo.tickets.forms.search import LONGEST_QUERY, PersonSearchForm
from cabildo.tickets.queries import found
from cabildo.ui import search as register

SHORTEST_NAME = 3


@requires(AccountsPermission.ENTER_DESK)
def everything(request: HttpRequest) -> HttpResponse:
    """A folio leads to its request; anything else to what has those words, within what this person may see."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    may_view = can(request.user, TicketPermission.VIEW)
    if may_view and (exact := found.by_folio(request.user, query)):
        return redirect("tickets:detail", folio=exact.folio)
    context: dict[str, Any] = {"query": query}
    if query and may_view:
        context |= _requests(request, query)
    if query:
        context["groups"] = register.find(request.user, query, may=lambda permission: can(request.user, permission))
    return render(request, "tickets/desk/search.html", context)


def _requests(request: HttpRequest, query: str) -> dict[str, Any]:
    before = _number(request.GET.get("antes"))
    page = found.by_words(request.user, query, before)
    persons = [] if before else _persons(request, query)
    following = f"?{urlencode({'q': query, 'antes': page.next_before})}" if page.next_before else ""
    return {"page": page, "persons": persons, "next_url": following, "is_first": before is None}


def _persons(request: HttpRequest, query: str) -> list[found.Known]:
    shown = found.persons(request.user, query) if len(query) >= SHORTEST_NAME else []
    saw(request, [known.requester for known in shown])
    return shown


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


@requires(TicketPermission.REGISTER)
def caller(request: HttpRequest) -> HttpResponse:
    """While typing at the counter: who this is and what they asked before. Without a purpose nobody is shown."""
    typed = request.GET if "q" in request.GET else None
    form = PersonSearchForm(typed, initial=request.GET.dict(), auto_id="person-%s", use_required_attribute=False)
    context: dict[str, Any] = {"form": form}
    if form.is_valid() and len(form.cleaned_data["q"]) >= SHORTEST_NAME:
        shown = found.persons(request.user, form.cleaned_data["q"], for_caller=True)
        saw(request, [known.requester for known in shown])
        # the purpose that was stated, not the name of this page
        log_reads(request, purpose=f"caller_{form.cleaned_data['purpose']}")
        context |= {"persons": shown, **_filling(form.cleaned_data)}
    elif request.GET.get("q") and not request.GET.get("purpose"):
        context["purpose_missing"] = True
    return render(request, _caller_template(request), context)


def _filling(given: dict[str, Any]) -> dict[str, Any]:
    """Where the data of the chosen person may go: the form being written, a new one, or nowhere for other purposes."""
    if given["purpose"] != SearchPurpose.INTAKE:
        return {}
    if given["canal"] and given["materia"]:
        return {"fill_url": reverse("tickets:register_form", args=[given["canal"], given["materia"]]), "is_begun": True}
    return {"fill_url": reverse("tickets:register")}


def _caller_template(request: HttpRequest) -> str:
    """The whole page, the box that another page asks for, or what it found."""
    if not request.headers.get("HX-Request"):
        return "tickets/desk/caller.html"
    return "tickets/desk/_persons.html" if "q" in request.GET else "tickets/desk/_caller.html"
