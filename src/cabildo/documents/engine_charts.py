"""Charts as SVG made on the server. The only importer of altair and vl_convert.

Each builder returns a Vega-Lite spec that explains itself: a title that says the finding, axis with units, direct
labels, n and source below. `svg(spec)` draws it, safe to place inside a page. Unknown is None, drawn as «sin dato».
"""

import functools
import hashlib
import json
import operator
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape

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
TITLE_LINE, FOOT_LINE = 56, 78  # characters that fit in the narrowest plot
ROW = 30
LINE_HEIGHT = 200
MAX_TICKS = 7
LONG_DAYS = 120  # a schedule longer than this is marked by months
FEW_CASES = 5
FOOT_BELOW = 44  # under the axis and its title
LABEL_FROM = 6  # per cent; narrower shares of a bar carry no label
DAYS = ("domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado")
NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["$", ""]}
DATES = {
    "dateTime": "%A %e de %B de %Y, %X",
    "date": "%d-%m-%Y",
    "time": "%H:%M:%S",
    "periods": ["a. m.", "p. m."],
    "days": DAYS,
    "shortDays": [day[:3] for day in DAYS],
    "months": spanish.MONTHS,
    "shortMonths": spanish.SHORT_MONTHS,
}


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


def bar(caption: Caption, rows: Sequence[tuple[str, Number | None]], *, axis: str) -> Spec:
    """One horizontal bar from zero per row, in the order given, with its value beside it."""
    import altair as alt

    values: list[dict[str, Any]] = [
        {"label": label, "value": _plain(value), "at": _plain(value) or 0, "text": spanish.number(value)}
        for label, value in rows
    ]
    base = _chart(values).encode(y=_rows([label for label, _ in rows]))
    scale = alt.Scale(domain=_with_room_for_labels([row["at"] for row in values]), nice=True)
    across = alt.X(
        "value:Q", title=axis, scale=scale, axis=_axis(orient="bottom", marks=_whole_marks(value for _, value in rows))
    )
    bars = base.encode(x=across).mark_bar(color=PALETTE[0], height={"band": 0.7})
    texts = base.encode(x="at:Q", text="text:N").mark_text(align="left", dx=5, color=INK)
    return _finished(bars + texts, caption, height=ROW * max(len(rows), 1))


def stacked(caption: Caption, rows: Mapping[str, Mapping[str, Number]], *, axis: str) -> Spec:
    """Shares of a whole per row, adding to 100 %; a row whose whole is zero says «sin dato»."""
    import altair as alt

    parts = list(dict.fromkeys(part for row in rows.values() for part in row))
    segments = [segment for label, row in rows.items() for segment in _segments(label, row)]
    percent = alt.Axis(labelExpr="format(datum.value, '.0f') + ' %'", tickCount=5, grid=False)
    base = _chart(segments).encode(
        y=_rows(list(rows)), x=alt.X("start:Q", title=axis, scale=alt.Scale(domain=[0, 100]), axis=percent)
    )
    bars = base.mark_bar(height={"band": 0.7}, stroke="#fff", strokeWidth=1).encode(
        x2="end:Q", color=_colours(parts, legend=True)
    )
    texts = base.mark_text(color="#fff", fontWeight=600).encode(x="middle:Q", text="text:N")
    missing = base.mark_text(align="left", dx=5, color=INK).encode(x="start:Q", text="missing:N")
    return _finished(bars + texts + missing, caption, height=ROW * max(len(rows), 1))


def line(
    caption: Caption,
    series: Mapping[str, Sequence[tuple[date, Number | None]]],
    *,
    axis: str,
    day_format: str = "%b %Y",
) -> Spec:
    """A line per series, named at its last known point; an unknown value leaves a gap."""

    values = [
        {"series": name, "day": day.isoformat(), "value": _plain(value)}
        for name, points in series.items()
        for day, value in points
    ]
    days = _days((day for points in series.values() for day, _ in points), day_format)
    marks = _whole_marks(value for points in series.values() for _, value in points)
    base = _chart(values).encode(
        x=days, y=_from_zero_up("value", axis, marks=marks), color=_colours(list(series), legend=False)
    )
    lines = base.mark_line(strokeWidth=2.5, point={"size": 28, "filled": True})
    names = _chart(_ends(series)).encode(x=days, y="at:Q", text="text:N", color=_colours(list(series), legend=False))
    named = names.mark_text(align="left", dx=8, fontWeight=600)
    return _finished(lines + named, caption, height=LINE_HEIGHT)


def area(
    caption: Caption, points: Sequence[tuple[date, Number | None]], *, axis: str, day_format: str = "%b %Y"
) -> Spec:
    """One quantity over time from zero, its last known value written at the end."""

    values: list[dict[str, Any]] = [{"day": day.isoformat(), "value": _plain(value)} for day, value in points]
    days = _days((day for day, _ in points), day_format)
    base = _chart(values).encode(x=days, y=_from_zero_up("value", axis))
    surface = base.mark_area(color=PALETTE[0], opacity=0.25, line={"color": PALETTE[0], "strokeWidth": 2.5})
    last = [{**value, "text": spanish.number(value["value"])} for value in values if value["value"] is not None][-1:]
    end = _chart(last).encode(x=days, y="value:Q", text="text:N")
    named = end.mark_text(align="left", dx=6, fontWeight=600, color=INK)
    return _finished(surface + named, caption, height=LINE_HEIGHT)


@dataclass(frozen=True)
class Scheduled:
    """A row of a schedule: its days as planned, as done so far, and as expected from now on; each ends on its last.

    `mark` is written behind its last bar.
    """

    label: str
    planned: tuple[date, date] | None
    done: tuple[date, date] | None = None
    expected: tuple[date, date] | None = None
    mark: str = ""

    @property
    def last_day(self) -> date:
        return max(span[1] for span in (self.planned, self.done, self.expected) if span)


def schedule(caption: Caption, rows: Sequence[Scheduled], *, today: date) -> Spec:
    """Planned days as a thin grey bar over what was done (full) and what is expected (outlined); today as a line."""
    import altair as alt

    marks: dict[str, Spec] = {
        "planned": {"color": GRID, "height": 7, "yOffset": -10},
        "done": {"color": PALETTE[0], "height": 12, "yOffset": 2},
        "expected": {"color": PALETTE[0], "fillOpacity": 0.12, "stroke": PALETTE[0], "height": 12, "yOffset": 2},
    }
    order = [row.label for row in rows]
    spans = [getattr(row, kind) for row in rows for kind in marks]
    days = _calendar_axis([day for span in spans if span for day in span], has_marks=any(row.mark for row in rows))
    bars = [
        _chart(_bars(rows, kind)).mark_bar(**look).encode(y=_rows(order), x=days, x2="until:T")
        for kind, look in marks.items()
    ]
    marked = [row for row in rows if row.mark]
    said = [{"label": row.label, "day": _after(row.last_day), "text": row.mark} for row in marked]
    bars.append(
        _chart(said)
        .mark_text(align="left", dx=5, dy=2, fontWeight=600, color=INK)
        .encode(y=_rows(order), x=days, text="text:N")
    )
    now = _chart([{"day": today.isoformat(), "text": "hoy"}]).encode(x=days)
    line = now.mark_rule(color=PALETTE[1], strokeWidth=1.5, strokeDash=[4, 3])
    word = now.mark_text(color=PALETTE[1], dy=-8, fontWeight=600).encode(y=alt.value(0), text="text:N")
    layers = functools.reduce(operator.add, bars)
    return _finished(layers + line + word, caption, height=ROW * max(len(rows), 1))


def _bars(rows: Sequence[Scheduled], kind: str) -> list[dict[str, str]]:
    """The bars of a kind; each reaches the end of its last day."""
    spans = [(row.label, getattr(row, kind)) for row in rows]
    return [{"label": label, "day": span[0].isoformat(), "until": _after(span[1])} for label, span in spans if span]


def _after(day: date) -> str:
    """The end of a day on the axis."""
    return (day + timedelta(days=1)).isoformat()


def svg(spec: Spec, *, captioned: bool = True) -> str:
    """The chart as SVG to place inside a page: no script, no style attribute, its own ids, text as text.

    `captioned` draws title, n and source too; without it the page around says them. Kept in memory by the hash of the
    spec. Ink follows the page's colour, so that it reads on dark too.
    """
    shown = _captioned(spec) if captioned else spec
    return _drawn(json.dumps(shown, sort_keys=True, ensure_ascii=False))


def png(drawn: str) -> bytes:
    """A drawing of ours as a picture, twice as fine, for what takes no SVG."""
    import vl_convert

    _register_fonts()
    made: bytes = vl_convert.svg_to_png(drawn.replace("currentColor", INK), scale=2)
    return made


def _captioned(spec: Spec) -> Spec:
    words = spec["usermeta"]
    foot = {
        "data": {"values": [{}]},
        "mark": {"type": "text", "align": "left", "baseline": "top", "fontSize": 11, "color": INK},
        "encoding": {
            "text": {"value": wrap(words["description"], FOOT_LINE)},
            "x": {"value": 0},
            "y": {"value": spec["height"] + FOOT_BELOW},
        },
    }
    return {**spec, "title": wrap(words["title"], TITLE_LINE), "layer": [*spec["layer"], foot]}


@functools.lru_cache(maxsize=256)
def _drawn(canonical: str) -> str:
    import vl_convert

    _register_fonts()
    spec = json.loads(canonical)
    drawn = vl_convert.vegalite_to_svg(spec, format_locale=NUMBERS, time_format_locale=DATES, allowed_base_urls=[])
    words = spec["usermeta"]
    return _inline(drawn, title=words["title"], description=words["description"], digest=_digest(canonical))


@functools.cache
def _register_fonts() -> None:
    """A font that is asked for and missing makes vl-convert drop text silently where it draws glyphs itself."""
    import vl_convert

    if folder := fonts.folder():
        vl_convert.register_font_directory(str(folder))


def _digest(canonical: str) -> str:
    return hashlib.sha256(canonical.encode()).hexdigest()[:10]


def _inline(drawn: str, *, title: str, description: str, digest: str) -> str:
    """vl-convert's SVG made fit for a page: English labels out, identifiers of its own, described in Spanish."""
    plain = re.sub(r'\s(?:aria-[a-z]+|role|class|style|xmlns:xlink|version)="[^"]*"', "", drawn)
    plain = re.sub(r'\bid="([^"]+)"', rf'id="c{digest}-\1"', plain)
    plain = re.sub(r"url\(#([^)]+)\)", rf"url(#c{digest}-\1)", plain)
    plain = plain.replace(f'fill="{INK}"', 'fill="currentColor"')
    opening, _, drawing = plain.partition(">")
    names = f'role="img" aria-labelledby="c{digest}-t c{digest}-d" class="chart"'
    words = f'<title id="c{digest}-t">{escape(title)}</title><desc id="c{digest}-d">{escape(description)}</desc>'
    return f"{opening} {names}>{words}{drawing}"


def _chart(values: Sequence[Mapping[str, Any]]) -> "alt.Chart":
    import altair as alt

    return alt.Chart(alt.Data(values=values))  # type: ignore[no-untyped-call]


def _plain(value: Number | None) -> float | int | None:
    return float(value) if isinstance(value, Decimal) else value


def _with_room_for_labels(values: Sequence[float]) -> list[float]:
    """From zero to an eighth past the longest bar, where its label goes."""
    return [min(0, *values, 0), max(1, *values, 0) * 1.125]


def _segments(label: str, row: Mapping[str, Number]) -> list[dict[str, Any]]:
    whole = sum(float(number) for number in row.values())
    if not whole:
        return [{"label": label, "start": 0, "end": 0, "middle": 0, "text": "", "missing": spanish.NO_DATA}]
    segments, start = [], 0.0
    for part, number in row.items():
        share = 100 * float(number) / whole
        text = spanish.percentage(share, 0) if share >= LABEL_FROM else ""
        place = {"start": start, "end": start + share, "middle": start + share / 2}
        segments.append({"label": label, "part": part, **place, "text": text, "missing": ""})
        start += share
    return segments


def _ends(series: Mapping[str, Sequence[tuple[date, Number | None]]]) -> list[dict[str, Any]]:
    """Where each line ends and what is written there, names pushed apart so that none covers another."""
    ends: list[dict[str, Any]] = [
        {
            "series": name,
            "day": known[-1][0].isoformat(),
            "at": float(known[-1][1]),
            "text": f"{name} {spanish.number(known[-1][1])}",
        }
        for name, points in series.items()
        if (known := [(day, value) for day, value in points if value is not None])
    ]
    top = max((float(v) for points in series.values() for _, v in points if v is not None), default=1) or 1
    gap = top * 16 / LINE_HEIGHT
    ends.sort(key=lambda end: end["at"])
    for lower, upper in pairwise(ends):
        upper["at"] = max(upper["at"], lower["at"] + gap)
    return ends


def _rows(order: Sequence[str]) -> "alt.Y":
    import altair as alt

    axis = alt.Axis(title=None, ticks=False, domain=False, labelLimit=220, labelPadding=8)
    return alt.Y("label:N", sort=list(order), scale=alt.Scale(domain=list(order)), axis=axis)


def _from_zero_up(field: str, title: str, *, marks: list[int] | None = None) -> "alt.Y":
    import altair as alt

    scale = alt.Scale(zero=True, nice=True)
    return alt.Y(f"{field}:Q", title=title, scale=scale, axis=_axis(orient="left", marks=marks))


def _axis(*, orient: Literal["bottom", "left"], marks: list[int] | None = None) -> "alt.Axis":
    import altair as alt

    values = marks or alt.Undefined
    return alt.Axis(format=",~f", tickCount=5, values=values, orient=orient, domain=False, ticks=False, labelPadding=6)


def _whole_marks(values: Iterable[Number | None]) -> list[int] | None:
    """Where the axis of a few cases is marked: there is no half case. None lets the axis choose."""
    known = [value for value in values if value is not None]
    if not known or max(known) > FEW_CASES or not all(isinstance(value, int) for value in known):
        return None
    return list(range(int(max(known)) + 1))


def _days(days: Iterable[date], day_format: str) -> "alt.X":
    """Days are days: in UTC, so that no zone moves one to the evening before. Each named one is in the data."""
    import altair as alt

    ticks = [_milliseconds(day) for day in _some(set(days))]
    axis = alt.Axis(format=day_format, title=None, grid=False, labelOverlap=True, values=ticks)
    return alt.X("day:T", scale=alt.Scale(type="utc"), axis=axis)


def _calendar_axis(days: Sequence[date], *, has_marks: bool = False) -> "alt.X":
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


def _colours(names: Sequence[str], *, legend: bool) -> "alt.Color":
    import altair as alt

    scale = alt.Scale(domain=list(names), range=[PALETTE[place % len(PALETTE)] for place in range(len(names))])
    shown = alt.Legend(title=None, orient="top", symbolType="square") if legend else None
    field = "part:N" if legend else "series:N"
    return alt.Color(field, scale=scale, legend=shown)


def _finished(chart: "alt.LayerChart", caption: Caption, *, height: int) -> Spec:
    """Size, words and looks that every chart shares, as a plain spec."""
    spec = chart.properties(width=WIDTH, height=height).to_dict()
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
