"""Charts ready to place in a page or a paper, kept by what they say: the same numbers are drawn once.

Bars and shares also say how a narrow screen lists them, from the same rows.
"""

import functools
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate

from django.utils.translation import gettext as _

from cabildo.documents import engine_charts, engine_drawings
from cabildo.documents.engine_chart_parts import PALETTE, Caption, Number, Spec
from cabildo.documents.engine_charts import WON_COLOURS, Won, WonNames
from cabildo.ui import spanish
from cabildo.ui.parts import BarLine, BarList, BarPart, Drawing

KEPT = 256
MARK = 1.5  # of a hundred: how wide a mark in a bar is

Row = tuple[str, Number | None]
Shares = tuple[tuple[str, Number], ...]


@functools.lru_cache(maxsize=KEPT)
def bars(title: str, source: str, rows: tuple[Row, ...], axis: str, top: int | None = None) -> Drawing:
    """One bar per row, as SVG without caption: the page around says it. `top` is where the scale ends."""
    spec = engine_charts.bar(Caption(title, source), rows, axis=axis, top=top)
    return _drawing(spec, _listed(rows, axis, top))


@functools.lru_cache(maxsize=KEPT)
def before_and_after(
    title: str, source: str, rows: tuple[Won, ...], names: WonNames, *, axis: str, top: int
) -> Drawing:
    """Start, what was reached and what was expected of each row, named so in `names`, on a scale that ends at `top`."""
    spec = engine_charts.before_and_after(Caption(title, source), rows, names, axis=axis, top=top)
    listed = [_won(row, names, top) for row in rows]
    note = _("%(axis)s. La barra completa es %(end)s.") % {"axis": axis, "end": spanish.number(top)}
    legend = [BarPart.of(0, 100, colour, name) for colour, name in zip(WON_COLOURS, names, strict=True)]
    return _drawing(spec, BarList(listed, note, legend))


@functools.lru_cache(maxsize=KEPT)
def shares(title: str, source: str, rows: tuple[tuple[str, Shares], ...], axis: str) -> Drawing:
    """The parts of each row's whole, as SVG."""
    wholes = {label: dict(parts) for label, parts in rows}
    spec = engine_charts.stacked(Caption(title, source), wholes, axis=axis)
    colours = _coloured(rows)
    listed = [_shared(label, parts, colours) for label, parts in rows]
    return _drawing(spec, BarList(listed, axis, [BarPart.of(0, 100, one, name) for name, one in colours.items()]))


@functools.lru_cache(maxsize=KEPT)
def lines(
    title: str,
    source: str,
    series: tuple[tuple[str, tuple[tuple[date, Number | None], ...]], ...],
    axis: str,
    day_format: str = "%b %Y",
) -> Drawing:
    """A line per series over time, as SVG; a narrow screen scrolls it."""
    return _drawing(engine_charts.line(Caption(title, source), dict(series), axis=axis, day_format=day_format))


def _drawing(spec: Spec, listed: BarList | None = None) -> Drawing:
    return Drawing.of(engine_drawings.svg(spec, captioned=False), listed)


def _listed(rows: Sequence[Row], axis: str, top: int | None) -> BarList | None:
    """None with negative values: they have no place in a bar that begins at its left end."""
    known = [float(value) for _label, value in rows if value is not None]
    longest = max([top or 0, *known])
    if min(known, default=0) < 0 or not longest:
        return None
    listed = [BarLine(label, spanish.number(value), _whole(value, longest)) for label, value in rows]
    words = {"axis": axis, "end": spanish.number(top) if top and top == longest else ""}
    note = _("%(axis)s. La barra completa es %(end)s.") if words["end"] else _("%(axis)s.")
    return BarList(listed, note % words)


def _whole(value: Number | None, longest: float) -> list[BarPart]:
    return [BarPart.of(0, 100 * float(value) / longest, PALETTE[0])] if value else []


def _won(row: Won, names: WonNames, top: int) -> BarLine:
    """In one bar, for a narrow screen: what was there, what was won or lost, and a mark where it should have come."""
    before, after, wanted = (spanish.number(value) for value in (row.start, row.reached, row.expected))
    words = f"{before} → {after} · {names[2]} {wanted}"
    start, reached = (100 * float(value or 0) / top for value in (row.start, row.reached))
    was, now, mark = WON_COLOURS
    short, long = sorted([(start, was), (reached, now)])
    drawn = [BarPart.of(0, *short), BarPart.of(short[0], long[0] - short[0], long[1])]
    if row.expected is not None:
        drawn.append(BarPart.of(min(100 * float(row.expected) / top, 100 - MARK), MARK, mark))
    return BarLine(row.label, words, drawn)


def _shared(label: str, parts: Shares, colours: Mapping[str, str]) -> BarLine:
    whole = sum(float(number) for _name, number in parts)
    if not whole:
        return BarLine(label, spanish.NO_DATA, [])
    shares = [(name, 100 * float(number) / whole) for name, number in parts]
    starts = accumulate((share for _name, share in shares), initial=0.0)
    drawn = [BarPart.of(start, share, colours[name]) for start, (name, share) in zip(starts, shares, strict=False)]
    return BarLine(label, " · ".join(f"{name} {spanish.percentage(share, 0)}" for name, share in shares), drawn)


def _coloured(rows: Sequence[tuple[str, Shares]]) -> dict[str, str]:
    """Part -> its colour, the same in the drawing and in the list."""
    names = dict.fromkeys(name for _label, parts in rows for name, _number in parts)
    return {name: PALETTE[place % len(PALETTE)] for place, name in enumerate(names)}
