"""What the upper apps do for accounts: send its mails, and recognise whoever proved their identity."""

from collections.abc import Callable
from typing import Any

# (name of the message, address, context): written in the caller's transaction, sent after commit.
Post = Callable[[str, str, dict[str, Any]], None]
_post: list[Post] = []


def deliver_with(post: Post) -> None:
    """Hand every mail about accounts to this one from now on."""
    _post[:] = [post]


def can_deliver() -> bool:
    return bool(_post)


def deliver(name: str, to: str, context: dict[str, Any]) -> None:
    for post in _post:
        post(name, to, context)


# (who entered, the RUN that ClaveÚnica proved): called inside the municipality in whose site they entered.
Recognise = Callable[[Any, str], None]
_recognise: list[Recognise] = []


def on_identity_proven(call: Recognise) -> None:
    if call not in _recognise:
        _recognise.append(call)


def identity_proven(user: Any, run: str) -> None:
    for call in _recognise:
        call(user, run)


# (municipality, name of a pack): puts contents into use on the first day.
Adopt = Callable[[Any, str], None]
_adopt: list[Adopt] = []


def adopt_with(call: Adopt) -> None:
    _adopt[:] = [call]


def adopt(municipality: Any, pack: str) -> None:
    for call in _adopt:
        call(municipality, pack)


# What the page of officials must say first, where work waits for people: (sentence, where it is remedied, its words).
Warn = Callable[[], list[tuple[str, str, str]]]
_warn: list[Warn] = []


def warn_of_people_with(call: Warn) -> None:
    if call not in _warn:
        _warn.append(call)


def people_warnings() -> list[tuple[str, str, str]]:
    return [warning for call in _warn for warning in call()]
