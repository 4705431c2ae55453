"""A request and its papers: what the neighbour attaches, and the receipt they take away."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse

from cabildo.documents import actions as documents
from cabildo.tickets import letters
from cabildo.tickets.actions import intake
from cabildo.tickets.actions.events import By, tell
from cabildo.tickets.choices import EventKind
from cabildo.tickets.models import Ticket


def receive_with_photo(
    asked: intake.Intake, upload: Any, *, by: By = None, also: Callable[[intake.Received], None] | None = None
) -> intake.Received:
    """The request and its photo, with whatever else must be kept of it, or nothing at all."""

    def kept(received: intake.Received) -> None:
        if upload is not None:
            attach(received.ticket, upload, by=by, visibility="requester")
        if also is not None:
            also(received)

    return intake.receive(asked, by=by, also=kept)


@transaction.atomic
def attach(ticket: Ticket, upload: Any, *, by: By, visibility: str) -> None:
    """Store a file of this request, checked by its content."""
    stored = documents.store_upload(upload, owner=ticket, kind="evidence", visibility=visibility, by=by)
    tell(ticket, EventKind.DOCUMENT, by=by, is_public=visibility != "internal", data={"document": stored.pk})


def receipt_response(ticket: Ticket, secret: str) -> HttpResponse:
    answer = HttpResponse(letters.receipt_pdf(ticket, secret), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="comprobante-{ticket.folio}.pdf"'
    return answer
