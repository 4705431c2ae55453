"""A neighbour who proved their identity sees their own requests, without folio or secret."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cabildo.accounts.access import log_reads, public, saw
from cabildo.tickets import links
from cabildo.tickets.queries.mine import tickets_of_person

SHOWN = 100


@public
def mine(request: HttpRequest) -> HttpResponse:
    """Their requests, newest first, each leading to its tracking page."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    tickets = list(tickets_of_person(request.user)[:SHOWN])
    saw(request, {("people.requester", str(ticket.requester_id)) for ticket in tickets})
    log_reads(request, purpose="mine")
    rows = [(ticket, links.tracking_token(ticket)) for ticket in tickets]
    return render(request, "tickets/portal/mine.html", {"rows": rows})
