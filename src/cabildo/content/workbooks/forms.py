"""How each sort of value is written in a cell and read back. Anything else stays, for the schema to refuse."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cabildo.kit.text import fold

YES, NO = "sí", "no"
MEANS_YES = {"si", "s", "true", "verdadero", "x"}
MEANS_NO = {"no", "n", "false", "falso"}


@dataclass(frozen=True)
class Form:
    """One sort of value. `expected` ends the sentence «se esperaba…»; `values` is the drop-down."""

    expected: Any
    width: int
    is_text: bool = False
    values: tuple[str, ...] = ()
    whole: tuple[int, int] | None = None

    def cell(self, value: Any) -> Any:
        return value

    def value(self, raw: Any) -> Any:
        return raw


class _Text(Form):
    def value(self, raw: Any) -> Any:
        return plain(raw)


class _Whole(Form):
    def value(self, raw: Any) -> Any:
        if isinstance(raw, float) and raw.is_integer():
            return int(raw)
        if isinstance(raw, str) and raw.lstrip("-").isdecimal() and len(raw) < 10:
            return int(raw)
        return raw


class _Ratio(Form):
    def cell(self, value: Any) -> Any:
        return value.replace(".", ",") if isinstance(value, str) else value

    def value(self, raw: Any) -> Any:
        text = plain(raw)
        return text.replace(",", ".") if isinstance(text, str) else text


class _YesNo(Form):
    def cell(self, value: Any) -> Any:
        return (YES if value else NO) if isinstance(value, bool) else value

    def value(self, raw: Any) -> Any:
        word = fold(raw) if isinstance(raw, str) else raw
        return True if word in MEANS_YES else False if word in MEANS_NO else raw


class _Words(Form):
    def cell(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def value(self, raw: Any) -> Any:
        text = plain(raw)
        return re.findall(r"[^\s,;]+", text) if isinstance(text, str) else text


@dataclass(frozen=True)
class _Choice(Form):
    shown: Mapping[str, str] = field(default_factory=dict)

    def cell(self, value: Any) -> Any:
        return self.shown.get(value, value)

    def value(self, raw: Any) -> Any:
        known = {fold(word): value for value, word in self.shown.items()}
        return known.get(fold(raw), raw) if isinstance(raw, str) else raw


def plain(raw: Any) -> Any:
    """A number that Excel recognised, as the text that was typed; anything else as it is."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return f"{Decimal(repr(raw)).normalize():f}"
    return raw


LONG_TEXT = _Text(_("un texto"), 70)
TEXT = _Text(_("un texto"), 38)
WORD = _Text(_("un identificador"), 34, is_text=True)
DAY = _Text(_("una fecha como 2026-01-31"), 16, is_text=True)
RATIO = _Ratio(_("una fracción entre 0 y 1, por ejemplo 0,40"), 11, is_text=True)
YES_NO = _YesNo(_("sí o no"), 12, values=(YES, NO))
WORDS = _Words(_("identificadores separados por comas"), 38, is_text=True)


def whole(least: int, most: int) -> Form:
    """A whole number between two others, both included."""
    return _Whole(_("un número entero"), 11, whole=(least, most))


def choice(shown: Mapping[str, str]) -> Form:
    """One value of a closed list, each with the word that the sheet shows."""
    expected = format_lazy("{} {}", _("uno de estos:"), ", ".join(shown.values()))
    return _Choice(expected, 16, values=tuple(shown.values()), shown=shown)
