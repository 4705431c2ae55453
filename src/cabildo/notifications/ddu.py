"""The DDU, the State's single digital address (Ley 21.180, art. 46 of Ley 19.880): a port, off until it is configured.

An installation that joins the service registers a `Notifier`; until then everything leaves by mail, as the law's
transition allows. The service's own interface is not public, so this names only what a municipality must hand over.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.utils import timezone


class UnavailableError(Exception):
    """The service is off, or could not take the notification now."""


@dataclass(frozen=True)
class Notification:
    """What is notified: to the holder of a RUN ("12345678-5"), with the document as it was issued.

    `key` names the act: sending it again is not a second notification.
    """

    run: str
    subject: str
    body: str
    pdf: bytes
    file_name: str
    key: str


@dataclass(frozen=True)
class Delivery:
    """What the service answered: its own number and when it took the notification."""

    number: str
    taken_at: datetime


class Notifier(Protocol):
    def is_on(self) -> bool:
        """Is it configured in this installation?"""

    def notify(self, notification: Notification) -> Delivery:
        """Hand it over, or raise `UnavailableError`."""


class Off:
    """No service: asking it raises `UnavailableError`, and who asks falls back to mail."""

    def is_on(self) -> bool:
        return False

    def notify(self, notification: Notification) -> Delivery:
        raise UnavailableError


@dataclass
class Double:
    """A service that keeps what it is given, for trying the whole path without credentials or network."""

    taken: dict[str, tuple[Notification, Delivery]] = field(default_factory=dict)

    def is_on(self) -> bool:
        return True

    def notify(self, notification: Notification) -> Delivery:
        if notification.key not in self.taken:
            delivery = Delivery(f"DDU-{len(self.taken) + 1:06d}", timezone.now())
            self.taken[notification.key] = (notification, delivery)
        return self.taken[notification.key][1]


_notifier: Notifier | None = None


def register(notifier: Notifier) -> None:
    """Put a service into use, from `AppConfig.ready()` of the installation's own app."""
    global _notifier  # noqa: PLW0603  one service for the whole installation
    _notifier = notifier


def notifier() -> Notifier:
    """The registered service, else the one that is off."""
    return _notifier or Off()
