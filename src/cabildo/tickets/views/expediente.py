"""The electronic file of a request: its index on a page, and the whole of it to take away."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo import audit
from cabildo.accounts.access import StaffRequest, requires, saw
from cabildo.documents.queries import kept_documents_of
from cabildo.tickets import expediente
from cabildo.tickets.actions import file_copies
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import FileCopy, Ticket
from cabildo.tickets.queries.expediente import pieces_of
from cabildo.tickets.queries.visibility import may_see_identity, visible_ticket, visible_tickets
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
    pieces = pieces_of(ticket, request.user)
    context = {
        "ticket": ticket,
        "pieces": pieces,
        "is_long": expediente.is_long(pieces),
        "facts": [Fact(label, value) for label, value in facts],
        "crumbs": [*_crumbs(ticket), Crumb(_("Expediente electrónico"))],
    }
    return render(request, "tickets/desk/expediente.html", context)


def _crumbs(ticket: Ticket) -> list[Crumb]:
    return [
        Crumb(_("Solicitudes"), reverse("tickets:list")),
        Crumb(ticket.folio, reverse("tickets:detail", args=[ticket.folio])),
    ]


@requires(TicketPermission.VIEW, on=visible_ticket)
def download(request: StaffRequest, ticket: Ticket) -> HttpResponse | FileResponse:
    """The ZIP; a long one has to be asked for. Leaving with a file is put on record, with whose data it carries."""
    pieces = pieces_of(ticket, request.user)
    if expediente.is_long(pieces):
        return redirect("tickets:file", folio=ticket.folio)
    made = expediente.archive(ticket, pieces, requester=_requester(request, ticket), now=timezone.now())
    audit.record("ticket.file_downloaded", on=ticket, by=request.user)
    return FileResponse(made, as_attachment=True, filename=expediente.zip_name(ticket))


@require_POST
@requires(TicketPermission.VIEW, on=visible_ticket)
def prepare(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    """Ask for the ZIP, and wait for it on a page of its own."""
    asked = file_copies.ask_for_copy(ticket, by=request.user)
    return redirect("tickets:file_copy", pk=asked.pk)


def find_copy(user: Any, pk: int) -> FileCopy:
    """A copy that this person asked for, of a request they may still see; else Http404."""
    mine = FileCopy.objects.filter(pk=pk, asked_by=user, ticket__in=visible_tickets(user))
    found = mine.select_related("ticket", "job").first()
    if found is None:
        raise Http404
    return found


@requires(TicketPermission.VIEW)
def copy(request: StaffRequest, pk: int) -> HttpResponse:
    """How far it is; at the end, where it is."""
    asked = find_copy(request.user, pk)
    file_page = Crumb(_("Expediente electrónico"), reverse("tickets:file", args=[asked.ticket.folio]))
    context = {
        "copy": asked,
        "document": kept_documents_of(asked).last() if asked.finished_at else None,
        "crumbs": [*_crumbs(asked.ticket), file_page, Crumb(_("Copia completa"))],
    }
    return render(request, "tickets/desk/file_copy.html", context)


@requires(TicketPermission.VIEW)
def copy_progress(request: StaffRequest, pk: int) -> HttpResponse:
    """The part of the page that changes; once nobody works on it, the page is asked to show what came of it."""
    asked = find_copy(request.user, pk)
    answer = render(request, "tickets/desk/_file_copy_progress.html", {"copy": asked})
    if asked.finished_at or asked.has_failed:
        answer["HX-Refresh"] = "true"
    return answer
