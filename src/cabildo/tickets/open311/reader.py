"""Reads the parameters of one call and keeps everything that is wrong with them, to say it at once."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from cabildo.tickets.open311.errors import BAD_REQUEST, Refused, SpecError

type Given = Mapping[str, Sequence[str]]

HTML = re.compile(r"<[a-zA-Z/!?][^>]*>")
INTEGER = re.compile(r"\d{1,9}")
DATE_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}")
LOST_PLUS = re.compile(r" (?=\d{2}:\d{2}$)")  # the plus of a zone that came unquoted in an address
YEARS = range(1900, 2200)
MAX_WORDS = 1000


def tidy(raw: Mapping[str, Iterable[Any]]) -> dict[str, list[str]]:
    """Parameters without the empty ones: to send an empty value is not to send it."""
    trimmed = {name: [str(value).strip() for value in values] for name, values in raw.items()}
    kept = {name: [value for value in values if value] for name, values in trimmed.items()}
    return {name: values for name, values in kept.items() if values}


def first(given: Given, name: str) -> str:
    """The first value of a parameter; "" when it did not come."""
    return next(iter(given.get(name, ())), "")


class Reader:
    """Every method answers the value or None, and notes an error when there is a value that cannot be."""

    def __init__(self, given: Given, zone: tzinfo) -> None:
        self.given = given
        self.zone = zone
        self.errors: list[SpecError] = []

    def wrong(self, description: str, code: int = BAD_REQUEST) -> None:
        self.errors.append(SpecError(code, description))

    def check(self) -> None:
        """Raise Refused with all that was noted, if anything was."""
        if self.errors:
            raise Refused(self.errors)

    def first(self, name: str) -> str:
        """The value as it came; "" when it did not."""
        return first(self.given, name)

    def text(self, name: str, limit: int = 200) -> str:
        """Plain text of at most `limit` characters; markup is refused."""
        return self.plain(name, self.first(name), limit)

    def plain(self, name: str, value: str, limit: int) -> str:
        if "\x00" in value:
            self.wrong(_("«{name}» contiene caracteres que no son texto.").format(name=name))
        elif len(value) > limit:
            self.wrong(_("«{name}» tiene más de {limit} caracteres.").format(name=name, limit=limit))
        elif HTML.search(value):
            self.wrong(_("«{name}» contiene HTML. Envíe sólo texto.").format(name=name))
        else:
            return value
        return ""

    def words(self, name: str) -> tuple[str, ...]:
        """Values separated by commas, in one parameter or repeated."""
        parts = (part.strip() for value in self.given.get(name, ()) for part in value.split(","))
        return tuple(dict.fromkeys(part for part in parts if part and "\x00" not in part))[:MAX_WORDS]

    def whole(self, name: str, usual: int, low: int, high: int) -> int:
        value = self.first(name) or str(usual)
        if INTEGER.fullmatch(value) and low <= int(value) <= high:
            return int(value)
        self.wrong(_("«{name}» debe ser un número entero entre {low} y {high}.").format(name=name, low=low, high=high))
        return usual

    def decimal(self, name: str, low: float, high: float) -> float | None:
        value = self.first(name)
        return self.within(name, value, low, high) if value else None

    def within(self, name: str, value: str, low: float, high: float) -> float | None:
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if low <= number <= high:
            return number
        self.wrong(_("«{name}» debe ser un número entre {low} y {high}.").format(name=name, low=low, high=high))
        return None

    def instant(self, name: str, *, ends: bool = False) -> datetime | None:
        """A W3C date-time with its zone; a bare date is the start of that day here, or its end when it `ends`."""
        value = self.first(name)
        if not value:
            return None
        found = _instant(LOST_PLUS.sub("+", value), self.zone, time.max if ends else time.min)
        if found is None:
            example = "2026-11-20T09:30:00-03:00"
            self.wrong(
                _("«{name}» debe ser una fecha y hora con zona horaria, como {example}.").format(
                    name=name, example=example
                )
            )
        return found

    def email(self, name: str) -> str:
        value = self.text(name, limit=254)
        try:
            if value:
                validate_email(value)
        except ValidationError:
            self.wrong(_("«{name}» no es una dirección de correo.").format(name=name))
        return value

    def link(self, name: str) -> str:
        """An address that is kept as text and never opened."""
        value = self.text(name, limit=500)
        if value and not value.lower().startswith(("http://", "https://")):
            self.wrong(_("«{name}» debe empezar con http:// o https://.").format(name=name))
        return value

    def flag(self, name: str) -> bool:
        return self.first(name).lower() in ("true", "1")


def _instant(value: str, zone: tzinfo, moment: time) -> datetime | None:
    try:
        if DATE_ONLY.fullmatch(value):
            found = datetime.combine(date.fromisoformat(value), moment, zone)
        else:
            found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None and found.year in YEARS else None
