"""A request and its papers: what the neighbour attaches, and the receipt they take away."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import ngettext

from cabildo.documents import actions as documents
from cabildo.tickets import letters
from cabildo.tickets.actions import handling, intake
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
def attach(ticket: Ticket, upload: Any, *, by: By, visibility: str, may_be_shown: bool = True) -> None:
    """Store a file of this request, checked by its content.

    Unless `may_be_shown`, nobody told who gave it that it could be published, and it never is.
    """
    stored = documents.store_upload(upload, owner=ticket, kind="evidence", visibility=visibility, by=by)
    data = {"document": stored.pk, **({} if may_be_shown else {"private": True})}
    tell(ticket, EventKind.DOCUMENT, by=by, is_public=visibility != "internal", data=data)


def add_information(ticket: Ticket, *, text: str, papers: Sequence[Any], by: By, today: date, key: str = "") -> None:
    """What the neighbour adds to their request, with its files, or nothing at all; they may open them again."""

    def kept(fresh: Ticket) -> None:
        for paper in papers:
            attach(fresh, paper, by=by, visibility="requester", may_be_shown=False)

    names = ", ".join(str(paper.name) for paper in papers)
    words = text.strip() or ngettext("Envió un documento: %s", "Envió documentos: %s", len(papers)) % names
    handling.add_information(ticket, text=words, by=by, today=today, key=key, also=kept)


def receipt_response(ticket: Ticket, secret: str) -> HttpResponse:
    answer = HttpResponse(letters.receipt_pdf(ticket, secret), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="comprobante-{ticket.folio}.pdf"'
    return answer
