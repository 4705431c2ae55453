"""Charts ready to place in a page or a paper, kept by what they say: the same numbers are drawn once."""

import functools
from datetime import date

from cabildo.documents import engine_charts
from cabildo.documents.engine_charts import Caption, Number

KEPT = 256


@functools.lru_cache(maxsize=KEPT)
def bars(title: str, source: str, rows: tuple[tuple[str, Number | None], ...], axis: str) -> str:
    """One bar per row, as SVG without caption: the page around says it."""
    return engine_charts.svg(engine_charts.bar(Caption(title, source), rows, axis=axis), captioned=False)


@functools.lru_cache(maxsize=KEPT)
def shares(title: str, source: str, rows: tuple[tuple[str, tuple[tuple[str, Number], ...]], ...], axis: str) -> str:
    """The parts of each row's whole, as SVG."""
    wholes = {label: dict(parts) for label, parts in rows}
    return engine_charts.svg(engine_charts.stacked(Caption(title, source), wholes, axis=axis), captioned=False)


@functools.lru_cache(maxsize=KEPT)
def lines(
    title: str,
    source: str,
    series: tuple[tuple[str, tuple[tuple[date, Number | None], ...]], ...],
    axis: str,
    day_format: str = "%b %Y",
) -> str:
    """A line per series over time, as SVG."""
    drawn = engine_charts.line(Caption(title, source), dict(series), axis=axis, day_format=day_format)
    return engine_charts.svg(drawn, captioned=False)
