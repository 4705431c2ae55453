"""Long reports made of plain blocks, so that the same content becomes a PDF and an editable Word document.

Every text is shown as it was written: none is read as markup. Dates and figures come already worded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from cabildo.documents.papers import Board, ChartPicture, Minutes, Paper, TableOfFigures

SHA256 = re.compile(r"\b([0-9a-f]{32})([0-9a-f]{32})\b")


def breakable(text: str) -> str:
    """The same words, with every hash of theirs in two halves, so that it breaks where the line does."""
    return SHA256.sub(r"\1 \2", text)


@dataclass(frozen=True)
class Heading:
    """`level` 1 begins a page; 1 to 3 are listed in the index, unless `is_listed` is False. No level is skipped."""

    text: str
    level: int = 1
    is_listed: bool = True
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Prose:
    """Paragraphs, under an optional label set apart from them."""

    paragraphs: Sequence[str]
    label: str = ""
    kind: str = field(default="prose", init=False)


@dataclass(frozen=True)
class Facts:
    """(label, value) pairs."""

    rows: Sequence[tuple[str, str]]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True)
class Grid:
    """A table whose header row is repeated on every page. `widths` are parts of the whole, one per column."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    title: str = ""
    numeric: Sequence[int] = ()
    note: str = ""
    kind: str = field(default="grid", init=False)


@dataclass(frozen=True)
class Drawing:
    """A chart as SVG; `alt` says in words what it shows."""

    title: str
    svg: str
    alt: str
    note: str = ""
    kind: str = field(default="drawing", init=False)


@dataclass(frozen=True)
class Notice:
    """What a reader must not overlook."""

    text: str
    kind: str = field(default="notice", init=False)


@dataclass(frozen=True)
class Signatures:
    """(name, position, how they signed); without the last there is room for the hand."""

    rows: Sequence[tuple[str, str, str]]
    kind: str = field(default="signatures", init=False)


type Block = Heading | Prose | Facts | Grid | Drawing | Notice | Signatures


@dataclass(frozen=True, kw_only=True)
class Report(Paper):
    """A cover with its facts, an index when `has_index`, then the blocks. `standing` is told on every page."""

    template: ClassVar[str] = "report"
    lead: str = ""
    standing: str = ""
    facts: Sequence[tuple[str, str]] = ()
    blocks: Sequence[Block] = ()
    has_index: bool = True


def of_board(board: Board) -> Report:
    """The report of a dashboard as blocks."""
    return Report(
        title=board.title,
        letterhead=board.letterhead,
        issued_at=board.issued_at,
        lead=board.scope,
        facts=[(figure.label, " · ".join(filter(None, (figure.value, figure.detail)))) for figure in board.figures],
        blocks=[*map(_picture, board.charts), *map(_table, board.tables), *map(_line, board.sources)],
        has_index=False,
    )


def _picture(chart: ChartPicture) -> Drawing:
    return Drawing(chart.title, chart.svg, chart.alt, chart.note)


def _table(table: TableOfFigures) -> Grid:
    numeric = [place for place, column in enumerate(table.columns) if column.number]
    widths = [2 if column.number else 5 for column in table.columns]
    return Grid([column.name for column in table.columns], table.rows, widths, table.title, numeric, table.note)


def _line(text: str) -> Prose:
    return Prose([text])


def of_minutes(minutes: Minutes) -> Report:
    """The acta of a meeting as blocks, in the order of its PDF."""
    return Report(
        title=minutes.title,
        letterhead=minutes.letterhead,
        folio=minutes.folio,
        folio_label=minutes.folio_label,
        issued_at=minutes.issued_at,
        facts=minutes.facts,
        blocks=list(_told(minutes)),
        has_index=False,
    )


def _told(minutes: Minutes) -> Iterator[Block]:
    if minutes.correction:
        yield Notice(f"Rectificación. Esta versión reemplaza a la anterior. {minutes.correction}")
    yield Heading("Asistencia", 2)
    people = [
        [", ".join(filter(None, (one.name, one.organisation))), one.role, one.sector, one.mark]
        for one in minutes.people
    ]
    yield Grid(["Persona", "Papel", "Sector", "Asistencia"], people, [5, 3, 2, 3])
    yield Grid(
        ["Grupo", "Esperadas", "De ellas, presentes", "Sin convocar"],
        minutes.tallies,
        [5, 2, 3, 2],
        "Esperadas y presentes",
        [1, 2, 3],
    )
    if minutes.quorum:
        yield Heading("Quórum", 2)
        yield Prose(minutes.quorum)
    yield Heading("Tabla y lo tratado", 2)
    for position, point in enumerate(minutes.points, start=1):
        yield Heading(f"{position}. {point.title}", 3)
        yield Prose([f"Expone: {point.presenter}"] * bool(point.presenter) + list(point.paragraphs))
        if point.dissent:
            yield Prose(point.dissent, "Opiniones en contra")
    yield Heading("Acuerdos", 2)
    agreed = [[one.number, one.what, one.responsible, one.due_on] for one in minutes.agreements]
    head = ["N°", "Qué se acordó", "Responsable", "Plazo"]
    yield Grid(head, agreed, [1, 6, 4, 3]) if agreed else Prose(["No se tomaron acuerdos."])
    yield Heading("Firmas", 2)
    yield Signatures([(one.name, one.position, one.mark) for one in minutes.signatures])
    if minutes.code:
        yield Prose([f"Código de verificación: {minutes.code}", minutes.address])
