"""The electronic file of a request: its index on a page, and the whole of it to take away."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.access import requires, saw
from cabildo.tickets import expediente
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.expediente import pieces_of
from cabildo.tickets.queries.visibility import may_see_identity, visible_ticket
from cabildo.ui.parts import Crumb, Fact


def _requester(request: HttpRequest, ticket: Ticket) -> str:
    if ticket.requester is None or not may_see_identity(request.user, ticket):
        return ""
    saw(request, [ticket.requester])
    return str(ticket.requester)


@requires(TicketPermission.VIEW, on=visible_ticket)
def index(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Every act and document in order, with its hash."""
    facts = expediente.metadata(ticket, requester=_requester(request, ticket))
    context = {
        "ticket": ticket,
        "pieces": pieces_of(ticket),
        "facts": [Fact(label, value) for label, value in facts],
        "crumbs": [
            Crumb(_("Solicitudes"), reverse("tickets:list")),
            Crumb(ticket.folio, reverse("tickets:detail", args=[ticket.folio])),
            Crumb(_("Expediente electrónico")),
        ],
    }
    return render(request, "tickets/desk/expediente.html", context)


@requires(TicketPermission.VIEW, on=visible_ticket)
def download(request: HttpRequest, ticket: Ticket) -> FileResponse:
    """The ZIP. Leaving with a file is put on record, with whose data it carries."""
    requester = _requester(request, ticket)
    made = expediente.archive(ticket, pieces_of(ticket), requester=requester, now=timezone.now())
    audit.record("ticket.file_downloaded", on=ticket, by=request.user)
    return FileResponse(made, as_attachment=True, filename=f"expediente-{ticket.folio}.zip")
