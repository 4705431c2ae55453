"""What the upper apps asked to be told: a fact was put on record."""

from collections.abc import Callable
from typing import Any

# what happened, the subject, who did it: as `audit.record` was called
Listener = Callable[[str, Any, Any], None]
_listeners: list[Listener] = []


def on_record(call: Listener) -> None:
    """`call` runs inside the transaction of the fact, after it is written; what it raises undoes the fact.

    For facts recorded one by one, and not for reads.
    """
    _listeners.append(call)


def recorded(action: str, subject: Any, by: Any) -> None:
    for call in _listeners:
        call(action, subject, by)
