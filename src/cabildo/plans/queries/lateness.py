"""Which activities of a plan are late, and by how much? The same for its chart, its pages and who follows it."""

from datetime import date

from cabildo.plans.queries.tree import Branch
from cabildo.plans.rules.progress import WHOLE, actual

type Days = tuple[date, date]


def is_late(branch: Branch, today: date) -> bool:
    """An activity past its day in which something is still to do."""
    node = branch.node
    is_past = branch.is_activity and node.closed_on is None and node.ends_on is not None and node.ends_on < today
    return is_past and not waits_to_close(branch, today)


def late_days(branch: Branch, today: date) -> int:
    """Days past the end now planned: until it was closed, or until today while something of it is to do.

    What is wholly done and only waits for its proof to be closed is late no longer; nobody knows since when.
    """
    present = days_now(branch)
    if present is None:
        return 0
    activities = [part for part in branch.walk() if part.is_activity and not waits_to_close(part, today)]
    closed = [part.node.closed_on for part in activities if part.node.closed_on]
    ended = today if len(closed) < len(activities) else max(closed, default=present[1])
    return max(0, (ended - present[1]).days)


def waits_to_close(branch: Branch, today: date) -> bool:
    """An activity reported as wholly done that nobody closed: that takes its means of verification."""
    return branch.is_activity and branch.node.closed_on is None and actual(branch.part, today) == WHOLE


def days_now(branch: Branch) -> Days | None:
    """From the first to the last day now planned."""
    return days_of(branch, "starts_on", "ends_on")


def days_of(branch: Branch, first: str, last: str) -> Days | None:
    """Its own days; of what has none, from the first to the last of those of its parts."""
    own = getattr(branch.node, first), getattr(branch.node, last)
    if all(own):
        return own
    below = [days for part in branch.branches if (days := days_of(part, first, last))]
    return (min(day for day, _last in below), max(day for _first, day in below)) if below else None
