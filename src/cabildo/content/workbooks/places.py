"""Where in a workbook each value of a body was read, and what is wrong there."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content.workbooks.layout import Column, Fields, Path, Table


@dataclass(frozen=True, slots=True)
class Place:
    """A sheet, a row of it (from 1, headings included) or one cell. `column` is its heading; `letter`, Excel's name."""

    sheet: str
    row: int | None = None
    column: str = ""
    letter: str = ""

    @property
    def cell(self) -> str:
        return f"{self.letter}{self.row}" if self.letter and self.row else ""

    def __str__(self) -> str:
        words = [_("hoja «{sheet}»").format(sheet=self.sheet)] if self.sheet else []
        words += [_("fila {row}").format(row=self.row)] if self.row else []
        words += [_("columna «{column}»").format(column=self.column)] if self.column else []
        return f"{', '.join(words)} ({self.cell})" if self.cell else ", ".join(words)


@dataclass(frozen=True, slots=True)
class CellError:
    """One thing wrong in a workbook: where it is, what was expected and how to mend it."""

    place: Place
    code: str
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.fix}".rstrip()

    def as_json(self) -> dict[str, Any]:
        place = {name: value for name, value in asdict(self.place).items() if name != "letter"}
        return {**place, "cell": self.place.cell, "code": self.code, "message": self.message, "fix": self.fix}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a known column and what it held."""

    place: Place
    column: Column
    raw: Any = None


@dataclass
class Places:
    """The cell of every value, the one that names each entry, the row of every item and the row that owns each list."""

    cells: dict[Path, Cell] = field(default_factory=dict)
    names: dict[Path, Cell] = field(default_factory=dict)
    rows: dict[Path, tuple[Place, Table | Fields]] = field(default_factory=dict)
    lists: dict[Path, tuple[Place, Table]] = field(default_factory=dict)

    def on_the_way(self, path: Path) -> Iterator[Path]:
        """The path and those above it, up to the whole body."""
        yield from (path[:length] for length in range(len(path), -1, -1))

    def place(self, path: Path) -> Place:
        """The nearest place of a path, from its own cell up to the row or the sheet that holds it."""
        for step in self.on_the_way(path):
            if step in self.cells:
                return self.cells[step].place
            if step in self.rows:
                return self.rows[step][0]
            if step in self.lists:
                return self.lists[step][0]
        return Place("")

    def sheet(self, path: Path) -> Table | Fields | None:
        """The sheet whose words a problem at this path is told in."""
        for step in self.on_the_way(path):
            if step in self.rows:
                return self.rows[step][1]
            if step in self.lists:
                return self.lists[step][1]
        return None
