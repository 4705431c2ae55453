"""What does a sealed layer say, to the byte? The same marks and reasons always give the same hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from cabildo.instruments.rules.scoring import Mark


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a mark is what it is: a code that its programme names, and words."""

    code: str
    text: str = ""


def digest(marks: Mapping[str, Mark], reasons: Mapping[str, Reason]) -> str:
    """SHA-256, in hexadecimal, of the marks with their reasons; the order in which they come does not matter."""
    told = [
        [name, mark.score, sorted(mark.attributes.items()), mark.is_excluded, *_said(reasons.get(name))]
        for name, mark in sorted(marks.items())
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _said(reason: Reason | None) -> tuple[str, str]:
    return (reason.code, reason.text) if reason else ("", "")
