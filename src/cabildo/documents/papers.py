"""The documents that upper apps print: what each says, without knowing how it is drawn.

Fill the dataclass, call `pdf(paper)`. Texts are shown as they are written; dates and figures come already worded.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from cabildo.documents import engine_typst, qr


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who issues. `arms` is SVG text or the bytes of a PNG or JPEG; `contact` is the line at the foot."""

    municipality: str
    department: str = ""
    contact: str = ""
    arms: str | bytes | None = None
    hue: int = 250


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every document has. `folio` stands at the top right of each page under `folio_label`."""

    template: ClassVar[str]
    title: str
    letterhead: Letterhead
    folio: str = ""
    folio_label: str = "Folio"
    issued_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Receipt(Paper):
    """Comprobante de ingreso (Ley 19.880, art. 30): what was received, when, who answers, by when, how to follow it.

    `facts` are (label, value) pairs; `address` is the tracking address, drawn as QR too. Without `secret` the address
    alone opens it.
    """

    template: ClassVar[str] = "receipt"
    title: str = "Comprobante de ingreso"
    receipt_folio: str
    secret: str = ""
    facts: Sequence[tuple[str, str]]
    steps: Sequence[str]
    address: str = ""
    note: str = "Guarde este comprobante: la clave permite ver su solicitud sin crear una cuenta."


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs; `authority` is a line such as "Por orden del alcalde"."""

    name: str
    position: str
    authority: str = ""


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Asks who reads the paper to answer something: `address` is drawn as QR; `page` and `code` are typed by hand."""

    title: str
    text: str
    address: str
    page: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Letter(Paper):
    """Oficio or carta de respuesta. `references` are (label, text) pairs: Antecedente, Materia.

    With `code` and `address` (of the verification page) the letter carries its verification block.
    """

    template: ClassVar[str] = "letter"
    number: str
    place_and_date: str
    addressee: str
    paragraphs: Sequence[str]
    signature: Signature
    references: Sequence[tuple[str, str]] = ()
    closing: str = "Saluda atentamente a usted,"
    copies: Sequence[str] = ()
    code: str = ""
    address: str = ""
    invitation: Invitation | None = None


@dataclass(frozen=True, kw_only=True)
class Slip(Paper):
    """A sheet with an invitation alone, for who is reached by hand. `facts` are (label, value) pairs."""

    template: ClassVar[str] = "slip"
    lead: str
    facts: Sequence[tuple[str, str]]
    invitation: Invitation
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Certificate(Paper):
    """What an official certifies, with their signature and the verification block of `code` and `address`."""

    template: ClassVar[str] = "certificate"
    number: str
    place_and_date: str
    paragraphs: Sequence[str]
    signature: Signature
    code: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number with its denominator: ("Sin respuesta", "20,0 %", "384 de 1.920")."""

    label: str
    value: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class ChartPicture:
    """A chart as SVG; `alt` says in words what it shows."""

    title: str
    svg: str
    alt: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    name: str
    number: bool = False


@dataclass(frozen=True, kw_only=True)
class TableOfFigures:
    """A table of texts; columns marked `number` are set to the right."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Board(Paper):
    """The report of a dashboard. `scope` says period and filters; `sources` where the numbers come from."""

    template: ClassVar[str] = "board"
    scope: str
    figures: Sequence[Figure] = ()
    charts: Sequence[ChartPicture] = ()
    tables: Sequence[TableOfFigures] = ()
    sources: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class IndexLine:
    """A document of the file, in words; `sha256` has 64 hexadecimal digits."""

    order: str
    name: str
    kind: str
    at: str
    author: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class FileIndex(Paper):
    """Índice del expediente electrónico (Ley 19.880, art. 18; Ley 21.180)."""

    template: ClassVar[str] = "expediente_index"
    title: str = "Índice del expediente electrónico"
    facts: Sequence[tuple[str, str]]
    entries: Sequence[IndexLine]
    note: str = "La huella SHA-256 permite comprobar que cada archivo es el que se incorporó al expediente."


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """A person of the list of a meeting, all in words; `mark` says whether they came."""

    name: str
    organisation: str
    role: str
    sector: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point of the agenda and what was said on it; `dissent` are the opinions against."""

    title: str
    presenter: str
    paragraphs: Sequence[str]
    dissent: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class AgreedLine:
    """What was agreed, who answers for it, by when."""

    number: str
    what: str
    responsible: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class SignatureLine:
    """Who signs; `mark` says how they did, empty leaves room for the hand."""

    name: str
    position: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class Minutes(Paper):
    """Acta of a meeting. `facts` are (label, value); `tallies` rows of group, expected, came of them, came uncalled.

    `correction` says what this version corrects of the one before. With `code` and `address` it can be verified.
    """

    template: ClassVar[str] = "minutes"
    facts: Sequence[tuple[str, str]]
    people: Sequence[Attendee]
    tallies: Sequence[Sequence[str]]
    quorum: Sequence[str]
    points: Sequence[Point]
    agreements: Sequence[AgreedLine]
    signatures: Sequence[SignatureLine]
    correction: str = ""
    code: str = ""
    address: str = ""


def pdf(paper: Paper) -> bytes:
    """The paper as an archival, accessible PDF (PDF/A-2a and PDF/UA-1)."""
    data = asdict(paper) | _drawings(paper)
    data["letterhead"]["arms"] = _drawable(paper.letterhead.arms)
    data["issued_at"] = None
    return engine_typst.pdf(
        paper.template, data, title=paper.title, author=paper.letterhead.municipality, at=paper.issued_at
    )


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text typed by a person: an empty line separates them."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def _drawings(paper: Paper) -> dict[str, Any]:
    drawn: dict[str, Any] = {}
    if isinstance(paper, Receipt):
        drawn["qr"] = qr.svg(paper.address) if paper.address else None
    if isinstance(paper, Letter | Certificate | Minutes):
        block = {"code": paper.code, "address": paper.address, "qr": qr.svg(paper.address)}
        drawn["verification"] = block if paper.code else None
    if isinstance(paper, Letter | Slip) and paper.invitation:
        drawn["invitation"] = asdict(paper.invitation) | {"qr": qr.svg(paper.invitation.address)}
    return drawn


def _drawable(arms: str | bytes | None) -> str | list[int] | None:
    return list(arms) if isinstance(arms, bytes) else arms
