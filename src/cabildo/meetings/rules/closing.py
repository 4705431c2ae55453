"""What keeps an acta from being closed?"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Draft:
    """The minutes as they stand. `attendance` is what was noted of each person expected or come, None when nothing.

    `items` are (title, text) of each point in order.
    """

    attendance: Sequence[bool | None]
    asks_quorum: bool
    quorum_stated: bool
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Gap:
    """Something missing: attendance, unmarked, quorum, agenda or minute; `count` persons, or the `title` of a point."""

    code: str
    count: int = 0
    title: str = ""


def gaps(draft: Draft) -> tuple[Gap, ...]:
    """Everything that is missing, in the order in which it is done; empty when the acta may be closed."""
    found = []
    unmarked = sum(came is None for came in draft.attendance)
    if not any(draft.attendance) and not unmarked:
        found.append(Gap("attendance"))
    if unmarked:
        found.append(Gap("unmarked", count=unmarked))
    if draft.asks_quorum and not draft.quorum_stated:
        found.append(Gap("quorum"))
    if not draft.items:
        found.append(Gap("agenda"))
    found += [Gap("minute", title=title) for title, text in draft.items if not text.strip()]
    return tuple(found)
