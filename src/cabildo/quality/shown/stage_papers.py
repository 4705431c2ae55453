"""The papers of the stages: what a page stores, described once and written as PDF, as Word and as a workbook.

A paper is a list of tables. Each one is a sheet of the workbook; on paper it is a grid, or the facts of each row.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cabildo.accounts.queries import arms_png
from cabildo.accounts.scoping import current_municipality
from cabildo.documents import papers, word
from cabildo.documents.papers import Letterhead
from cabildo.documents.reports import Block, Drawing, Facts, Grid, Heading, Prose, Report, breakable
from cabildo.quality.models import Cycle
from cabildo.quality.shown.books import book
from cabildo.quality.shown.report_tables import Rows, words
from cabildo.ui import spanish
from cabildo.ui.parts import Figure


@dataclass(frozen=True)
class Printed:
    """A column on paper: the cells of a row at `places`, the first as it is, the others under their names.

    What needs no name, because the heading tells it, goes without: `is_named` is False.
    """

    head: str
    places: Sequence[int]
    width: int
    is_number: bool = False
    is_named: bool = True


def each(columns: Sequence[str], widths: Sequence[int], numbers: Collection[int] = ()) -> list[Printed]:
    """Every column of a table as a column of paper; `numbers` are the places of those set to the right."""
    pairs = enumerate(zip(columns, widths, strict=True))
    return [Printed(head, [place], width, place in numbers) for place, (head, width) in pairs]


@dataclass(frozen=True)
class Part:
    """A table of stored fields. With `printed` it is a grid on paper; without, each row is a list of facts.

    `names` is the place of the cell that heads a row of facts, when there may be several; with it, `printed` says which
    cells each fact has. An empty cell is left out of the facts: it says that there is nothing to tell, while None says
    «sin dato». `nothing` stands for no rows.
    """

    rows: Rows
    printed: Sequence[Printed] = ()
    names: int | None = None
    nothing: str = ""
    note: str = ""
    heading: str = ""
    drawing: Drawing | None = None


@dataclass(frozen=True)
class StagePaper:
    """`name` is what its files are called by; `standing` is told on every page when the model is not official."""

    title: str
    name: str
    cycle: Cycle
    parts: Sequence[Part]
    cover: Sequence[tuple[str, str]] = ()
    standing: str = ""


def file(paper: StagePaper, kind: str, *, at: datetime) -> bytes:
    """The paper as `pdf` (PDF/A-2a and PDF/UA-1), `docx` or `xlsx`. One query for the arms."""
    if kind == "xlsx":
        return data(paper)
    told = report(paper, at=at)
    return word.docx(told) if kind == "docx" else papers.pdf(told)


def data(paper: StagePaper) -> bytes:
    """A workbook with a sheet for each table."""
    return book([part.rows for part in paper.parts], _scope(paper))


def report(paper: StagePaper, *, at: datetime) -> Report:
    """Cover facts, then each table under its heading; short enough to go without an index."""
    municipality = current_municipality()
    return Report(
        title=paper.title,
        letterhead=Letterhead(
            municipality=municipality.name,
            department=paper.title,
            hue=municipality.hue,
            arms=arms_png(municipality),
            contact=_("%(cycle)s · escrito el %(day)s") % {"cycle": paper.cycle, "day": spanish.long_date(at)},
        ),
        issued_at=at,
        lead=str(paper.cycle),
        standing=paper.standing,
        facts=list(paper.cover),
        blocks=[block for part in paper.parts for block in blocks_of(part)],
        has_index=False,
    )


def _scope(paper: StagePaper) -> str:
    return " · ".join(filter(None, (str(paper.cycle), paper.standing)))


def blocks_of(part: Part, level: int = 1) -> Iterator[Block]:
    """The table under its heading of that level."""
    yield Heading(part.heading or part.rows.title, level)
    if part.drawing:
        yield part.drawing
    is_grid = bool(part.rows.rows and part.printed and part.names is None)
    if not part.rows.rows:
        yield Prose([part.nothing or spanish.NO_DATA])
    elif is_grid:
        yield _grid(part)
    else:
        for row in part.rows.rows:
            yield from _facts(part, row, level + 1)
    if part.note and not is_grid:
        yield Prose([part.note])


def _facts(part: Part, row: Sequence[Any], level: int) -> Iterator[Block]:
    if part.names is not None:
        yield Heading(words(row[part.names]), level)
    others = [place for place in range(len(row)) if place != part.names]
    printed = part.printed or [Printed(part.rows.columns[place], [place], 1) for place in others]
    told = ((column.head, " · ".join(_lines(part.rows.columns, row, column))) for column in printed)
    yield Facts([(name, value) for name, value in told if value])


def _grid(part: Part) -> Grid:
    numbers = [place for place, column in enumerate(part.printed) if column.is_number]
    return Grid(
        [column.head for column in part.printed],
        [[_cell(part.rows.columns, row, column) for column in part.printed] for row in part.rows.rows],
        [column.width for column in part.printed],
        numeric=numbers,
        note=part.note,
    )


def _cell(names: Sequence[str], row: Sequence[Any], column: Printed) -> str:
    return "\n".join(_lines(names, row, column)) or "—"


def _lines(names: Sequence[str], row: Sequence[Any], column: Printed) -> list[str]:
    """The cells that say something; all but the first of the column under their names."""
    first, is_named = column.places[0], column.is_named
    told = [(place, _worded(row[place])) for place in column.places if row[place] != ""]
    return [f"{names[place]}: {said}" if is_named and place != first else said for place, said in told]


def _worded(value: Any) -> str:
    """Whole numbers with the marks of thousands, and a hash that breaks where the line does: a person reads them."""
    if isinstance(value, int):
        return spanish.number(value)
    return breakable(words(value))


def of_figures(title: str, figures: Sequence[Figure]) -> Rows:
    """Figures of a page as a table: what, how much, of how many."""
    rows = [[str(one.label), one.value, str(one.share or "")] for one in figures]
    return Rows(title, [_("Dato"), _("Valor"), _("Detalle")], rows)
