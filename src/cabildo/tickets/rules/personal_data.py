"""Does a text that would be published name a RUN, a telephone or a mail? What would it say without them?

It finds what has a shape. A name has none: that is why a person moderates what is flagged and may redact the rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cabildo.kit import run as runs


class Kind(StrEnum):
    RUN = "run"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True)
class Finding:
    """A piece of personal data between two positions of the text."""

    kind: Kind
    start: int
    end: int


REPLACEMENTS = {Kind.RUN: "[RUN borrado]", Kind.PHONE: "[teléfono borrado]", Kind.EMAIL: "[correo borrado]"}

_EMAIL = re.compile(r"[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_RUN = re.compile(r"(?<![\w.])\d{1,2}[. ]?\d{3}[. ]?\d{3}\s?[-\u2010-\u2015\u2212]?\s?[\dkK](?!\w)")
# nine digits beginning with 9 (mobile) or 2 to 7 (fixed), in any grouping, with or without the country's prefix
_PHONE = re.compile(r"(?<![\w.])(?:\(?\+?56\)?[\s.-]?)?\(?[2-79]\)?(?:[\s.-]?\d){8}(?!\w)")


def findings(text: str) -> list[Finding]:
    """Personal data by its shape, in the order of the text and without overlaps; a RUN must have its check digit."""
    found = sorted(_all(text), key=lambda finding: (finding.start, -finding.end))
    kept: list[Finding] = []
    for finding in found:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def _all(text: str) -> Iterator[Finding]:
    yield from (Finding(Kind.EMAIL, *match.span()) for match in _EMAIL.finditer(text))
    yield from (Finding(Kind.RUN, *match.span()) for match in _RUN.finditer(text) if runs.is_valid(match[0]))
    yield from (Finding(Kind.PHONE, *match.span()) for match in _PHONE.finditer(text))


def kinds_in(text: str) -> list[str]:
    """Which kinds of personal data the text holds, each once."""
    return list(dict.fromkeys(finding.kind.value for finding in findings(text)))


def without_name(text: str, name: str) -> str:
    """The text without this person's name, whole or any word of it, as it is written: «Rosa Pérez», «Sra. Pérez»."""
    words = [re.escape(word) for word in name.split() if len(word) > 2]
    if not words:
        return text
    any_word = rf"\b(?:{'|'.join(words)})\b"
    return re.sub(rf"{any_word}(?:\s+{any_word})*", "[nombre borrado]", text)


def redacted(text: str) -> str:
    """The text with a word in place of each finding: what a moderator is offered to publish."""
    parts, position = [], 0
    for finding in findings(text):
        parts += [text[position : finding.start], REPLACEMENTS[finding.kind]]
        position = finding.end
    return "".join([*parts, text[position:]])
