"""Tables of stored fields as a workbook: a sheet for each, days and numbers as values, the unknown as «sin dato»."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cabildo.quality.shown.report_tables import Rows, words
from cabildo.ui import engine_workbooks
from cabildo.ui.engine_workbooks import Heading, Sheet
from cabildo.ui.spanish import InWords

LONGEST_CELL = 60  # characters a column of a workbook shows at once


def book(tables: Sequence[Rows], scope: str) -> bytes:
    """`scope` stands beside the title of every sheet: which cycle, which version, whether it is official."""
    return engine_workbooks.book([_sheet(table, scope) for table in tables])


def _sheet(table: Rows, scope: str) -> Sheet:
    rows = [[_cell(value) for value in row] for row in table.rows]
    widths = [
        min(LONGEST_CELL, max(12, len(name) + 2, *(len(words(row[place])) + 2 for row in rows)))
        for place, name in enumerate(table.columns)
    ]
    headings = tuple(Heading(name, width) for name, width in zip(table.columns, widths, strict=True))
    return Sheet(table.title, headings, rows, (table.title, scope))


def _cell(value: Any) -> Any:
    """A value that a workbook can keep, else its words."""
    return value if isinstance(value, int | Decimal | date | InWords) else words(value)
