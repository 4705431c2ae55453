"""Days of what the programme records, for the facts of every stage."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.utils import timezone

from cabildo.meetings.models import Meeting, Signature
from cabildo.quality.models import Cycle
from cabildo.quality.queries.committee import HELD
from cabildo.workflow.processes.gates import Missing

# the day on which what a task asks for was done; None while it is not, or not any more
type Fact = Callable[[Cycle], date | None]


def today() -> date:
    return timezone.localdate()


def day(instant: datetime | None) -> date | None:
    return timezone.localdate(instant) if instant else None


def last(days: Iterable[date | None]) -> date | None:
    """The day on which the last of them came; None while one is missing, or there is none."""
    found = list(days)
    known = [one for one in found if one is not None]
    return max(known) if known and len(known) == len(found) else None


def first(days: Iterable[date | None]) -> date | None:
    """The day on which the first of them came, if any did."""
    return min((one for one in days if one is not None), default=None)


def when(missing: Iterable[Missing], known: date | None = None) -> date | None:
    """Nothing is missing: on the day that is known of it; else on that of the record which completed it, today."""
    return None if next(iter(missing), None) else known or today()


def held(meeting: Meeting | None) -> date | None:
    """When a meeting was held."""
    return day(meeting.started_at or meeting.planned_start_at) if meeting and meeting.state in HELD else None


def last_signature(meeting: Meeting) -> date | None:
    """When the last of those who signed the acta did."""
    signed = Signature.objects.filter(acta__meeting=meeting).order_by("at").last()
    return day(signed.at) if signed else None


def by_gate(check: Callable[[Cycle], Iterable[Missing]]) -> Fact:
    """Done when nothing is missing of what a gate asks for."""
    return lambda cycle: when(check(cycle))
