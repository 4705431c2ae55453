"""What does the electronic file of a request hold, in which order? (Ley 19.880, art. 18; Ley 21.180)"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from cabildo.documents.models import Document
from cabildo.documents.queries import documents_of, documents_of_all
from cabildo.tickets.models import InternalRequest, Ticket, TicketEvent
from cabildo.tickets.queries.internal import with_readable_papers
from cabildo.tickets.queries.visibility import may_see_identity


@dataclass(frozen=True)
class Piece:
    """One line of the index: an act, or a document. `sha256` is of the file, or of the act's record.

    A withheld document is on the index without its name, and out of the ZIP: it would tell who asks.
    """

    order: int
    at: datetime
    kind: str
    name: str
    author: str
    sha256: str
    size: int | None = None
    document: Document | None = None
    is_withheld: bool = False

    @property
    def is_erased(self) -> bool:
        return self.document is not None and self.document.erased_at is not None

    @property
    def file_name(self) -> str:
        """Where the document lies inside the ZIP; empty for acts and for what was erased or is withheld."""
        if self.document is None or self.is_erased or self.is_withheld:
            return ""
        return f"documentos/{self.order:03d}-{self.name}"


def pieces_of(ticket: Ticket, reader: Any) -> list[Piece]:
    """Acts and documents together, by the instant in which they entered, numbered from 1. Five queries at most.

    Documents of a reserved request are withheld from who may not see its identity, and what departments sent each
    other from who may not read that internal request.
    """
    papers, withheld = list(documents_of(ticket)), set[int]()
    if not may_see_identity(reader, ticket):
        withheld = {document.pk for document in papers}
    inner, unreadable = _inner_papers(ticket, reader)
    events = TicketEvent.objects.filter(ticket=ticket).select_related("by", "standing_in_for", "department")
    found = [(event.at, 0, event.pk, event) for event in events]
    found += [(document.created_at, 1, document.pk, document) for document in (*papers, *inner)]
    found.sort(key=lambda item: item[:3])
    return [
        _paper(order, subject, is_withheld=subject.pk in withheld | unreadable)
        if isinstance(subject, Document)
        else _act(order, subject)
        for order, (_at, _rank, _pk, subject) in enumerate(found, start=1)
    ]


def _inner_papers(ticket: Ticket, reader: Any) -> tuple[list[Document], set[int]]:
    """What departments sent each other on this request, and which of it this person may not open."""
    asked = list(InternalRequest.objects.filter(ticket=ticket))
    if not asked:
        return [], set()
    readable = {str(pk) for pk in with_readable_papers(reader).filter(ticket=ticket).values_list("pk", flat=True)}
    papers = list(documents_of_all(asked))
    return papers, {document.pk for document in papers if document.owner_id not in readable}


def _paper(order: int, document: Document, *, is_withheld: bool) -> Piece:
    return Piece(
        order,
        document.created_at,
        document.get_kind_display(),
        _("Documento reservado") if is_withheld else document.original_name,
        str(document.created_by or ""),
        document.sha256,
        document.size,
        document,
        is_withheld,
    )


def _act(order: int, subject: TicketEvent) -> Piece:
    name = f"{subject.get_kind_display()}{f': {subject.department}' if subject.department else ''}"
    return Piece(
        order, subject.at, "actuación", name, str(subject.by or ""), hashlib.sha256(record(subject)).hexdigest()
    )


def record(event: TicketEvent) -> bytes:
    """The act as it is hashed: canonical JSON, the same on every machine."""
    facts = {
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": event.kind,
        "by": event.by_id,
        "standing_in_for": event.standing_in_for_id,
        "department": event.department_id,
        "words": event.words,
        "data": event.data,
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
