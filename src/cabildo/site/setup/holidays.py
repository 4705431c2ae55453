"""Days of a calendar file (iCalendar, RFC 5545) that a municipality may add to its holidays."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

MAX_DAYS = 400
LONGEST = 31


class NotCalendarError(Exception):
    """The file is no iCalendar, or holds no day."""


@dataclass(frozen=True)
class Day:
    day: date
    name: str


def days_in(content: bytes) -> list[Day]:
    """Every day of every event, oldest first; an event of several days counts each, repetitions only the first."""
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError) as error:
        raise NotCalendarError from error
    found = {day.day: day for event in calendar.walk("VEVENT") for day in _days(event)}
    if not found:
        raise NotCalendarError
    return sorted(found.values(), key=lambda day: day.day)[:MAX_DAYS]


def _days(event: object) -> list[Day]:
    start = _date(event, "DTSTART")
    if start is None:
        return []
    end = _date(event, "DTEND") or start + timedelta(days=1)  # DTEND is not part of the event
    length = min(max((end - start).days, 1), LONGEST)
    name = str(event.get("SUMMARY", "")).strip()[:120] or "Feriado"  # type: ignore[attr-defined]
    return [Day(start + timedelta(days=offset), name) for offset in range(length)]


def _date(event: object, name: str) -> date | None:
    found = event.get(name)  # type: ignore[attr-defined]
    value = getattr(found, "dt", None)
    return value.date() if isinstance(value, datetime) else value
