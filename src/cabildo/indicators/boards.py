"""A page of figures: the same board as HTML, as PDF and as a workbook.

Cells hold plain values: numbers stay numbers in the workbook and are written in Spanish elsewhere; None is «sin dato».
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cabildo.accounts.scoping import current_municipality
from cabildo.documents import papers, word
from cabildo.indicators.rules import Ratio
from cabildo.kit.rounding import half_up
from cabildo.ui import engine_xlsx, parts, spanish


@dataclass(frozen=True)
class Panel:
    """One question: its finding as title, a drawing (SVG of our own making, or empty), the table that says the same.

    `places`, data for the map component, takes the drawing's place on the page; on paper the drawing stays.
    """

    title: str
    table: parts.Table
    source: str
    drawing: str = ""
    note: str = ""
    places: dict[str, Any] | None = None

    @property
    def chart(self) -> parts.Chart:
        """The panel as the chart component takes it."""
        drawing = "" if self.places else mark_safe(self.drawing)
        return parts.Chart(self.title, drawing, worded(self.table), self.source, self.note)


@dataclass(frozen=True)
class Group:
    """Three to five figures under one heading: «Hoy», «En el período»."""

    title: str
    figures: Sequence[parts.Figure]


@dataclass(frozen=True)
class Board:
    """Figures with their denominator, then one panel per question. `scope` says period and filters in words."""

    title: str
    scope: str
    groups: Sequence[Group]
    panels: Sequence[Panel]
    sources: Sequence[str]


def words(value: Any) -> str:
    """A cell as a person reads it."""
    if value is None:
        return spanish.NO_DATA
    if isinstance(value, Ratio):
        return spanish.share(value.numerator, value.denominator)
    if isinstance(value, date | datetime):
        return spanish.short_date(value)
    if isinstance(value, int | float | Decimal | Fraction) and not isinstance(value, bool):
        return spanish.number(value)
    return str(value)


def worded(table: parts.Table) -> parts.Table:
    """The table with every cell as words."""
    return parts.Table(table.caption, table.columns, [[words(value) for value in row] for row in table.rows])


def pdf(board: Board, issuer: Any = None) -> bytes:
    """The board on A4, under the name of its issuer, else of the municipality of the scope; dated now."""
    return papers.pdf(_paper(board, issuer))


def docx(board: Board, issuer: Any = None) -> bytes:
    """The same as editable Word."""
    return word.docx(_paper(board, issuer))


def _paper(board: Board, issuer: Any) -> papers.Board:
    issuer = issuer or current_municipality()
    return papers.Board(
        title=board.title,
        letterhead=papers.Letterhead(municipality=issuer.name, hue=issuer.hue),
        issued_at=timezone.now().replace(microsecond=0),  # a PDF dates to the second
        scope=board.scope,
        figures=[_paper_figure(figure) for group in board.groups for figure in group.figures],
        charts=[_picture(panel) for panel in board.panels if panel.drawing],
        tables=[_paper_table(panel) for panel in board.panels],
        sources=list(board.sources),
    )


def _paper_figure(figure: parts.Figure) -> papers.Figure:
    detail = " · ".join(str(part) for part in (figure.share, figure.trend) if part)
    return papers.Figure(label=str(figure.label), value=str(figure.value), detail=detail)


def _picture(panel: Panel) -> papers.ChartPicture:
    alt = _("%(title)s Los datos están en el cuadro «%(table)s».") % {
        "title": f"{panel.title}.",
        "table": panel.table.caption,
    }
    note = " ".join(part for part in (panel.note, panel.source) if part)
    return papers.ChartPicture(title=panel.title, svg=panel.drawing, alt=alt, note=note)


def _paper_table(panel: Panel) -> papers.TableOfFigures:
    table = worded(panel.table)
    return papers.TableOfFigures(
        title=str(table.caption),
        columns=[papers.Column(name=str(column.label), number=column.numeric) for column in table.columns],
        rows=table.rows,
        note=panel.source,
    )


def xlsx(board: Board, _issuer: Any = None) -> bytes:
    """The figures and every table, one below the other on one sheet, numbers as numbers, also those in words."""
    return engine_xlsx.workbook(board.title, [board.title], _sheet(board))


def _sheet(board: Board) -> Iterator[Sequence[Any]]:
    yield [board.scope]
    yield []
    for group in board.groups:
        yield [group.title]
        for figure in group.figures:
            yield [figure.label, figure.value, figure.share, figure.trend]
    for panel in board.panels:
        yield []
        yield [panel.title]
        yield [column.label for column in panel.table.columns]
        for row in panel.table.rows:
            yield [_cell(value) for value in row]
    yield []
    for source in board.sources:
        yield [source]


def _cell(value: Any) -> Any:
    if value is None:
        return spanish.NO_DATA
    if isinstance(value, Ratio):
        return spanish.percentage(value.share())
    return half_up(value, 1) if isinstance(value, Fraction) else value
