"""How a plan differs from what was kept of it: parts that came, that went, and that say something else."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Snapshot = Mapping[str, Any]
# where a part hangs is told by its code; its place among its siblings says nothing
UNTOLD = {"position", "level", "parent"}


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """A part by the code and the name it had, or has now when it came later; `fields`, of one that changed, sorted."""

    code: str
    label: str
    change: Change
    fields: tuple[str, ...] = ()


def differences(before: Snapshot, after: Snapshot) -> list[Difference]:
    """Of two snapshots of one plan (`queries/snapshot.py`), by code: first what was there, then what came."""
    was, now = _by_code(before), _by_code(after)
    found = [_of(node, now.get(code)) for code, node in was.items()]
    came = [Difference(code, node["label"], Change.ADDED) for code, node in now.items() if code not in was]
    return [one for one in found if one is not None] + came


def _by_code(snapshot: Snapshot) -> dict[str, Mapping[str, Any]]:
    return {node["code"]: node for node in snapshot["nodes"]}


def _of(was: Mapping[str, Any], now: Mapping[str, Any] | None) -> Difference | None:
    if now is None:
        return Difference(was["code"], was["label"], Change.REMOVED)
    fields = sorted(name for name in {*was, *now} - UNTOLD if was.get(name) != now.get(name))
    return Difference(was["code"], was["label"], Change.CHANGED, tuple(fields)) if fields else None
