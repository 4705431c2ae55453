"""A municipality's colours from one number: a hue that gives an accessible scale, in light and in dark.

Colours are found in OKLCH, where equal steps look equal, and moved until they reach the contrast of WCAG 2.2
(4.5 to 1 for text). Hues near red are toned down: alarm red is kept for what is late or destructive.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

TEXT_CONTRAST = 4.5
DEFAULT_HUE = 250  # the blue of Chile's public sites, #0f69b4
LIGHT_SURFACES = ("#ffffff", "#f5f7f9", "#ebeff3")  # paper, wash and sunken of styles/_tokens.scss
DARK_SURFACES = ("#10161d", "#161e27", "#1f2933")
_ALARM_HUE = 27
_ALARM_REACH = 28
_STEP = 0.005


@dataclass(frozen=True)
class Scale:
    """Custom properties without their leading dashes, each a colour as #rrggbb."""

    light: Mapping[str, str]
    dark: Mapping[str, str]


def scale(hue: int) -> Scale:
    """The scale of a hue from 0 to 359 (OKLCH degrees: 27 red, 110 yellow, 145 green, 250 blue, 300 violet)."""
    if not 0 <= hue <= 359:
        raise ValueError(f"hue must be from 0 to 359, got {hue}")
    return Scale(light=_light(hue), dark=_dark(hue))


def stylesheet(hue: int) -> str:
    """The stylesheet served at /estilo/<hue>.css: the brand tokens of both themes and nothing else."""
    colours = scale(hue)
    dark = _declarations(colours.dark)
    return (
        f":root{{{_declarations(colours.light)}}}\n"
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}\n'
        f':root[data-theme="dark"]{{{dark}}}\n'
    )


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2 between two colours written #rrggbb: from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _light(hue: int) -> dict[str, str]:
    tone = _tone(hue)
    soft = _colour(0.96, 0.02 * tone, hue)
    lightness = _reach(0.52, -_STEP, 0.145 * tone, hue, (*LIGHT_SURFACES, soft))
    return {
        "brand": _colour(lightness, 0.145 * tone, hue),
        "brand-strong": _colour(lightness - 0.1, 0.13 * tone, hue),
        "brand-soft": soft,
        "brand-line": _colour(0.83, 0.06 * tone, hue),
        "on-brand": "#ffffff",
        "brand-deep": _colour(0.24, 0.08 * tone, hue),
        "on-brand-deep": "#ffffff",
    }


def _dark(hue: int) -> dict[str, str]:
    tone = _tone(hue)
    soft = _colour(0.27, 0.045 * tone, hue)
    lightness = _reach(0.75, _STEP, 0.11 * tone, hue, (*DARK_SURFACES, soft))
    return {
        "brand": _colour(lightness, 0.11 * tone, hue),
        "brand-strong": _colour(lightness + 0.08, 0.08 * tone, hue),
        "brand-soft": soft,
        "brand-line": _colour(0.44, 0.07 * tone, hue),
        "on-brand": _colour(0.2, 0.04 * tone, hue),
        "brand-deep": _colour(0.21, 0.04 * tone, hue),
        "on-brand-deep": "#eef2f5",
    }


def _tone(hue: int) -> float:
    """1, or less for hues close enough to alarm red to be taken for it."""
    distance = abs((hue - _ALARM_HUE + 180) % 360 - 180)
    return 1.0 if distance >= _ALARM_REACH else 0.55 + 0.45 * distance / _ALARM_REACH


def _reach(lightness: float, step: float, chroma: float, hue: int, surfaces: tuple[str, ...]) -> float:
    """The first lightness from which a text in this hue is readable on every surface."""
    while min(contrast(_colour(lightness, chroma, hue), surface) for surface in surfaces) < TEXT_CONTRAST:
        lightness += step
    return lightness


def _colour(lightness: float, chroma: float, hue: int) -> str:
    """OKLCH to #rrggbb; chroma shrinks until the colour exists on a screen."""
    while not all(-0.0005 <= channel <= 1.0005 for channel in _linear(lightness, chroma, hue)):
        chroma -= 0.002
    return "#" + "".join(f"{round(255 * _encode(channel)):02x}" for channel in _linear(lightness, chroma, hue))


def _linear(lightness: float, chroma: float, hue: int) -> tuple[float, float, float]:
    """OKLCH to linear sRGB, by the matrices of Björn Ottosson (2020)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encode(channel: float) -> float:
    channel = min(max(channel, 0.0), 1.0)
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _declarations(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in colours.items())
