"""Legal terms: how many days, of which kind, who owes them, how far they stretch and what stops them."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cabildo.kit.workdays import Calendar
from cabildo.workflow.rules.errors import WorkflowError

MOST_DAYS = 1_000


class Unit(StrEnum):
    """Kind of day. `HABILES`: business days of Ley 19.880, art. 25. `CORRIDOS`: every day of the calendar."""

    HABILES = "habiles"
    CORRIDOS = "corridos"


class Start(StrEnum):
    """From which day the term runs: the submission, or the next business day when it was made on none (art. 25)."""

    NEXT_BUSINESS_DAY = "next_business_day"
    SUBMISSION_DAY = "submission_day"


class Party(StrEnum):
    """Who must act within the term; roundings favour the neighbour."""

    MUNICIPALITY = "municipality"
    PERSON = "person"


class Clock(StrEnum):
    """Which of the two clocks of a request: the legal term, or the municipality's own goal."""

    LEGAL = "legal"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Rule:
    """A term. `extension_limit` is in days of the same unit; None is half the term, the odd half dropped (art. 26)."""

    days: int
    unit: Unit
    article: str
    start: Start = Start.NEXT_BUSINESS_DAY
    extension_limit: int | None = None
    owed_by: Party = Party.MUNICIPALITY
    urgent: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.days <= MOST_DAYS:
            raise WorkflowError("days_out_of_range", most=MOST_DAYS)

    @property
    def longest_extension(self) -> int:
        return self.days // 2 if self.extension_limit is None else self.extension_limit


def halve_for_urgency(rule: Rule) -> Rule:
    """The term of an urgent procedure (Ley 19.880, art. 63), halved once; a fixed extension limit is halved with it.

    The law is silent on odd terms; the half day goes to the neighbour: dropped when the municipality owes the act
    (5 days become 2), kept when the person does (5 become 3). A term of one day stays.
    """
    if rule.urgent:
        raise WorkflowError("already_urgent")
    days = (rule.days + 1) // 2 if rule.owed_by is Party.PERSON else max(1, rule.days // 2)
    limit = rule.extension_limit
    return replace(rule, days=days, extension_limit=None if limit is None else limit // 2, urgent=True)


@dataclass(frozen=True)
class Pause:
    """A stop of the clocks, after the day `start` and up to the day `end` (None: still open).

    `norm` names the article or ordinance that allows it; without one only the internal clock stops. `max_days` are
    business days, after which the clock runs again by itself. A pause that stops the legal term must have a maximum.
    `allows_withdrawal`: past the maximum without an answer, a person may deem the request withdrawn (art. 31).
    """

    start: date
    end: date | None
    reason_code: str
    stops_legal: bool = False
    norm: str = ""
    max_days: int | None = None
    allows_withdrawal: bool = False

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise WorkflowError("pause_ends_before_start")
        if self.stops(Clock.LEGAL) and not self.max_days:
            raise WorkflowError("pause_without_maximum")

    def stops(self, clock: Clock) -> bool:
        return clock is Clock.INTERNAL or (self.stops_legal and bool(self.norm))

    def last_day(self, calendar: Calendar) -> date | None:
        """Last stopped day: the end or the maximum, whichever comes first; None while open without maximum."""
        limit = None if self.max_days is None else calendar.add(self.start, self.max_days)
        known = [day for day in (self.end, limit) if day is not None]
        return min(known, default=None)

    def covers(self, day: date, calendar: Calendar) -> bool:
        """Whether the day is stopped. An open pause without maximum moves no date until it ends, so it covers none."""
        last_day = self.last_day(calendar)
        return last_day is not None and self.start < day <= last_day

    def holds(self, today: date, calendar: Calendar) -> bool:
        """Whether the pause is under way today: begun, not ended, and within its maximum."""
        last_day = self.last_day(calendar)
        return self.start <= today and today != self.end and (last_day is None or today <= last_day)


def may_deem_withdrawn(pause: Pause, today: date, calendar: Calendar) -> bool:
    """Whether a person may now deem the request withdrawn (Ley 19.880, art. 31); it never happens by itself.

    True only once the maximum has run out and the neighbour has not answered. An answer that came late, before
    anyone decided, counts.
    """
    last_day = pause.last_day(calendar)
    return pause.allows_withdrawal and pause.end is None and last_day is not None and today > last_day
