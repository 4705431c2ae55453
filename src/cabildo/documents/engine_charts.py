"""The kinds of charts, as Vega-Lite specs. altair is imported here and in `engine_chart_parts` alone.

Each builder returns a spec that explains itself: a title that says the finding, axis with units, direct labels, n and
source below. `engine_drawings.svg(spec)` draws it, safe to place inside a page. Unknown is None, drawn as «sin dato».
"""

import functools
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cabildo.documents.engine_chart_parts import (
    GRID,
    INK,
    PALETTE,
    Caption,
    Number,
    Rows,
    Spec,
    calendar_axis,
    chart,
    colours,
    days_axis,
    figures_axis,
    finished,
    from_zero_up,
    plain,
    scale_marks,
    whole_marks,
)
from cabildo.ui import spanish

if TYPE_CHECKING:
    import altair as alt

LINE_HEIGHT = 200
LABEL_FROM = 6  # per cent; narrower shares of a bar carry no label
BAND = {"band": 0.7}
ROOM = 0.125  # of the scale, for the label of the longest bar
WON_PARTS = ("start", "reached", "expected")
WON_COLOURS = (PALETTE[5], PALETTE[0], PALETTE[1])

WonNames = tuple[str, str, str]


def bar(caption: Caption, rows: Sequence[tuple[str, Number | None]], *, axis: str, top: int | None = None) -> Spec:
    """One horizontal bar from zero per row, in the order given, with its value beside it.

    `top` is where the scale ends, whatever the values: 100 of a percentage, the best mark of a scale.
    """
    values: list[dict[str, Any]] = [
        {"row": place, "value": plain(value), "at": plain(value) or 0, "text": spanish.number(value)}
        for place, (_, value) in enumerate(rows)
    ]
    named = Rows.of(label for label, _ in rows)
    base = chart(values).encode(y=named.axis)
    across = _across(axis, [value for _, value in rows], top)
    bars = base.encode(x=across).mark_bar(color=PALETTE[0], height=BAND)
    texts = base.encode(x="at:Q", text="text:N").mark_text(align="left", dx=5, color=INK)
    return finished(bars + texts, caption, height=named.height)


def _across(title: str, values: Sequence[Number | None], top: int | None) -> "alt.X":
    """From zero to an eighth past the longest bar, where its label goes, or past the end of the scale."""
    import altair as alt

    known = [float(value) for value in values if value is not None]
    marks = whole_marks(values) if top is None else scale_marks(top)
    longest = max([1 if top is None else top, *known])
    scale = alt.Scale(domain=[min([0, *known]), longest * (1 + ROOM)], nice=top is None)
    return alt.X("value:Q", title=title, scale=scale, axis=figures_axis(orient="bottom", marks=marks))


@dataclass(frozen=True)
class Won:
    """A row of a before and after: where it started, what was expected and what it reached; None is «sin dato»."""

    label: str
    start: Number | None
    expected: Number | None
    reached: Number | None


def before_and_after(caption: Caption, rows: Sequence[Won], names: WonNames, *, axis: str, top: int) -> Spec:
    """Of each row a thin bar of its start over a thick one of what it reached, and a mark where it was expected."""
    import altair as alt

    looks: dict[str, Spec] = {"start": {"height": 7, "yOffset": -10}, "reached": {"height": 12, "yOffset": 2}}
    named = Rows.of(row.label for row in rows)
    across = _across(axis, [], top)
    told = dict(zip(WON_PARTS, names, strict=True))
    colour = colours(names, legend=True, among=WON_COLOURS)
    values = {
        part: [
            {"row": place, "value": plain(getattr(row, part)), "part": told[part]}
            for place, row in enumerate(rows)
            if getattr(row, part) is not None
        ]
        for part in WON_PARTS
    }
    drawn = [
        chart(values[part]).mark_bar(**look).encode(y=named.axis, x=across, color=colour)
        for part, look in looks.items()
    ]
    mark = chart(values["expected"]).mark_tick(thickness=3, height=24, yOffset=-3, opacity=1)
    drawn.append(mark.encode(y=named.axis, x=across, color=colour))
    said = [
        {"row": place, "at": plain(row.reached) or 0, "text": spanish.number(row.reached)}
        for place, row in enumerate(rows)
    ]
    texts = chart(said).mark_text(align="left", dx=5, dy=2, color=INK)
    drawn.append(texts.encode(y=named.axis, x=alt.X("at:Q"), text="text:N"))
    return finished(functools.reduce(operator.add, drawn), caption, height=named.height)


def stacked(caption: Caption, rows: Mapping[str, Mapping[str, Number]], *, axis: str) -> Spec:
    """Shares of a whole per row, adding to 100 %; a row whose whole is zero says «sin dato»."""
    import altair as alt

    parts = list(dict.fromkeys(part for row in rows.values() for part in row))
    named = Rows.of(rows)
    segments = [segment for place, row in enumerate(rows.values()) for segment in _segments(place, row)]
    percent = alt.Axis(labelExpr="format(datum.value, '.0f') + ' %'", tickCount=5, grid=False)
    base = chart(segments).encode(
        y=named.axis, x=alt.X("start:Q", title=axis, scale=alt.Scale(domain=[0, 100]), axis=percent)
    )
    bars = base.mark_bar(height=BAND, stroke="#fff", strokeWidth=1).encode(
        x2="end:Q", color=colours(parts, legend=True)
    )
    texts = base.mark_text(color="#fff", fontWeight=600).encode(x="middle:Q", text="text:N")
    missing = base.mark_text(align="left", dx=5, color=INK).encode(x="start:Q", text="missing:N")
    return finished(bars + texts + missing, caption, height=named.height)


def line(
    caption: Caption,
    series: Mapping[str, Sequence[tuple[date, Number | None]]],
    *,
    axis: str,
    day_format: str = "%b %Y",
) -> Spec:
    """A line per series, named at its last known point; an unknown value leaves a gap."""

    values = [
        {"series": name, "day": day.isoformat(), "value": plain(value)}
        for name, points in series.items()
        for day, value in points
    ]
    days = days_axis((day for points in series.values() for day, _ in points), day_format)
    marks = whole_marks(value for points in series.values() for _, value in points)
    base = chart(values).encode(
        x=days, y=from_zero_up("value", axis, marks=marks), color=colours(list(series), legend=False)
    )
    lines = base.mark_line(strokeWidth=2.5, point={"size": 28, "filled": True})
    names = chart(_ends(series)).encode(x=days, y="at:Q", text="text:N", color=colours(list(series), legend=False))
    named = names.mark_text(align="left", dx=8, fontWeight=600)
    return finished(lines + named, caption, height=LINE_HEIGHT)


def area(
    caption: Caption, points: Sequence[tuple[date, Number | None]], *, axis: str, day_format: str = "%b %Y"
) -> Spec:
    """One quantity over time from zero, its last known value written at the end."""

    values: list[dict[str, Any]] = [{"day": day.isoformat(), "value": plain(value)} for day, value in points]
    days = days_axis((day for day, _ in points), day_format)
    base = chart(values).encode(x=days, y=from_zero_up("value", axis))
    surface = base.mark_area(color=PALETTE[0], opacity=0.25, line={"color": PALETTE[0], "strokeWidth": 2.5})
    last = [{**value, "text": spanish.number(value["value"])} for value in values if value["value"] is not None][-1:]
    end = chart(last).encode(x=days, y="value:Q", text="text:N")
    named = end.mark_text(align="left", dx=6, fontWeight=600, color=INK)
    return finished(surface + named, caption, height=LINE_HEIGHT)


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
    named = Rows.of(row.label for row in rows)
    spans = [getattr(row, kind) for row in rows for kind in marks]
    dated = [today, *(day for span in spans if span for day in span)]
    days = calendar_axis(dated, has_marks=any(row.mark for row in rows))
    bars = [
        chart(_bars(rows, kind)).mark_bar(**look).encode(y=named.axis, x=days, x2="until:T")
        for kind, look in marks.items()
    ]
    marked = [(place, row) for place, row in enumerate(rows) if row.mark]
    said = [{"row": place, "day": _after(row.last_day), "text": row.mark} for place, row in marked]
    bars.append(
        chart(said)
        .mark_text(align="left", dx=5, dy=2, fontWeight=600, color=INK)
        .encode(y=named.axis, x=days, text="text:N")
    )
    now = chart([{"day": today.isoformat(), "text": "hoy"}]).encode(x=days)
    line = now.mark_rule(color=PALETTE[1], strokeWidth=1.5, strokeDash=[4, 3])
    word = now.mark_text(color=PALETTE[1], dy=-8, fontWeight=600).encode(y=alt.value(0), text="text:N")
    layers = functools.reduce(operator.add, bars)
    return finished(layers + line + word, caption, height=named.height)


def _bars(rows: Sequence[Scheduled], kind: str) -> list[dict[str, Any]]:
    """The bars of a kind; each reaches the end of its last day."""
    spans = [(place, getattr(row, kind)) for place, row in enumerate(rows)]
    return [{"row": place, "day": span[0].isoformat(), "until": _after(span[1])} for place, span in spans if span]


def _after(day: date) -> str:
    """The end of a day on the axis."""
    return (day + timedelta(days=1)).isoformat()


def _segments(place: int, row: Mapping[str, Number]) -> list[dict[str, Any]]:
    whole = sum(float(number) for number in row.values())
    if not whole:
        return [{"row": place, "start": 0, "end": 0, "middle": 0, "text": "", "missing": spanish.NO_DATA}]
    segments, start = [], 0.0
    for part, number in row.items():
        share = 100 * float(number) / whole
        text = spanish.percentage(share, 0) if share >= LABEL_FROM else ""
        where = {"start": start, "end": start + share, "middle": start + share / 2}
        segments.append({"row": place, "part": part, **where, "text": text, "missing": ""})
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
