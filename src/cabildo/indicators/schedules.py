"""What was planned against what is: one chart of bars with its table, for whatever has dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cabildo.documents import engine_charts, engine_drawings
from cabildo.documents.engine_chart_parts import Caption
from cabildo.documents.engine_charts import Scheduled
from cabildo.indicators.boards import Board, Panel
from cabildo.ui.parts import Column, Table, Words
from cabildo.ui.spanish import NO_DATA, short_date

Days = tuple[date, date]  # the first and the last


@dataclass(frozen=True)
class Line:
    """A row of a schedule. `first` are its days as planned before anything changed, `present` those planned now.

    `done` and `expected` are drawn as bars; `told` says the same in the table. `late` counts days, of the kind that
    the heading names; None is unknown. `mark` is written behind the bars: that it is late, never by colour alone.
    """

    label: str
    state: Words
    first: Days | None
    present: Days | None
    done: Days | None
    expected: Days | None
    told: str
    late: int | None = 0
    mark: str = ""


@dataclass(frozen=True)
class Headings:
    """How the columns of the table are called; `no_first` is said where nothing had been planned before."""

    first: Words
    present: Words
    told: Words
    late: Words
    no_first: Words = NO_DATA


@dataclass(frozen=True)
class Choice:
    """A part of the schedule that the page offers to show alone."""

    label: Words
    url: str
    is_on: bool = False


def panel(
    title: str, caption: Words, lines: Sequence[Line], headings: Headings, *, today: date, source: str, note: str
) -> Panel:
    """The chart and its table; without lines that have dates there is nothing to draw."""
    bars = [_bars(line) for line in lines if line.first or line.done or line.expected]
    drawing = ""
    if bars:
        spec = engine_charts.schedule(Caption(title, source), bars, today=today)
        drawing = engine_drawings.svg(spec, captioned=False)
    return Panel(title, _table(caption, lines, headings), source, drawing, note)


def board(title: str, scope: str, shown: Panel) -> Board:
    """The schedule as a page of figures, for paper and workbook."""
    return Board(title, scope, [], [shown], [shown.source])


def _bars(line: Line) -> Scheduled:
    return Scheduled(line.label, line.first, line.done, line.expected, line.mark)


def _table(caption: Words, lines: Sequence[Line], headings: Headings) -> Table:
    columns = [
        Column("name", _("Nombre")),
        Column("state", _("Estado")),
        Column("first", headings.first),
        Column("present", headings.present),
        Column("told", headings.told),
        Column("late", headings.late, numeric=True),
    ]
    return Table(caption, columns, [_cells(line, headings) for line in lines])


def _cells(line: Line, headings: Headings) -> list[Any]:
    present = _("Las mismas") if line.first and line.first == line.present else between(line.present)
    first = between(line.first) if line.first else str(headings.no_first)
    return [line.label, str(line.state), first, present, line.told, line.late]


def between(days: Days | None) -> str:
    """«2 mar 2026 – 6 mar 2026», one day alone once, and «sin dato»."""
    if days is None:
        return NO_DATA
    first, last = days
    return short_date(first) if first == last else f"{short_date(first)} – {short_date(last)}"
