"""What the upper apps asked to be told: the calendar of a municipality has changed."""

from collections.abc import Callable

_on_calendar_change: list[Callable[[], None]] = []


def on_calendar_change(call: Callable[[], None]) -> None:
    """`call` runs inside the transaction of the change; it should only enqueue work."""
    _on_calendar_change.append(call)


def calendar_changed() -> None:
    for call in _on_calendar_change:
        call()
