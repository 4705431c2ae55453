"""What components are given: values already chosen and worded by the view. Templates only lay them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

type Words = str | StrPromise  # a sentence, translated already or when it is drawn


@dataclass(frozen=True)
class Crumb:
    """A step of the way to this page; without address it is the page itself."""

    label: Words
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """A term and its value; `why_url` leads to how the value was computed."""

    label: Words
    value: Any
    why_url: str = ""


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened: when, what in one sentence, who, and an optional text. `state` colours the mark."""

    at: datetime
    title: Words
    who: Words = ""
    text: Words = ""
    icon: str = "circle"
    state: str = "neutral"


@dataclass(frozen=True)
class Missing:
    """What a gate asks for, and where it is done."""

    label: Words
    url: str


@dataclass(frozen=True)
class Step:
    """A stage of a guided process. `state`: done, current, pending, blocked or skipped; `mark`, a number of its own."""

    title: Words
    state: str
    note: Words = ""
    url: str = ""
    missing: Sequence[Missing] = ()
    mark: str = ""


@dataclass(frozen=True)
class Figure:
    """A number with its denominator in words («38 de 120, 31,7 %») and how it compares."""

    label: Words
    value: Words
    share: Words = ""
    trend: Words = ""
    url: str = ""

    @property
    def is_words(self) -> bool:
        """«Al día», «sin dato»: no number, and set smaller."""
        return not any(letter.isdigit() for letter in str(self.value))


@dataclass(frozen=True)
class Column:
    """A column of a table or list. `sort` names the order that its heading asks for; an unusual one must be chosen."""

    key: str
    label: Words
    numeric: bool = False
    sort: str = ""
    is_usual: bool = True


@dataclass(frozen=True)
class Table:
    """A table of plain values: every row has one value per column; the first is its heading."""

    caption: Words
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]

    @property
    def lines(self) -> list[list[tuple[Column, Any]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class BarPart:
    """A piece of a bar: where it begins and how long it is, in hundredths of the whole, as an attribute of SVG."""

    start: str
    length: str
    colour: str
    name: Words = ""

    @classmethod
    def of(cls, start: float, length: float, colour: str, name: Words = "") -> "BarPart":
        return cls(f"{start:.2f}", f"{length:.2f}", colour, name)


@dataclass(frozen=True)
class BarLine:
    """A row of a list of bars: its name, its value in words, its bar; without parts nothing is drawn."""

    label: str
    words: str
    parts: Sequence[BarPart]


@dataclass(frozen=True)
class BarList:
    """What a drawing of bars says, as a list that fits in any width. `note` names the scale, `legend` the colours."""

    lines: Sequence[BarLine]
    note: Words
    legend: Sequence[BarPart] = ()


class Drawing(SafeString):
    """SVG of our own making; `listed` says the same where it does not fit, None when nothing but scrolling does."""

    listed: BarList | None = None

    @classmethod
    def of(cls, svg: str, listed: BarList | None = None) -> "Drawing":
        made = cls(svg)
        made.listed = listed
        return made


@dataclass(frozen=True)
class Chart:
    """A drawing that answers its title, the table that says the same, and where the numbers come from.

    `drawing` is safe SVG of our own making, or empty while there is nothing to draw.
    """

    title: Words
    drawing: str
    table: Table
    source: Words
    subtitle: Words = ""

    @property
    def listed(self) -> BarList | None:
        """The drawing as a list of bars for a narrow screen, when it can be told so."""
        return getattr(self.drawing, "listed", None)
