"""Until when is a closed request kept with its person, and what of it stays afterwards?"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

# Chosen from a list, a value names nobody; what is typed may.
IMPERSONAL_TYPES = frozenset({"single", "multiple"})
COARSE_DECIMALS = 2  # of a degree: about a kilometre


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month when it has none (31 March: 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def kept_answers(answers: Sequence[Mapping[str, Any]], questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Answers that were chosen from a list; those that were typed are dropped, and those whose question is gone too."""
    impersonal = {question["id"] for question in questions if question["type"] in IMPERSONAL_TYPES}
    return [dict(answer) for answer in answers if answer["id"] in impersonal]


def coarse(degrees: float | None) -> float | None:
    """A coordinate that says the neighbourhood and no longer the house."""
    return None if degrees is None else round(degrees, COARSE_DECIMALS)
