"""What every chart shares: its words, sizes, colours, rows and axes. The kinds of charts are in `engine_charts`."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal

from cabildo.documents import fonts
from cabildo.ui import spanish

if TYPE_CHECKING:
    import altair as alt

Number = int | float | Decimal
Spec = dict[str, Any]

INK = "#1b2733"
MUTED = "#4a5a68"
GRID = "#c8d1d9"
# The hues of Okabe and Ito, told apart by colour-blind readers, darkened until white text reads on them (4.5:1)
PALETTE = ("#0072b2", "#b84a00", "#007a59", "#a8508a", "#856700", "#5b6770")
WIDTH = 680
ROW, ROW_LINE = 30, 15  # the least height of a row, and of a line of its name
NAME_LINE, NAME_LINES, NAME_WIDTH = 34, 2, 240  # characters of a line, lines, pixels
MAX_TICKS = 7
LONG_DAYS = 120  # a schedule longer than this is marked by months
FEW_CASES = 5
SCALE_PARTS = 5
SHORT_SCALE = 10  # a scale up to here is marked at every whole number


@dataclass(frozen=True)
class Caption:
    """What the chart says, how many cases stand behind it and where they come from."""

    title: str
    source: str
    n: int | None = None

    @property
    def foot(self) -> str:
        counted = "" if self.n is None else f"n = {spanish.number(self.n)} · "
        return f"{counted}Fuente: {self.source}"


@dataclass(frozen=True)
class Rows:
    """The rows of a chart by place, each with its name in as many lines as it takes, two at most."""

    names: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, labels: Iterable[str]) -> "Rows":
        return cls(tuple(tuple(wrap(one, NAME_LINE, max_lines=NAME_LINES, placeholder="…")) for one in labels))

    @property
    def height(self) -> int:
        """Of the whole chart, in pixels; without rows, of one."""
        most = max(map(len, self.names), default=1)
        return max(ROW, ROW_LINE * most + 6) * max(len(self.names), 1)

    @property
    def axis(self) -> "alt.Y":
        import altair as alt

        domain = list(range(len(self.names)))
        # the names go in as data of the expression, so that none of them is ever read as code
        lifted = [(1 - len(lines)) * (ROW_LINE - 1) / 2 for lines in self.names]  # so that its middle meets the bar
        named = f"{json.dumps(self.names, ensure_ascii=False)}[datum.value]"
        axis = alt.Axis(
            title=None,
            ticks=False,
            domain=False,
            labelExpr=named,
            labelLimit=NAME_WIDTH,
            labelLineHeight=ROW_LINE - 1,
            labelOffset=alt.ExprRef(f"{lifted}[datum.value]"),
            labelPadding=8,
        )
        return alt.Y("row:O", sort=domain, scale=alt.Scale(domain=domain), axis=axis)


def chart(values: Sequence[Mapping[str, Any]]) -> "alt.Chart":
    import altair as alt

    return alt.Chart(alt.Data(values=values))  # type: ignore[no-untyped-call]


def plain(value: Number | None) -> float | int | None:
    return float(value) if isinstance(value, Decimal) else value


def from_zero_up(field: str, title: str, *, marks: list[int] | None = None) -> "alt.Y":
    import altair as alt

    scale = alt.Scale(zero=True, nice=True)
    return alt.Y(f"{field}:Q", title=title, scale=scale, axis=figures_axis(orient="left", marks=marks))


def figures_axis(*, orient: Literal["bottom", "left"], marks: Sequence[float] | None = None) -> "alt.Axis":
    import altair as alt

    return alt.Axis(
        format=",~f",
        tickCount=alt.Undefined if marks else 5,
        values=list(marks) if marks else alt.Undefined,
        labelOverlap=not marks,  # few, and the last is never left out
        orient=orient,
        domain=False,
        ticks=False,
        labelPadding=6,
    )


def whole_marks(values: Iterable[Number | None]) -> list[int] | None:
    """Where the axis of a few cases is marked: there is no half case. None lets the axis choose."""
    known = [value for value in values if value is not None]
    if not known or max(known) > FEW_CASES or not all(isinstance(value, int) for value in known):
        return None
    return list(range(int(max(known)) + 1))


def scale_marks(top: int) -> list[float]:
    """Where a scale that ends at `top` is marked: the end always is."""
    if top <= SHORT_SCALE:
        return [*range(top + 1)]
    return [top * place / SCALE_PARTS for place in range(SCALE_PARTS + 1)]


def days_axis(days: Iterable[date], day_format: str) -> "alt.X":
    """Days are days: in UTC, so that no zone moves one to the evening before. Each named one is in the data."""
    import altair as alt

    ticks = [_milliseconds(day) for day in _some(set(days))]
    axis = alt.Axis(format=day_format, title=None, grid=False, labelOverlap=True, values=ticks)
    return alt.X("day:T", scale=alt.Scale(type="utc"), axis=axis)


def calendar_axis(days: Sequence[date], *, has_marks: bool = False) -> "alt.X":
    """Regular marks of the calendar: months for what takes long, days for what does not.

    With `has_marks`, a fifth more room behind the last day, for what is written there.
    """
    import altair as alt

    is_long = bool(days) and (max(days) - min(days)).days > LONG_DAYS
    axis = alt.Axis(format="%b %Y" if is_long else "%-d %b", title=None, grid=True, labelOverlap=True, tickCount=6)
    if not has_marks:
        return alt.X("day:T", scale=alt.Scale(type="utc"), axis=axis)
    last = max(days) + max((max(days) - min(days)) / 5, timedelta(days=1))
    return alt.X("day:T", scale=alt.Scale(type="utc", domainMax=_milliseconds(last)), axis=axis)


def _milliseconds(day: date) -> int:
    return 1000 * int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _some(days: Collection[date]) -> list[date]:
    """At most MAX_TICKS of the days, evenly chosen, the last always among them."""
    ordered = sorted(days, reverse=True)
    return ordered[:: max(1, -(-len(ordered) // MAX_TICKS))]


def colours(names: Sequence[str], *, legend: bool, among: Sequence[str] = PALETTE) -> "alt.Color":
    import altair as alt

    scale = alt.Scale(domain=list(names), range=[among[place % len(among)] for place in range(len(names))])
    shown = alt.Legend(title=None, orient="top", symbolType="square") if legend else None
    field = "part:N" if legend else "series:N"
    return alt.Color(field, scale=scale, legend=shown)


def finished(drawn: "alt.LayerChart", caption: Caption, *, height: int) -> Spec:
    """Size, words and looks that every chart shares, as a plain spec."""
    spec = drawn.properties(width=WIDTH, height=height).to_dict()
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    spec["padding"] = {"left": 0, "top": 4, "right": 4, "bottom": 4}
    spec["usermeta"] = {"title": caption.title, "description": caption.foot}
    spec["config"] = _looks()
    return spec


def _looks() -> Spec:
    words = {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "font": f"{fonts.FAMILY}, sans-serif",
        "background": None,
        "view": {"stroke": None},
        "axis": {**words, "gridColor": GRID, "domainColor": MUTED, "tickColor": MUTED},
        "legend": words,
        "text": {"fontSize": 12},
        "title": {"anchor": "start", "frame": "group", "fontSize": 15, "fontWeight": 600, "color": INK, "offset": 14},
    }
