"""May the text of a request be read by anyone? Only where the category says so, and never when it is reserved."""

from dataclasses import dataclass

from cabildo.tickets.rules import personal_data

OPEN_CHANNELS = frozenset({"web", "open311"})  # the neighbour wrote it in a form that says it may be published
NEVER, WAITING, PUBLISHED, WITHHELD = "", "waiting", "published", "withheld"


@dataclass(frozen=True)
class Publication:
    """What a request shows from its first day. `state` is a ModerationState; `text` is what anyone reads."""

    state: str = NEVER
    text: str = ""

    @property
    def is_public(self) -> bool:
        return self.state == PUBLISHED


def may_publish(*, publishes: bool, is_reserved: bool, concerns_official: bool) -> bool:
    """Whether a moderator may publish it at all. `publishes` is the category's decision."""
    return publishes and not is_reserved and not concerns_official


def at_intake(
    text: str, *, channel: str, publishes: bool, is_reserved: bool, concerns_official: bool, by_officer: bool
) -> Publication:
    """Published at once, held for a moderator when it seems to hold personal data, or private.

    What an officer puts on record, and what comes by mail or from elsewhere, is private until a moderator decides.
    """
    allowed = may_publish(publishes=publishes, is_reserved=is_reserved, concerns_official=concerns_official)
    if not allowed or by_officer or channel not in OPEN_CHANNELS:
        return Publication()
    if personal_data.findings(text):
        return Publication(WAITING)
    return Publication(PUBLISHED, text)


def at_import(
    text: str, *, shows_request: bool, shows_text: bool, publishes: bool, is_reserved: bool, concerns_official: bool
) -> Publication:
    """What of another source is public here: nothing unless its mapping says so, and its text only where both do.

    `publishes` is the category's decision. A text that seems to hold personal data is held with its request.
    """
    if not shows_request or is_reserved or concerns_official:
        return Publication()
    if not (shows_text and publishes):
        return Publication(PUBLISHED)
    return Publication(WAITING) if personal_data.findings(text) else Publication(PUBLISHED, text)
