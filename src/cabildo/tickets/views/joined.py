"""What stands beside a request, or beside one being taken in: adherents, parts, and others that may be the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from cabildo.accounts.access import can, requires
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.forms.search import SpotForm
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries import catalogue, duplicates, joined
from cabildo.tickets.queries.duplicates import Spot
from cabildo.tickets.queries.visibility import visible_ticket


def _page(request: HttpRequest, fragment: str, page: str) -> str:
    """The fragment for htmx, the whole page for who opens the address."""
    return fragment if request.headers.get("HX-Request") else page


@requires(TicketPermission.VIEW, on=visible_ticket)
def family(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Adherents, joined requests and parts of a record, and open requests near it."""
    near = duplicates.around(request.user, ticket, timezone.now()) if ticket.is_open else []
    context = {
        "ticket": ticket,
        "family": joined.family(request.user, ticket),
        "near": near,
        "may_merge": can(request.user, TicketPermission.MERGE, on=ticket),
    }
    return render(request, _page(request, "tickets/desk/_family.html", "tickets/desk/family.html"), context)


@requires(TicketPermission.REGISTER)
def near_intake(request: HttpRequest) -> HttpResponse:
    """While a request is typed in: the open ones of its subject near the place, among those this officer may see."""
    category = get_object_or_404(catalogue.open_categories(), code=request.GET.get("materia", ""))
    form = SpotForm(request.GET)
    spot = Spot(**form.cleaned_data) if form.is_valid() else Spot()
    near = duplicates.for_officer(request.user, category, spot, timezone.now())
    context = {"near": near, "category": category}
    return render(request, _page(request, "tickets/desk/_near.html", "tickets/desk/near.html"), context)
