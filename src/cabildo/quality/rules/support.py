"""The money of a support: what came in, what was accounted for, what is left. Whole pesos."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Line:
    """A line of the book: money that came in, or that was accounted for."""

    on: date
    amount: int
    is_transfer: bool


@dataclass(frozen=True)
class Balance:
    """Both sums of a book; None while nothing is written in it, because unknown is not zero."""

    transferred: int | None
    rendered: int | None

    @property
    def left(self) -> int | None:
        """Transferred and not yet accounted for."""
        if self.transferred is None or self.rendered is None:
            return None
        return self.transferred - self.rendered


def balance(entries: Iterable[Line]) -> Balance:
    """The sums of a book. One line makes both known: what it does not say was not rendered."""
    lines = list(entries)
    if not lines:
        return Balance(None, None)
    came = sum(line.amount for line in lines if line.is_transfer)
    return Balance(came, sum(line.amount for line in lines) - came)


def overdrawn_on(entries: Iterable[Line]) -> date | None:
    """The first day on which more was accounted for than had come in; the transfers of a day count first."""
    left = 0
    for line in sorted(entries, key=lambda line: (line.on, not line.is_transfer)):
        left += line.amount if line.is_transfer else -line.amount
        if left < 0:
            return line.on
    return None
