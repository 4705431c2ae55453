"""Specs of charts drawn as SVG or PNG on the server. The only importer of vl_convert."""

import functools
import hashlib
import json
import re
from textwrap import wrap
from xml.sax.saxutils import escape

from cabildo.documents import fonts
from cabildo.documents.engine_chart_parts import INK, Spec
from cabildo.ui import spanish

TITLE_LINE, FOOT_LINE = 56, 78  # characters that fit in the narrowest plot
FOOT_BELOW = 44  # under the axis and its title
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
    names = f'role="img" aria-labelledby="c{digest}-t c{digest}-d" class="drawn"'
    words = f'<title id="c{digest}-t">{escape(title)}</title><desc id="c{digest}-d">{escape(description)}</desc>'
    return f"{opening} {names}>{words}{drawing}"
