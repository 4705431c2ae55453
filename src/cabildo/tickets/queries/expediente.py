"""What does the electronic file of a request hold, in which order? (Ley 19.880, art. 18; Ley 21.180)"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cabildo.documents.models import Document
from cabildo.documents.queries import documents_of
from cabildo.tickets.models import Ticket, TicketEvent


@dataclass(frozen=True)
class Piece:
    """One line of the index: an act, or a document. `sha256` is of the file, or of the act's record."""

    order: int
    at: datetime
    kind: str
    name: str
    author: str
    sha256: str
    size: int | None = None
    document: Document | None = None

    @property
    def is_erased(self) -> bool:
        return self.document is not None and self.document.erased_at is not None

    @property
    def file_name(self) -> str:
        """Where the document lies inside the ZIP; empty for acts and for what was erased."""
        if self.document is None or self.is_erased:
            return ""
        return f"documentos/{self.order:03d}-{self.name}"


def pieces_of(ticket: Ticket) -> list[Piece]:
    """Acts and documents together, by the instant in which they entered, numbered from 1. Two queries."""
    events = TicketEvent.objects.filter(ticket=ticket).select_related("by", "standing_in_for", "department")
    found = [(event.at, 0, event.pk, event) for event in events]
    found += [(document.created_at, 1, document.pk, document) for document in documents_of(ticket)]
    found.sort(key=lambda item: item[:3])
    return [_piece(order, subject) for order, (_at, _rank, _pk, subject) in enumerate(found, start=1)]


def _piece(order: int, subject: Any) -> Piece:
    if isinstance(subject, Document):
        return Piece(
            order,
            subject.created_at,
            subject.get_kind_display(),
            subject.original_name,
            str(subject.created_by or ""),
            subject.sha256,
            subject.size,
            subject,
        )
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
