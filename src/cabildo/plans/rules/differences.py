"""How a plan differs from what was kept of it: parts that came, that went, and that say something else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cabildo.plans.rules.outline import codes_above, in_outline

Snapshot = Mapping[str, Any]
# where a part hangs is told by its code; its place among its siblings says nothing
UNTOLD = {"position", "level", "parent"}


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """A part by the code and the name it had, or has now when it came later.

    `values`, of one that changed: field → what it said and what it says, by name of field. `above`: the codes of the
    parts that it hung from, or hangs from when it came later, the nearest first.
    """

    code: str
    label: str
    change: Change
    values: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    above: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


def differences(before: Snapshot, after: Snapshot) -> list[Difference]:
    """Of two snapshots of one plan (`queries/snapshot.py`), by code: first what was there, then what came; each in the
    order in which a plan is read."""
    was, now = _by_code(before), _by_code(after)
    above, above_now = codes_above(before["nodes"]), codes_above(after["nodes"])
    found = [_of(node, now.get(code), above[code]) for code, node in was.items()]
    came = [
        Difference(code, node["label"], Change.ADDED, above=above_now[code])
        for code, node in now.items()
        if code not in was
    ]
    return [one for one in found if one is not None] + came


def _by_code(snapshot: Snapshot) -> dict[str, Mapping[str, Any]]:
    return {node["code"]: node for node in in_outline(snapshot["nodes"])}


def _of(was: Mapping[str, Any], now: Mapping[str, Any] | None, above: tuple[str, ...]) -> Difference | None:
    if now is None:
        return Difference(was["code"], was["label"], Change.REMOVED, above=above)
    names = sorted(name for name in {*was, *now} - UNTOLD if was.get(name) != now.get(name))
    values = {name: (was.get(name), now.get(name)) for name in names}
    return Difference(was["code"], was["label"], Change.CHANGED, values, above) if values else None
