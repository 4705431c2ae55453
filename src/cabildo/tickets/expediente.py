"""The electronic file as it is taken away: index in PDF, JSON and CSV, the history and every document, in one ZIP."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.documents import papers
from cabildo.documents.queries import content_of
from cabildo.jobs import progress
from cabildo.tickets.letters import letterhead
from cabildo.tickets.models import Ticket, TicketEvent
from cabildo.tickets.queries.expediente import Piece, record
from cabildo.ui import spanish
from cabildo.ui.exports import csv_lines

AT_ONCE_BYTES, AT_ONCE_DOCUMENTS = 25 * 1024 * 1024, 100  # beyond either it is made in the background
IN_MEMORY = 8 * 1024 * 1024  # beyond this the ZIP is written to disk while it grows
HASHES = "huellas-sha256.txt"
HEADINGS = ("orden", "fecha", "clase", "nombre", "autor", "bytes", "sha256", "archivo")


def metadata(ticket: Ticket, *, requester: str) -> list[tuple[str, str]]:
    """What identifies the file; `requester` is empty for who may not know it."""
    facts = [
        (_("Folio"), ticket.folio),
        (_("Procedimiento"), f"{ticket.get_kind_display()}: {ticket.category.label}"),
        (_("Interesado"), requester or _("reservado")),
        (_("Ingreso"), f"{spanish.long_date(ticket.received_at)}, {spanish.clock(ticket.received_at)}"),
        (_("Canal"), ticket.get_channel_display()),
        (_("Responsable"), str(ticket.department or _("por definir"))),
        (_("Estado"), ticket.get_state_display()),
        (_("Resultado"), ticket.get_outcome_display()),
        (_("Cierre"), spanish.long_date(ticket.closed_at) if ticket.closed_at else ""),
    ]
    return [(str(label), str(value)) for label, value in facts if value]


def is_long(pieces: Sequence[Piece]) -> bool:
    """Would who asks for the ZIP wait too long for it?"""
    inside = [piece for piece in pieces if piece.file_name]
    return len(inside) > AT_ONCE_DOCUMENTS or sum(piece.size or 0 for piece in inside) > AT_ONCE_BYTES


def zip_name(ticket: Ticket) -> str:
    return f"expediente-{ticket.folio}.zip"


def archive(ticket: Ticket, pieces: Sequence[Piece], *, requester: str, now: datetime) -> Any:
    """The whole file as a ZIP, open for reading from its start."""
    facts = metadata(ticket, requester=requester)
    made = _made(ticket, pieces, facts, now)
    out = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the answer closes it when it has been sent
    try:
        _fill(out, made, pieces)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


def _fill(out: Any, made: dict[str, bytes], pieces: Sequence[Piece]) -> None:
    hashes: list[str] = []
    with ZipFile(out, "w", ZIP_DEFLATED) as folder:
        for name, content in made.items():
            _add(folder, hashes, name, content, ZIP_DEFLATED)
        for done, piece in enumerate(pieces, start=1):
            if piece.document is not None and piece.file_name:
                _add(folder, hashes, piece.file_name, content_of(piece.document), ZIP_STORED)
            progress(done, len(pieces))
        folder.writestr(HASHES, "\n".join([*hashes, ""]))


def _add(folder: ZipFile, hashes: list[str], name: str, content: bytes, method: int) -> None:
    folder.writestr(name, content, compress_type=method)
    hashes.append(f"{hashlib.sha256(content).hexdigest()}  {name}")


def _made(ticket: Ticket, pieces: Sequence[Piece], facts: list[tuple[str, str]], now: datetime) -> dict[str, bytes]:
    rows = [_row(piece) for piece in pieces]
    index = {
        "folio": ticket.folio,
        "generado": timezone.localtime(now).isoformat(timespec="seconds"),
        "metadatos": dict(facts),
        "indice": [dict(zip(HEADINGS, row, strict=True)) for row in rows],
    }
    return {
        "indice.pdf": _pdf(ticket, pieces, facts, now),
        "indice.json": json.dumps(index, ensure_ascii=False, indent=2).encode(),
        "indice.csv": "".join(csv_lines(HEADINGS, rows, separator=",")).encode(),
        "actuaciones.jsonl": _history(ticket),
    }


def _row(piece: Piece) -> list[Any]:
    at = timezone.localtime(piece.at).isoformat(timespec="seconds")
    return [piece.order, at, piece.kind, piece.name, piece.author, piece.size, piece.sha256, piece.file_name]


def _history(ticket: Ticket) -> bytes:
    """One act a line, exactly as it was hashed for the index."""
    events = TicketEvent.objects.filter(ticket=ticket).order_by("at", "pk")
    return b"\n".join([*(record(event) for event in events), b""])


def _pdf(ticket: Ticket, pieces: Sequence[Piece], facts: list[tuple[str, str]], now: datetime) -> bytes:
    lines = [
        papers.IndexLine(
            order=str(piece.order),
            name=piece.name,
            kind=piece.kind,
            at=f"{spanish.short_date(piece.at)}, {spanish.clock(piece.at)}",
            author=piece.author,
            sha256=piece.sha256,
        )
        for piece in pieces
    ]
    return papers.pdf(
        papers.FileIndex(
            letterhead=letterhead(ticket),
            folio=ticket.folio,
            issued_at=now.replace(microsecond=0),
            facts=facts,
            entries=lines,
        )
    )
